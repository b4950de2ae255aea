"""Giving up what an order took from group buying: a held seat, a paid one before the group is full, a budget."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.checkout.actions import cancel_paid_orders, close_order
from backend.checkout.rules import LATE, NOT_TAKEN
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.orders.models import Order
from backend.promotions.actions import release_budget
from groupbuy import rules, selectors
from groupbuy.actions import count_seats
from groupbuy.actions.close_group import EVERYBODY_LEFT, cancel_group
from groupbuy.actions.finish_group import confirm_if_settled
from groupbuy.actions.hold_group import hold_group
from groupbuy.actions.hold_seat import announce_release, release_seat
from groupbuy.errors import SeatCannotBeLeft
from groupbuy.events import LatePaymentSettled, LeaderChanged
from groupbuy.models import Group, GroupOrder, GroupOrderState, GroupState, LateChoice, Seat, SeatState

LEFT = "left_group"
STANDING = [SeatState.HELD, SeatState.PAID]
OVER = (GroupOrderState.DROPPED, GroupOrderState.RETURNED)


@transaction.atomic
def leave_group(*, group_id: UUID, buyer_id: UUID, idempotency_key: UUID, now: datetime) -> Order:
    """Give one's seat back before the group is full; a paid one is refunded. Once per campaign.

    When the leader leaves, the earliest paid seat leads; when nobody is left, the group is cancelled.

    Raises: NotFound, SeatCannotBeLeft, KeyReused.
    Emits: SeatReleased, LeaderChanged, GroupCancelled, OrderCancelled, OrderClosed, RefundRequested.
    """
    group = hold_group(group_id)
    key: dict[str, Any] = {"principal_id": buyer_id, "action": "leave_group", "key": idempotency_key}
    if answered := replay_or_reserve(**key, request={"group": group_id}):
        return Order.objects.get(pk=answered["orderId"])

    seat = Seat.objects.filter(group=group, buyer_id=buyer_id, state__in=STANDING).first()
    check_may_leave(group, seat, buyer_id=buyer_id, now=now)
    if seat is None:
        raise SeatCannotBeLeft
    if seat.state == SeatState.HELD:
        close_order(order_id=seat.order_id, reason=LEFT, actor_id=buyer_id, now=now)
    else:
        cancel_paid_orders(order_ids=[seat.order_id], reason=LEFT, cause=f"left:{seat.id}", actor_id=buyer_id, now=now)
    remember(**key, answer={"orderId": seat.order_id})
    return Order.objects.get(pk=seat.order_id)


@transaction.atomic
def give_up_lost_seat(*, order_id: UUID, now: datetime) -> bool:
    """Give up an order whose held money can never be taken; the others of its group keep theirs.

    Emits: SeatReleased, LeaderChanged, GroupCancelled, GroupConfirmed, OrderCancelled.
    """
    group_id = Seat.objects.filter(order_id=order_id, state=SeatState.PAID).values_list("group_id", flat=True).first()
    if group_id is not None:
        hold_group(group_id)
    return bool(cancel_paid_orders(order_ids=[order_id], reason=NOT_TAKEN, cause=NOT_TAKEN, now=now))


def check_may_leave(group: Group, seat: Seat | None, *, buyer_id: UUID, now: datetime) -> None:
    """Refuse to give back a seat of a full or closed group, or a second paid seat in one campaign.

    Raises: SeatCannotBeLeft.
    """
    if seat is None or rules.is_over(group.state, deadline_at=group.deadline_at, now=now):
        raise SeatCannotBeLeft
    if seat.state == SeatState.HELD:
        return
    if not group.offer.may_leave or selectors.has_left(buyer_id=buyer_id, campaign_id=group.campaign_id):
        raise SeatCannotBeLeft


@transaction.atomic
def give_up_order(*, order: Order, reason: str, now: datetime) -> None:
    """Give back what an order took, once; checkout calls it when the order is closed, cancelled or too late.

    Emits: SeatReleased, LeaderChanged, GroupCancelled, GroupConfirmed, LatePaymentSettled.
    """
    group_order = GroupOrder.objects.get(pk=order.id)
    standing = Seat.objects.filter(order=order, state__in=STANDING).first()
    if standing is not None and standing.state == SeatState.HELD:
        release_seat(seat_id=standing.id, reason=reason, now=now)
    elif standing is not None:
        _vacate(standing, reason=reason, now=now)
    is_over = group_order.state in OVER
    if not is_over:
        _give_back_budget(group_order, was_unpaid=group_order.state == GroupOrderState.PLACED)
    if group_order.state == GroupOrderState.RETURNED or (is_over and reason != LATE):
        return
    if reason == LATE:
        _tell_returned(group_order, now=now)
    is_unpaid = group_order.state == GroupOrderState.PLACED and reason != LATE
    group_order.state = GroupOrderState.DROPPED if is_unpaid else GroupOrderState.RETURNED
    group_order.match_until = None
    group_order.outcome = reason[:40]
    group_order.signs = []
    group_order.save(update_fields=["state", "match_until", "outcome", "signs"])


def _give_back_budget(group_order: GroupOrder, *, was_unpaid: bool) -> None:
    if group_order.discount_minor:
        release_budget(
            campaign_id=group_order.campaign_id, money_minor=group_order.discount_minor, was_spent=not was_unpaid
        )


def _vacate(seat: Seat, *, reason: str, now: datetime) -> None:
    """Free a paid seat of a forming group; who leads is settled, and an empty group ends.

    Of a full group only a seat is freed whose held money could not be taken; the others keep theirs.
    """
    group = hold_group(seat.group_id)
    never_paid = reason == NOT_TAKEN
    if group.state != GroupState.FORMING and not (never_paid and group.state == GroupState.FILLED):
        return
    to_state = SeatState.RELEASED if never_paid else SeatState.REFUNDING
    if not Seat.objects.filter(pk=seat.pk, state=SeatState.PAID).update(state=to_state, released_at=now):
        return
    log_move(
        entity_type="groupbuy.Seat",
        entity_id=seat.id,
        from_state=SeatState.PAID,
        to_state=to_state,
        reason=reason,
        now=now,
    )
    if group.state == GroupState.FILLED:
        announce_release(group, seat, count=None, was_paid=True, reason=reason, now=now)
        confirm_if_settled(group, now=now)
        return
    count = count_seats.give_back(group.id, was_paid=True)
    announce_release(group, seat, count=count, was_paid=True, reason=reason, now=now)
    if seat.buyer_id == group.leader_id:
        _choose_leader(group, now=now)


def _choose_leader(group: Group, *, now: datetime) -> None:
    heir = Seat.objects.filter(group=group, state=SeatState.PAID).order_by("paid_at", "number").first()
    if heir is None:
        cancel_group(group_id=group.id, reason=EVERYBODY_LEFT, now=now)
        return
    Group.objects.filter(pk=group.pk).update(leader_id=heir.buyer_id, version=F("version") + 1)
    group.refresh_from_db()
    emit(
        LeaderChanged(
            group_id=group.id,
            campaign_id=group.campaign_id,
            leader_id=heir.buyer_id,
            version=group.version,
            at=now,
        )
    )


def _tell_returned(group_order: GroupOrder, *, now: datetime) -> None:
    emit(
        LatePaymentSettled(
            order_id=group_order.order_id,
            campaign_id=group_order.campaign_id,
            buyer_id=group_order.buyer_id,
            group_id=None,
            outcome=LateChoice.REFUND,
            at=now,
        )
    )
