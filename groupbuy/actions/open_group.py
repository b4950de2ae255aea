"""Opening a group: the leader has paid, and the group is there to be joined."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from backend.core.ids import new_id
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.messaging.actions import add_member, open_room
from backend.messaging.models import Room
from backend.orders.models import Order
from groupbuy import selectors
from groupbuy.actions.draw_winners import promise_draw
from groupbuy.actions.take_paid_seat import know_again, tell_taken
from groupbuy.events import GroupOpened
from groupbuy.models import Group, GroupOrder, GroupState, Seat, SeatState


@transaction.atomic
def open_group(*, group_order: GroupOrder, order: Order, now: datetime) -> Group:
    """Make the group of a leader whose money is in, with its first seat and its room.

    Emits: GroupOpened, SeatTaken.
    """
    group = _new_group(group_order, order, now=now)
    room = open_room(
        kind=Room.Kind.GROUP, subject_type="group", subject_id=group.id, title=group_order.offer.product.title, now=now
    )
    group.room_id = room.id
    group.save(force_insert=True)
    if group_order.offer.winners is not None:
        promise_draw(group, winners=group_order.offer.winners, now=now)
    add_member(room_id=room.id, user_id=order.buyer_id, now=now)
    seat = Seat(
        group=group, buyer_id=order.buyer_id, order=order, number=1, state=SeatState.PAID, taken_at=now, paid_at=now
    )
    know_again(seat, order=order)
    seat.save(force_insert=True)
    log_move(
        entity_type="groupbuy.Group",
        entity_id=group.id,
        from_state="",
        to_state=GroupState.FORMING,
        actor_id=order.buyer_id,
        now=now,
    )
    emit(
        GroupOpened(
            group_id=group.id,
            campaign_id=group.campaign_id,
            product_id=group.product_id,
            leader_id=group.leader_id,
            order_id=order.id,
            size=group.size,
            deadline_at=group.deadline_at,
            at=now,
        )
    )
    tell_taken(group, seat, order=order, seats_taken=1, seats_paid=1, version=group.version, now=now)
    return group


def _new_group(group_order: GroupOrder, order: Order, *, now: datetime) -> Group:
    """A group with one paid seat, at the prices that the leader was promised."""
    offer = group_order.offer
    return Group(
        id=new_id(),
        offer=offer,
        campaign_id=offer.campaign_id,
        product_id=offer.product_id,
        leader_id=order.buyer_id,
        prices=group_order.prices,
        ladder=group_order.ladder,
        size=offer.size,
        may_lack=offer.size - group_order.ladder[0]["size"] if group_order.ladder else offer.platform_seats,
        seats_taken=1,
        seats_paid=1,
        seats_issued=1,
        is_listed=selectors.wants_listing(order.buyer_id),
        opened_at=now,
        deadline_at=now + timedelta(hours=offer.ttl_hours),
    )
