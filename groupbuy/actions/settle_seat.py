"""The money of a group order is in: its seat becomes paid, or the buyer's choice for late money is followed.

A payment is never refused here. What cannot be kept is answered `Late`, and checkout sends the money back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.orders.models import Order
from backend.promotions.actions import reserve_budget, spend_budget
from backend.promotions.basket import Late, Paid
from backend.promotions.errors import BudgetExhausted
from groupbuy import rules, selectors
from groupbuy.actions.check_newcomer import Newness, settle_newness
from groupbuy.actions.hold_seat import release_seat
from groupbuy.actions.open_group import open_group
from groupbuy.actions.take_paid_seat import pay_held_seat, take_paid_seat
from groupbuy.events import LatePaymentSettled
from groupbuy.models import Group, GroupOrder, GroupOrderState, Intent, Joiners, LateChoice, Seat, SeatState

GROUP_OVER = "the group is over"
PLACES_GONE = "all places are taken"
OFFER_STOPPED = "the offer was stopped"

FIND_GROUP = """
SELECT open_group.id FROM groupbuy_group open_group JOIN groupbuy_offer offer ON offer.id = open_group.offer_id
JOIN promotions_campaign campaign ON campaign.id = open_group.campaign_id
WHERE open_group.product_id = %(product_id)s AND open_group.state = 'FORMING' AND open_group.is_listed
  AND open_group.seats_taken < open_group.size AND open_group.deadline_at > clock_timestamp()
  AND open_group.prices = %(prices)s::jsonb AND open_group.ladder = %(ladder)s::jsonb
  AND campaign.stop_manner <> 'CANCEL_AND_REFUND'
  AND offer.winners IS NOT DISTINCT FROM %(winners)s AND (offer.winners IS NULL OR open_group.size = %(size)s)
  AND offer.money_taken = %(money_taken)s AND (offer.joiners = 'all' OR %(is_newcomer)s)
  AND (offer.quota IS NULL OR offer.quota_mode = 'group'
    OR (open_group.campaign_id = %(campaign_id)s AND %(has_places)s))
  AND NOT EXISTS (
    SELECT 1 FROM groupbuy_seat seat WHERE seat.group_id = open_group.id AND seat.buyer_id = %(buyer_id)s
      AND seat.state NOT IN ('RELEASED', 'REFUNDED'))
ORDER BY open_group.size - open_group.seats_taken, open_group.deadline_at
FOR NO KEY UPDATE OF open_group SKIP LOCKED LIMIT 1
"""


def settle_seat(*, order: Order, now: datetime) -> Paid | Late:
    """Keep the part of group buying in a paid order, as far as it can be kept.

    Emits: GroupOpened, SeatTaken, GroupFilled, SeatReleased, LatePaymentSettled.
    """
    group_order = GroupOrder.objects.select_related("offer__product", "campaign").get(pk=order.id)
    if selectors.is_stopped(group_order.campaign):
        return Late(OFFER_STOPPED)
    if not _spend(group_order):
        return Late(OFFER_STOPPED)
    if group_order.intent == Intent.OPEN:
        if group_order.state == GroupOrderState.DROPPED and not selectors.has_places(group_order.offer, opens=True):
            return Late(PLACES_GONE)
        group = open_group(group_order=group_order, order=order, now=now)
        return _seated(group_order, group.id)
    return _settle_join(group_order, order, now=now)


def _spend(group_order: GroupOrder) -> bool:
    """Spend what was promised; an order that was given up meanwhile has to find the budget again."""
    amount = group_order.discount_minor
    if amount == 0:
        return True
    if group_order.state == GroupOrderState.DROPPED:
        try:
            reserve_budget(campaign_id=group_order.campaign_id, money_minor=amount)
        except BudgetExhausted:
            return False
    spend_budget(campaign_id=group_order.campaign_id, money_minor=amount)
    return True


def _settle_join(group_order: GroupOrder, order: Order, *, now: datetime) -> Paid | Late:
    if group_order.group_id is None:
        raise RuntimeError(f"The order {order.id} joins a group and names none.")
    group = lock_one(Group, group_order.group_id)
    may_join = not newcomers_only(group_order) or _is_new(group_order, now=now)
    if may_join:
        seat = pay_held_seat(group=group, order=order, now=now)
        if seat is None and not _holds_seat(order) and selectors.has_places(group_order.offer, opens=False):
            seat = take_paid_seat(group=group, order=order, now=now)
        if seat is not None:
            return _seated(group_order, group.id)
    for seat_id in Seat.objects.filter(order=order, state=SeatState.HELD).values_list("pk", flat=True):
        release_seat(seat_id=seat_id, reason="paid too late", now=now)
    return _settle_late(group_order, order, may_join=may_join, now=now)


def _settle_late(group_order: GroupOrder, order: Order, *, may_join: bool, now: datetime) -> Paid | Late:
    """Follow the buyer's stored choice, where it can still be had."""
    offer = group_order.offer
    is_live = selectors.offer_is_live(offer.pk, now) and selectors.has_places(offer, opens=True)
    chosen = rules.after_too_late(group_order.late_choice, offer_is_live=is_live, may_join=may_join)
    if chosen == LateChoice.OPEN_OWN:
        group = open_group(group_order=group_order, order=order, now=now)
        _tell_settled(group_order, group.id, outcome=LateChoice.OPEN_OWN, now=now)
        return _seated(group_order, group.id, outcome=LateChoice.OPEN_OWN)
    if chosen == LateChoice.AUTO_MATCH:
        return match_or_wait(group_order, order, now=now)
    return Late(GROUP_OVER)


