"""Paying a seat: the one that was held, or a free one when the hold is gone. The last one fills the group."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.messaging.actions import add_member
from backend.orders.models import Order
from groupbuy import rules, selectors
from groupbuy.actions import count_seats
from groupbuy.actions.fill_group import tell_filled
from groupbuy.events import SeatTaken
from groupbuy.models import Group, GroupState, Seat, SeatState


@transaction.atomic
def pay_held_seat(*, group: Group, order: Order, now: datetime) -> Seat | None:
    """Turn the seat that an order holds into a paid one; None when it holds none or the group is over.

    The caller holds the group's row. Emits: SeatTaken, GroupFilled.
    """
    seat = Seat.objects.filter(group=group, order=order, state=SeatState.HELD).first()
    if seat is None:
        return None
    count = count_seats.pay(group.id, now=now)
    if count is None:
        return None
    seat.state = SeatState.PAID
    seat.held_until = None
    seat.paid_at = now
    know_again(seat, order=order)
    seat.save(update_fields=["state", "held_until", "paid_at", "household", "phone", "is_flagged"])
    _follow_up(group, seat, order=order, count=count, from_state=SeatState.HELD, now=now)
    return seat


@transaction.atomic
def take_paid_seat(*, group: Group, order: Order, now: datetime) -> Seat | None:
    """Take a free seat for an order whose money is in; None when there is none or the group is over.

    The caller holds the group's row. Emits: SeatTaken, GroupFilled.
    """
    if selectors.standing_seat(group_id=group.id, buyer_id=order.buyer_id) is not None:
        return None
    taken = count_seats.take(group.id)
    if taken is None:
        return None
    count = count_seats.pay(group.id, now=now)
    if count is None:
        raise RuntimeError("A seat that was just taken can be paid.")
    seat = Seat(
        group=group,
        buyer_id=order.buyer_id,
        order=order,
        number=count.seats_issued,
        state=SeatState.PAID,
        taken_at=now,
        paid_at=now,
    )
    know_again(seat, order=order)
    seat.save(force_insert=True)
    _follow_up(group, seat, order=order, count=count, from_state="", now=now)
    return seat


def know_again(seat: Seat, *, order: Order) -> None:
    """Note by what the buyer is known again, and flag a second account of one household or number.

    Nobody is turned away for it: people live together. But a flagged seat does not count for a reward.
    """
    seat.household, seat.phone = rules.household_of(order.address), rules.phone_of(order.address)
    seat.is_flagged = selectors.is_known_elsewhere(seat)


def tell_taken(
    group: Group, seat: Seat, *, order: Order, seats_taken: int, seats_paid: int, version: int, now: datetime
) -> None:
    """Tell that a seat is paid."""
    emit(
        SeatTaken(
            group_id=group.id,
            campaign_id=group.campaign_id,
            product_id=group.product_id,
            seat_id=seat.id,
            buyer_id=seat.buyer_id,
            order_id=order.id,
            is_leader=seat.buyer_id == group.leader_id,
            total_minor=order.total_minor,
            discount_minor=order.discount_minor,
            seats_taken=seats_taken,
            seats_paid=seats_paid,
            size=group.size,
            version=version,
            at=now,
        )
    )


def _follow_up(
    group: Group, seat: Seat, *, order: Order, count: count_seats.Count, from_state: str, now: datetime
) -> None:
    log_move(
        entity_type="groupbuy.Seat",
        entity_id=seat.id,
        from_state=from_state,
        to_state=SeatState.PAID,
        actor_id=seat.buyer_id,
        now=now,
    )
    if group.room_id is not None:
        add_member(room_id=group.room_id, user_id=seat.buyer_id, now=now)
    tell_taken(
        group,
        seat,
        order=order,
        seats_taken=count.seats_taken,
        seats_paid=count.seats_paid,
        version=count.version,
        now=now,
    )
    if count.state == GroupState.FILLED:
        tell_filled(group, version=count.version, now=now)
