"""Whatever is done with coupons in whatever order: they stand where a plain list of facts says they stand."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from backend.checkout.actions import cancel_order, close_order
from backend.checkout.rules import NOT_PAID
from backend.core.errors import DomainError
from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.promotions.actions import claim_coupon, end_coupon_template, expire_coupons
from backend.promotions.models import Coupon, CouponTemplate
from backend.promotions.selectors import coupon_choices
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay
from tests.factories.promotions import make_template, this_moment

POOL, PER_PERSON, USES, OFF_MINOR = 4, 2, 2, 1_000
PLACE = st.integers(0, 5)


@dataclass
class Fact:
    """What ought to be true of one coupon."""

    owner: Any
    state: str = "ISSUED"
    order: int | None = None
    is_over: bool = False


@dataclass
class Placed:
    """What ought to be true of one order."""

    placed: Any
    coupon: int
    state: str = "OPEN"


class Coupons(RuleBasedStateMachine):
    """One template of four coupons, of which two may be used; two people who do what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.template = make_template(issue_limit=POOL, per_person=PER_PERSON, use_limit=USES)
        self.people = [make_buyer(name, now=this_moment()) for name in ("Bob", "Carol")]
        self.variant = make_variant(price_minor=6_000, stock=100)
        self.coupons: list[tuple[Any, Fact]] = []
        self.orders: list[Placed] = []
        self.is_ended = False

    def uses(self) -> int:
        """Uses that are promised or made."""
        return sum(fact.state in ("LOCKED", "USED") for _id, fact in self.coupons)

    @rule(who=st.integers(0, 1))
    def claim(self, who: int) -> None:
        """Somebody claims one: as many as a person may have, and as there are."""
        person = self.people[who]
        had = sum(fact.owner == person for _id, fact in self.coupons)
        may = not self.is_ended and had < PER_PERSON and len(self.coupons) < POOL
        try:
            key = new_id()
            given = claim_coupon(
                template_id=self.template.pk, user_id=person.pk, idempotency_key=key, now=this_moment()
            )
        except DomainError:
            assert not may
            return
        assert may
        self.coupons.append((given.pk, Fact(person)))

    @precondition(lambda self: self.coupons)
    @rule(place=PLACE)
    def order(self, place: int) -> None:
        """The owner orders with a coupon: it must be there, in time, and a use must be left."""
        number = place % len(self.coupons)
        coupon_id, fact = self.coupons[number]
        may = fact.state == "ISSUED" and not fact.is_over and self.uses() < USES
        try:
            placed = make_order(
                buyer=fact.owner,
                variants=[(self.variant, 1)],
                choices=coupon_choices([coupon_id]),
                now=this_moment(),
            )
        except DomainError:
            assert not may
            return
        assert may
        assert placed.order.discount_minor == OFF_MINOR
        fact.state, fact.order = "LOCKED", len(self.orders)
        self.orders.append(Placed(placed, number))

    @precondition(lambda self: self.orders)
    @rule(place=PLACE)
    def pay(self, place: int) -> None:
        """The money comes: in time, twice, or after the order was closed and its coupon given back."""
        number = place % len(self.orders)
        kept = self.orders[number]
        _id, fact = self.coupons[kept.coupon]
        pay(kept.placed, now=this_moment())
        if kept.state == "CLOSED":
            is_mine_still = fact.state in ("ISSUED", "EXPIRED") and self.uses() < USES
            kept.state = "PAID" if is_mine_still else "GIVEN_UP"
        elif kept.state == "OPEN":
            kept.state = "PAID"
        else:
            return
        if kept.state == "PAID":
            fact.state, fact.order = "USED", number
        assert kept.placed.order.state == ("PAID" if kept.state == "PAID" else "CANCELLED")

    @precondition(lambda self: self.orders)
    @rule(place=PLACE)
    def close(self, place: int) -> None:
        """Nobody paid in time: the coupon is free again."""
        kept = self.orders[place % len(self.orders)]
        close_order(order_id=kept.placed.order.id, reason=NOT_PAID, now=this_moment())
        if kept.state == "OPEN":
            kept.state = "CLOSED"
            self._give_back(kept)

    @precondition(lambda self: self.orders)
    @rule(place=PLACE)
    def cancel(self, place: int) -> None:
        """The buyer gives a paid order up before it is packed: the used coupon returns, with days of grace."""
        kept = self.orders[place % len(self.orders)]
        order = kept.placed.order
        if kept.state != "PAID":
            return
        cancel_order(order_id=order.id, buyer_id=order.buyer_id, idempotency_key=new_id(), now=this_moment())
        kept.state = "GIVEN_UP"
        self._give_back(kept)
        self.coupons[kept.coupon][1].is_over = False

    @precondition(lambda self: self.coupons)
    @rule(place=PLACE)
    def run_out(self, place: int) -> None:
        """The time of a coupon is over; one in an order stays good until that is decided."""
        coupon_id, fact = self.coupons[place % len(self.coupons)]
        Coupon.objects.filter(pk=coupon_id).update(valid_until=this_moment() - timedelta(seconds=1))
        fact.is_over = True
        expire_coupons(now=this_moment())
        for _id, each in self.coupons:
            if each.state == "ISSUED" and each.is_over:
                each.state = "EXPIRED"

    @rule(is_wanted=st.integers(0, 4))
    def revoke(self, is_wanted: int) -> None:
        """The growth team takes back what nobody has used or chosen yet."""
        if is_wanted:
            return
        grower_id = self.template.created_by_id
        assert grower_id is not None
        end_coupon_template(template_id=self.template.pk, revoke=True, actor_id=grower_id, now=this_moment())
        self.is_ended = True
        for _id, fact in self.coupons:
            if fact.state == "ISSUED":
                fact.state = "REVOKED"

    def _give_back(self, kept: Placed) -> None:
        fact = self.coupons[kept.coupon][1]
        fact.state, fact.order = "ISSUED", None

    @invariant()
    def the_tables_say_the_same(self) -> None:
        """States, orders and counters as they ought to be, and not a fen lost."""
        rows = {row.pk: row for row in Coupon.objects.filter(template=self.template).exclude(user=None)}
        assert len(rows) == len(self.coupons)
        for coupon_id, fact in self.coupons:
            row = rows[coupon_id]
            expected = self.orders[fact.order].placed.order.id if fact.order is not None else None
            assert (row.state, row.order_id) == (fact.state, expected)
        template = CouponTemplate.objects.get(pk=self.template.pk)
        states = [fact.state for _id, fact in self.coupons]
        reserved, used = states.count("LOCKED"), states.count("USED")
        assert (template.reserved_count, template.used_count) == (reserved, used)
        assert (template.reserved_minor, template.spent_minor) == (reserved * OFF_MINOR, used * OFF_MINOR)
        assert conservation()["difference"] == 0


@pytest.mark.django_db
def test_coupons_stand_where_the_facts_say_whatever_happens():
    whole = settings(max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(Coupons, settings=whole)
