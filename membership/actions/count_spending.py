"""Count what people keep: points and the way to the next tier."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock, claim_rows, lock_one, lock_rows
from backend.core.money import Money, Points
from backend.core.outbox import emit
from backend.orders.models import Order
from membership import rules, selectors
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.take_back_points import take_back_points
from membership.events import TierReached
from membership.models import CountedSpending, EarningRule, LotState, Member, PointLot, SpendingState


@transaction.atomic
def count_order(*, order_id: UUID, now: datetime) -> CountedSpending:
    """Promise the points of a confirmed order and note its amount for the tier; once per order.

    Emits: PointsPromised.
    """
    order = Order.objects.get(pk=order_id)
    goods = Money(order.total_minor - order.shipping_minor, order.currency)
    spending, is_new = CountedSpending.objects.get_or_create(
        order_id=order.id,
        defaults={"user_id": order.buyer_id, "amount_minor": goods.minor, "confirmed_at": now},
    )
    if not is_new:
        return spending
    rule = selectors.earning_rule(now)
    tier = selectors.member_tier(order.buyer_id)
    facts = {
        "order_number": order.number,
        "goods_minor": goods.minor,
        "points_per_yuan": rule.points_per_yuan,
        "multiplier_bps": tier.multiplier_bps,
        "tier": tier.key,
        "rule_version": rule.version,
        "confirmed_at": now.isoformat(),
    }
    promise_points(
        user_id=order.buyer_id,
        points=rules.points_for(goods, points_per_yuan=rule.points_per_yuan, multiplier_bps=tier.multiplier_bps),
        cause="order",
        source=("order", order.id),
        rule_version=f"earning:{rule.version}",
        facts=facts,
        campaign_id=order.campaign_id,
        now=now,
    )
    return spending


@transaction.atomic
def start_return_window(*, order_id: UUID, delivered_at: datetime) -> None:
    """Set the day on which everything that hangs on a delivered order becomes usable."""
    vests_at = rules.vests_at(delivered_at=delivered_at, rule=EarningRule.objects.latest("version"))
    waiting = {"vests_at": None}
    PointLot.objects.filter(source_type="order", source_id=order_id, state=LotState.PENDING, **waiting).update(
        vests_at=vests_at
    )
    CountedSpending.objects.filter(order_id=order_id, state=SpendingState.PENDING, **waiting).update(vests_at=vests_at)


@transaction.atomic
def reduce_order(*, order_id: UUID, refunded: Money, now: datetime) -> None:
    """Take back, pro rata, what hung on the refunded part of an order; all of it when everything came back.

    Points that others got for this order go only when all of its goods are refunded; what sending cost may stay.

    Emits: PointsTakenBack.
    """
    order = Order.objects.get(pk=order_id)
    total = Money(order.total_minor, order.currency)
    goods = Money(order.total_minor - order.shipping_minor, order.currency)
    left = rules.goods_after_refund(goods=goods, total=total, refunded=refunded)
    promised = PointLot.objects.filter(source_type="order", source_id=order_id)
    hold_wallets(promised.values_list("user_id", flat=True))
    for lot in rules.by_person(lock_rows(promised)):
        keep = _points_left(lot, left=left, is_full=not left)
        take_back_points(lot_id=lot.id, keep=keep, now=now)
    if CountedSpending.objects.filter(pk=order_id).exists():
        spending = lock_one(CountedSpending, order_id)
        spending.amount_minor = left.minor
        if not left:
            spending.state = SpendingState.REVERSED
        spending.save(update_fields=["amount_minor", "state"])


@transaction.atomic
def vest_spending(*, now: datetime, most: int = 200) -> int:
    """Count orders whose return window is over, and lift their buyers to the tier they reached.

    Emits: TierReached.
    """
    due = CountedSpending.objects.filter(state=SpendingState.PENDING, vests_at__lte=now)
    vested = claim_rows(due, limit=most)
    CountedSpending.objects.filter(pk__in=[each.pk for each in vested]).update(state=SpendingState.KEPT)
    for user_id in sorted({each.user_id for each in vested}):
        _lift(user_id, now=now)
    return len(vested)


def _lift(user_id: UUID, *, now: datetime) -> None:
    """Put a person on the tier that the kept spending reaches. Down goes only at the end of a term."""
    advisory_lock("membership.tier", user_id)
    progress = selectors.progress_of(user_id, now=now)
    reached = rules.tier_reached(kept=progress.kept, tiers=selectors.tiers())
    if reached.position <= progress.tier.position:
        return
    Member.objects.update_or_create(
        user_id=user_id, defaults={"tier": reached, "since": now, "valid_until": now + rules.TIER_LASTS}
    )
    emit(TierReached(user_id=user_id, tier=reached.key, at=now))


def _points_left(lot: PointLot, *, left: Money, is_full: bool) -> Points:
    if lot.cause != "order":
        return Points(0 if is_full else lot.earned)
    return rules.points_for(
        left, points_per_yuan=lot.facts["points_per_yuan"], multiplier_bps=lot.facts["multiplier_bps"]
    )
