"""The last payment and the deadline come at the same instant: the group is full, or everybody is refunded."""

import time
from datetime import timedelta

from django.db import transaction

from backend.checkout.actions import PlacedOrder, receive_notice
from backend.ledger.selectors import conservation
from backend.orders.models import OrderState
from backend.payments.models import Refund
from groupbuy.actions import expire_group
from groupbuy.gauges import stranded_payments
from groupbuy.models import Group, GroupState, Seat, SeatState
from tests.factories.groupbuy import hold, make_group, make_offered_product
from tests.factories.payments import make_notice
from tests.factories.promotions import this_moment
from tests.support.races import all_at_once

NUMBER = 2
NAME = "join or expiry, 12 groups"
GROUPS = 12
THINKING_SECONDS = 0.02
LEAD_SECONDS = 1.0


def violations(*, guarded: bool) -> int:
    """Count groups that are neither full nor refunded, and money without a place."""
    product = make_offered_product(size=2, stock=GROUPS * 4)
    pairs = [(group := make_group(product), hold(group, late_choice="REFUND")[1]) for _ in range(GROUPS)]
    deadline = this_moment() + timedelta(seconds=LEAD_SECONDS)
    Group.objects.update(deadline_at=deadline)
    start = time.monotonic() + (deadline - this_moment()).total_seconds()

    def act(number: int) -> None:
        group, placed = pairs[number // 2]
        if number % 2:
            time.sleep(max(0.0, start - time.monotonic() - 0.004 * (number % 5)))
            pay(group, placed, guarded=guarded)
        else:
            time.sleep(max(0.0, start - time.monotonic()))
            close(group, guarded=guarded)

    outcome = all_at_once(2 * GROUPS, act)
    for group, _placed in pairs:
        close(group, guarded=guarded)
    return (
        len(outcome.raised)
        + sum(not is_sound(group, placed) for group, placed in pairs)
        + stranded_payments(None, this_moment())
        + int(conservation()["difference"] != 0)
    )


def pay(group: Group, placed: PlacedOrder, *, guarded: bool) -> None:
    """The money of the last seat arrives."""
    if guarded:
        receive_notice(notice=make_notice(placed.payment), now=this_moment())
        return
    with transaction.atomic():
        read = Group.objects.get(pk=group.pk)
        if read.state != GroupState.FORMING:
            return
        time.sleep(THINKING_SECONDS)
        Seat.objects.filter(order=placed.order).update(state=SeatState.PAID, paid_at=this_moment())
        Group.objects.filter(pk=group.pk).update(seats_paid=2, state=GroupState.FILLED, filled_at=this_moment())


def close(group: Group, *, guarded: bool) -> None:
    """The deadline has passed."""
    if guarded:
        expire_group(group_id=group.id, now=this_moment())
        return
    with transaction.atomic():
        read = Group.objects.get(pk=group.pk)
        if read.state != GroupState.FORMING or this_moment() < read.deadline_at:
            return
        paid = list(Seat.objects.filter(group=group, state=SeatState.PAID).values_list("pk", flat=True))
        time.sleep(THINKING_SECONDS)
        Seat.objects.filter(pk__in=paid).update(state=SeatState.REFUNDING)
        Group.objects.filter(pk=group.pk).update(state=GroupState.EXPIRED, closed_at=this_moment())


def is_sound(group: Group, placed: PlacedOrder) -> bool:
    """Full with two paid seats and no refund, or expired with every payment on its way back."""
    group.refresh_from_db()
    placed.order.refresh_from_db()
    states = sorted(Seat.objects.filter(group=group).exclude(state=SeatState.RELEASED).values_list("state", flat=True))
    refunds = Refund.objects.filter(order__in=Seat.objects.filter(group=group).values("order")).count()
    if group.state == GroupState.FILLED:
        return states == [SeatState.PAID, SeatState.PAID] and refunds == 0
    came = placed.order.state == OrderState.CANCELLED
    return group.state == GroupState.EXPIRED and states == [SeatState.REFUNDING] and refunds == 1 + came