def match_or_wait(group_order: GroupOrder, order: Order, *, now: datetime) -> Paid:
    """Seat the buyer in another open group at the same price, or keep looking for a minute."""
    group_id = _find_group(group_order, now=now)
    if group_id is not None:
        group = lock_one(Group, group_id)
        if take_paid_seat(group=group, order=order, now=now) is not None:
            _tell_settled(group_order, group.id, outcome=LateChoice.AUTO_MATCH, now=now)
            return _seated(group_order, group.id, outcome=LateChoice.AUTO_MATCH)
    group_order.state = GroupOrderState.MATCHING
    group_order.match_until = group_order.match_until or now + rules.MATCH_WITHIN
    group_order.save(update_fields=["state", "match_until"])
    return Paid(awaits_group=True)


def newcomers_only(group_order: GroupOrder) -> bool:
    """Say whether only people without a kept order may join."""
    return group_order.offer.joiners == Joiners.NEW


def _holds_seat(order: Order) -> bool:
    return Seat.objects.filter(order=order, state=SeatState.HELD).exists()


def _is_new(group_order: GroupOrder, *, now: datetime) -> bool:
    return settle_newness(group_order=group_order, now=now) is Newness.NEW


def _find_group(group_order: GroupOrder, *, now: datetime) -> UUID | None:
    """The open group that is nearest to being full; groups that others hold right now are passed over."""
    is_newcomer = newcomers_only(group_order) and _is_new(group_order, now=now)
    parameters: dict[str, Any] = {
        "product_id": group_order.offer.product_id,
        "prices": selectors.as_json(group_order.prices),
        "ladder": selectors.as_json(group_order.ladder),
        "winners": group_order.offer.winners,
        "size": group_order.offer.size,
        "money_taken": group_order.offer.money_taken,
        "is_newcomer": is_newcomer,
        "campaign_id": group_order.campaign_id,
        "has_places": group_order.offer.quota is not None and selectors.has_places(group_order.offer, opens=False),
        "buyer_id": group_order.buyer_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIND_GROUP, parameters)
        row = cursor.fetchone()
    return row[0] if row else None


def _seated(group_order: GroupOrder, group_id: UUID, *, outcome: str = "") -> Paid:
    group_order.group_id = group_id
    group_order.state = GroupOrderState.SEATED
    group_order.match_until = None
    group_order.outcome = outcome
    group_order.save(update_fields=["group", "state", "match_until", "outcome"])
    return Paid(awaits_group=True)


def _tell_settled(group_order: GroupOrder, group_id: UUID | None, *, outcome: str, now: datetime) -> None:
    emit(
        LatePaymentSettled(
            order_id=group_order.order_id,
            campaign_id=group_order.campaign_id,
            buyer_id=group_order.buyer_id,
            group_id=group_id,
            outcome=outcome,
            at=now,
        )
    )
