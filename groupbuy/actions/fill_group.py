"""A group succeeds: its last seat is paid, or its deadline has come and enough seats are. Its price is fixed then."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.orders.models import OrderLine
from groupbuy import rules
from groupbuy.events import GroupFilled, SeatRepriced
from groupbuy.models import Group, GroupState, Seat, SeatState


def tell_filled(group: Group, *, version: int, now: datetime) -> None:
    """Tell once that the group has succeeded, and at which price; the caller has flipped its state in this transaction.

    Emits: GroupFilled, SeatRepriced.
    """
    seats = list(Seat.objects.filter(group=group, state=SeatState.PAID).order_by("number"))
    log_move(
        entity_type="groupbuy.Group",
        entity_id=group.id,
        from_state=GroupState.FORMING,
        to_state=GroupState.FILLED,
        now=now,
    )
    emit(
        GroupFilled(
            group_id=group.id,
            campaign_id=group.campaign_id,
            product_id=group.product_id,
            leader_id=group.leader_id,
            order_ids=tuple(seat.order_id for seat in seats),
            buyer_ids=tuple(seat.buyer_id for seat in seats),
            size=len(seats),
            version=version,
            at=now,
        )
    )
    if group.ladder:
        _fix_price(group, seats, now=now)


def fill_at_deadline(group: Group, *, now: datetime) -> None:
    """Let a forming group whose row is held succeed with the seats that are paid; held ones are free.

    Emits: GroupFilled, SeatRepriced.
    """
    held = Seat.objects.filter(group=group, state=SeatState.HELD)
    held.update(state=SeatState.RELEASED, released_at=now, held_until=None)
    Group.objects.filter(pk=group.pk, state=GroupState.FORMING).update(
        state=GroupState.FILLED, filled_at=now, seats_taken=F("seats_paid"), version=F("version") + 1
    )
    group.refresh_from_db()
    tell_filled(group, version=group.version, now=now)


def _fix_price(group: Group, seats: list[Seat], *, now: datetime) -> None:
    """Decide for good what the seats of a ladder cost, and what each has paid beyond it."""
    step = rules.reached_step(group.ladder, seats_paid=len(seats))
    if step is None:
        raise RuntimeError(f"The group {group.id} succeeded below the first step of its ladder.")
    Group.objects.filter(pk=group.pk).update(reached_size=step["size"])
    lines = {line.order_id: line for line in OrderLine.objects.filter(order__in=[seat.order_id for seat in seats])}
    for seat in seats:
        line = lines[seat.order_id]
        seat.difference_minor = rules.difference_minor(
            paid=group.prices,
            final=step["prices"],
            variant_id=line.variant_id,
            quantity=line.quantity,
            left_minor=line.total_minor - line.refunded_minor,
        )
        seat.save(update_fields=["difference_minor"])
        emit(
            SeatRepriced(
                group_id=group.id,
                campaign_id=group.campaign_id,
                seat_id=seat.id,
                buyer_id=seat.buyer_id,
                order_id=seat.order_id,
                reached_size=step["size"],
                difference_minor=seat.difference_minor,
                at=now,
            )
        )
