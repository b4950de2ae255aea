"""Count what people keep: points and the way to the next tier."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock, claim_rows, lock_one, lock_rows
from backend.core.money import Money, Points
from backend.core.rows import insert_row_once
from backend.orders.models import Order, OrderLine
from membership import rules, selectors
from membership.actions.campaign_points import best_multiplier, take_budget
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.move_tiers import raise_members
from membership.actions.note_deed import note_deed
from membership.actions.take_back_points import take_back_points
from membership.models import CountedSpending, EarningRule, LotState, OrderBenefits, PointLot, SpendingState


@transaction.atomic
def note_benefits(*, order_id: UUID, now: datetime) -> OrderBenefits:
    """Keep beside an order what its buyer's level and the campaigns of the hour give to it; once per order."""
    if noted := selectors.benefits_of(order_id):
        return noted
    order = Order.objects.get(pk=order_id)
    policy = selectors.policy_at(order.placed_at)
    tier = selectors.tier_held_at(order.buyer_id, at=order.placed_at)
    step = rules.step_of(tier.key, selectors.steps_of(policy))
    best = best_multiplier(order)
    benefits = OrderBenefits(
        order_id=order_id,
        tier=tier,
        policy=policy,
        multiplier_bps=step.multiplier_bps,
        times_bps=best.rule.params["timesBps"] if best else rules.ONCE,
        campaign_id=best.rule.campaign_id if best else None,
        campaign_rule=f"{best.rule.pk} v{best.rule.version}" if best else "",
        campaign_lines=best.line_ids if best else [],
        noted_at=now,
    )
    insert_row_once(benefits)
    return OrderBenefits.objects.select_related("tier").get(pk=order_id)


@transaction.atomic
def count_order(*, order_id: UUID, now: datetime) -> CountedSpending:
    """Promise the points of a confirmed order and note its amount for the tier; once per order.

    The multiplier is the one of the hour at which the order was placed; a campaign adds as far as its budget reaches.

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
    benefits = note_benefits(order_id=order_id, now=now)
    raised = _raised(benefits)
    times_bps = _times(benefits, goods=goods, raised=raised, points_per_yuan=rule.points_per_yuan)
    facts = {
        "order_number": order.number,
        "goods_minor": goods.minor,
        "points_per_yuan": rule.points_per_yuan,
        "multiplier_bps": benefits.multiplier_bps,
        "times_bps": times_bps,
        "campaign_rule": benefits.campaign_rule if times_bps != rules.ONCE else "",
        "tier": benefits.tier_id,
        "tier_names": benefits.tier.names,
        "rule_version": rule.version,
        "confirmed_at": now.isoformat(),
        **(raised if times_bps != rules.ONCE else {}),
    }
    promise_points(
        user_id=order.buyer_id,
        points=_points(goods, facts),
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
        keep = _points_left(lot, order=order, left=left)
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

    Two orders of one person that are counted at once stand in one queue, so their sum is seen.

    Emits: TierReached, PointsPromised, PointsVested, TaskDone, BadgeEarned.
    """
    due = CountedSpending.objects.filter(state=SpendingState.PENDING, vests_at__lte=now)
    vested = claim_rows(due, limit=most)
    people = sorted({each.user_id for each in vested})
    for user_id in people:
        advisory_lock("membership.tier", user_id)
    hold_wallets(people)
    CountedSpending.objects.filter(pk__in=[each.pk for each in vested]).update(state=SpendingState.KEPT)
    raise_members(user_ids=people, now=now)
    for each in sorted(vested, key=lambda spending: (spending.user_id, spending.pk)):
        note_deed(user_id=each.user_id, fact="KEPT_ORDER", source_id=each.pk, now=now)
    return len(vested)


def _raised(benefits: OrderBenefits) -> dict[str, Any]:
    """The lines of an order that a campaign is about, as facts; nothing when it is about all of them."""
    if not benefits.campaign_lines:
        return {}
    lines = list(OrderLine.objects.filter(order_id=benefits.order_id).order_by("position"))
    meant = [line for line in lines if str(line.pk) in benefits.campaign_lines]
    return {
        "raised_minor": sum(line.total_minor for line in meant),
        "raised_lines": list(benefits.campaign_lines),
        "lines": [
            {
                "titles": line.title,
                "minor": line.total_minor,
                "times_bps": benefits.times_bps if line in meant else rules.ONCE,
            }
            for line in lines
        ],
    }


def _times(benefits: OrderBenefits, *, goods: Money, raised: Mapping[str, Any], points_per_yuan: int) -> int:
    """The multiplier of the campaign, if its budget reaches for what it adds to this order."""
    if benefits.campaign_id is None or benefits.times_bps == rules.ONCE:
        return rules.ONCE
    facts = {"points_per_yuan": points_per_yuan, "multiplier_bps": benefits.multiplier_bps, **raised}
    added = _points(goods, {**facts, "times_bps": benefits.times_bps}).amount - _points(goods, facts).amount
    return benefits.times_bps if take_budget(benefits.campaign_id, Points(added)) else rules.ONCE


def _points_left(lot: PointLot, *, order: Order, left: Money) -> Points:
    if lot.cause != "order":
        return Points(lot.earned if left else 0)
    if "raised_lines" not in lot.facts:
        return _points(left, lot.facts)
    lines = list(OrderLine.objects.filter(order=order))
    raised = sum(each.total_minor - each.refunded_minor for each in lines if str(each.pk) in lot.facts["raised_lines"])
    others = sum(each.total_minor - each.refunded_minor for each in lines) - raised
    still = rules.raised_after_refund(raised_minor=raised, others_minor=others, left=left)
    return _points(left, {**lot.facts, "raised_minor": still.minor})


def _points(goods: Money, facts: Mapping[str, Any]) -> Points:
    return rules.points_for(
        goods,
        points_per_yuan=facts["points_per_yuan"],
        multiplier_bps=facts["multiplier_bps"],
        times_bps=facts.get("times_bps", rules.ONCE),
        raised=Money(facts["raised_minor"]) if "raised_minor" in facts else None,
    )
