"""A ladder group, its line and a second table, played at random beside a model in plain Python."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.errors import DomainError
from backend.core.ids import new_id
from backend.core.outbox.relay import deliver_pending
from backend.ledger.selectors import conservation
from backend.payments.models import Refund
from groupbuy.actions import (
    answer_merge,
    ask_to_merge,
    expire_due_groups,
    leave_group,
    release_due_seats,
    stop_waiting,
    wait_for_seat,
)
from groupbuy.gauges import stranded_payments
from groupbuy.models import Group, GroupState, LateChoice, Seat, SeatState, WaitingPlace, WaitState
from tests.factories.groupbuy import hold, let_pass, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment

PEOPLE = 5
SIZE = 4
LADDER = [{"size": 2, "discountBps": 1000}, {"size": 3, "discountBps": 2000}, {"size": SIZE, "discountBps": 3000}]
PRICES = {2: 5391, 3: 4792, SIZE: 4193}
DEEDS = ("hold", "pay", "leave", "lose", "wait", "unwait", "merge", "close")
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, PEOPLE - 1)), max_size=14)


class Model:
    """What the rules say, without a database. The leader is person -1; who left once may not leave again."""

    def __init__(self) -> None:
        self.seats: dict[int, str] = {-1: "paid"}
        self.line: list[int] = []
        self.gone: set[int] = set()
        self.is_open = True
        self.is_merged = False

    @property
    def paid(self) -> int:
        return sum(state == "paid" for state in self.seats.values())

    def fill(self) -> None:
        if self.paid == SIZE:
            self.close()

    def close(self) -> None:
        """The deadline, or the last step: held seats are free, and everybody stops waiting."""
        self.seats = {who: state for who, state in self.seats.items() if state == "paid"}
        self.is_open = False
        self.line = []

    def may_hold(self, who: int) -> bool:
        return self.is_open and who not in self.seats and who not in self.gone and len(self.seats) < SIZE

    def may_leave(self, who: int) -> bool:
        return self.is_open and who in self.seats

    def may_wait(self, who: int) -> bool:
        stands = who in self.line
        is_possible = self.is_open and who not in self.seats and who not in self.gone and len(self.seats) == SIZE
        return stands or is_possible

    def may_merge(self) -> bool:
        return self.is_open and not self.is_merged and len(self.seats) + 1 <= SIZE


class Play:
    """The same with the shop's own actions."""

    def __init__(self) -> None:
        self.product = make_offered_product(ladder=LADDER, size=None, discountBps=None, allowMerge=True)
        self.group = make_group(self.product)
        self.other = make_group(self.product)
        self.people = [make_buyer(f"Player{number}", now=this_moment()) for number in range(PEOPLE)]
        self.placed: dict[int, Any] = {}
        self.model = Model()

    def does(self, what: str, who: int) -> None:
        """Take a step in both worlds, and insist that both say yes or both say no."""
        expected = getattr(self, f"expect_{what}")(who)
        try:
            getattr(self, what)(who)
            happened = True
        except DomainError:
            happened = False
        assert happened == expected, f"{what} {who}: {happened} instead of {expected}"
        while deliver_pending():
            pass

    def expect_hold(self, who: int) -> bool:
        if not self.model.may_hold(who):
            return False
        self.model.seats[who] = "held"
        if who in self.model.line:
            self.model.line.remove(who)
        return True

    def hold(self, who: int) -> None:
        _seat, self.placed[who] = hold(self.group, buyer=self.people[who], late_choice=LateChoice.REFUND)

    def expect_pay(self, who: int) -> bool:
        if self.model.seats.get(who) == "held":
            self.model.seats[who] = "paid"
            self.model.fill()
        return True

    def pay(self, who: int) -> None:
        if self.model.seats.get(who) == "paid" and who in self.placed:
            pay(self.placed[who], now=this_moment())

    def expect_leave(self, who: int) -> bool:
        if not self.model.may_leave(who):
            return False
        if self.model.seats.pop(who) == "paid":
            self.model.gone.add(who)
        return True

    def leave(self, who: int) -> None:
        buyer = self.people[who]
        leave_group(group_id=self.group.id, buyer_id=buyer.id, idempotency_key=new_id(), now=this_moment())

    def expect_lose(self, who: int) -> bool:
        if self.model.seats.get(who) == "held":
            del self.model.seats[who]
        return True

    def lose(self, who: int) -> None:
        passed = this_moment() - timedelta(seconds=1)
        Seat.objects.filter(buyer=self.people[who], state=SeatState.HELD).update(held_until=passed)
        release_due_seats(now=this_moment())

    def expect_wait(self, who: int) -> bool:
        if not self.model.may_wait(who):
            return False
        if who not in self.model.line:
            self.model.line.append(who)
        return True

    def wait(self, who: int) -> None:
        wait_for_seat(group_id=self.group.id, buyer_id=self.people[who].id, now=this_moment())

    def expect_unwait(self, who: int) -> bool:
        if who in self.model.line:
            self.model.line.remove(who)
        return True

    def unwait(self, who: int) -> None:
        stop_waiting(group_id=self.group.id, buyer_id=self.people[who].id, now=this_moment())

    def expect_merge(self, who: int) -> bool:
        if not self.model.may_merge():
            return False
        self.model.is_merged = True
        self.model.seats[-2] = "paid"
        self.model.fill()
        return True

    def merge(self, who: int) -> None:
        leader_id = self.other.leader_id
        asked = ask_to_merge(group_id=self.other.id, into_id=self.group.id, leader_id=leader_id, now=this_moment())
        answer_merge(merge_id=asked.id, leader_id=self.group.leader_id, agrees=True, now=this_moment())

    def expect_close(self, who: int) -> bool:
        if self.model.is_open:
            self.model.close()
        return True

    def close(self, who: int) -> None:
        let_pass(self.group)
        expire_due_groups(now=this_moment())

    def agrees(self) -> None:
        """Both worlds have the same seats, the same end, the same money."""
        model, group = self.model, Group.objects.get(pk=self.group.pk)
        standing = Seat.objects.filter(group=group, state__in=[SeatState.HELD, SeatState.PAID, SeatState.CONFIRMED])
        is_success = not model.is_open and model.paid >= LADDER[0]["size"]
        if model.is_open or is_success:
            assert standing.count() == len(model.seats)
            assert (group.seats_taken, group.seats_paid) == (len(model.seats), model.paid)
        assert (group.state == GroupState.FORMING) == model.is_open
        assert (group.state == GroupState.CONFIRMED) == is_success
        if is_success:
            reached = max(size for size in PRICES if size <= model.paid)
            assert group.reached_size == reached
            sent = Refund.objects.filter(order__in=standing.values("order_id")).values_list("amount_minor", flat=True)
            assert set(sent) == ({PRICES[2] - PRICES[reached]} if reached > 2 else set())
        if model.is_open:
            waiting = WaitingPlace.objects.filter(group=group).exclude(state=WaitState.OVER)
            assert set(waiting.values_list("buyer_id", flat=True)) == {self.people[who].id for who in model.line}
        assert stranded_payments(None, this_moment()) == 0
        assert conservation()["difference"] == 0


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_a_ladder_does_what_the_model_says(steps):
    play = Play()

    for what, who in steps:
        play.does(what, who)

    play.agrees()
