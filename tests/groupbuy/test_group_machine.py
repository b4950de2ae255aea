"""Whatever people do in whatever order: seats, orders and money agree."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.errors import DomainError
from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from backend.payments.models import Refund
from groupbuy.actions import expire_due_groups, leave_group, match_waiting_orders, release_due_seats
from groupbuy.gauges import stranded_payments
from groupbuy.models import Group, GroupState, LateChoice, Seat, SeatState
from tests.factories.groupbuy import hold, let_pass, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "pay", "pay again", "leave", "lose hold", "expire", "match"]), st.integers(0, 3)
    ),
    max_size=12,
)


class Play:
    """One product, one group, four people who do things."""

    def __init__(self) -> None:
        self.product = make_offered_product(size=3)
        self.group = make_group(self.product)
        self.people = [make_buyer(f"Player{number}", now=this_moment()) for number in range(4)]
        self.placed: dict[int, Any] = {}

    def do(self, what: str, who: int) -> None:
        """One step; a refusal is an answer like any other."""
        try:
            getattr(self, what.replace(" ", "_"))(who)
        except DomainError:
            return

    def hold(self, who: int) -> None:
        choice = LateChoice.values[who % 3]
        _seat, self.placed[who] = hold(self.group, buyer=self.people[who], late_choice=choice)

    def pay(self, who: int) -> None:
        if who in self.placed:
            pay(self.placed[who], now=this_moment())

    pay_again = pay

    def leave(self, who: int) -> None:
        buyer_id = self.group.leader_id if who == 0 else self.people[who].id
        leave_group(group_id=self.group.id, buyer_id=buyer_id, idempotency_key=new_id(), now=this_moment())

    def lose_hold(self, who: int) -> None:
        passed = this_moment() - timedelta(seconds=1)
        Seat.objects.filter(buyer=self.people[who], state=SeatState.HELD).update(held_until=passed)
        release_due_seats(now=this_moment())

    def expire(self, who: int) -> None:
        let_pass(self.group)
        expire_due_groups(now=this_moment())

    def match(self, who: int) -> None:
        match_waiting_orders(now=this_moment() + timedelta(minutes=who))


def check_everything() -> None:
    """What must hold after every step."""
    for group in Group.objects.all():
        seats = Seat.objects.filter(group=group)
        paid = seats.filter(state__in=[SeatState.PAID, SeatState.CONFIRMED]).count()
        held = seats.filter(state=SeatState.HELD).count()
        assert paid + held <= group.size
        if group.state in (GroupState.FORMING, GroupState.FILLED):
            assert (group.seats_paid, group.seats_taken) == (paid, paid + held)
            assert (group.state == GroupState.FILLED) == (paid == group.size)
        else:
            assert (paid, held) == (0, 0)
    for order in Order.objects.all():
        refunds = Refund.objects.filter(order=order).count()
        assert refunds == (1 if order.state == OrderState.CANCELLED else 0)
    assert stranded_payments(None, this_moment()) == 0
    assert conservation()["difference"] == 0


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_seats_orders_and_money_agree_whatever_people_do(steps):
    play = Play()

    for what, who in steps:
        play.do(what, who)

    check_everything()
