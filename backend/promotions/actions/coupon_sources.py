"""The part that coupons take in an order: chosen by the buyer, locked with the order, used with its payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_many
from backend.core.state_log import log_move
from backend.promotions.adjustments import AdjustedOrder, KeptAdjustment
from backend.promotions.basket import NO_LIMIT_BPS, Basket, Gift, Late, Layer, LockRank, OfferedAdjustment, Paid
from backend.promotions.errors import CouponNotUsable, CouponsDoNotCombine, CouponUsedUp
from backend.promotions.models import Coupon, CouponState, CouponTemplate
from backend.promotions.rules.coupons import (
    HeldCoupon,
    Saving,
    WhyNot,
    judged_minor,
    may_combine,
    used_together,
    why_not,
)
from backend.promotions.selectors.coupons import Hand, hand_of
from backend.promotions.selectors.places import placed
from backend.promotions.words import coupon_label, coupon_reason

MOST_CHOSEN = 10
COUPON_GONE = "the coupon was used elsewhere"


class CouponSource:
    """Coupons that are taken off the lines."""

    kind = "coupon"
    layer = Layer.COUPON
    lock_rank = LockRank.COUPON
    is_about_shipping = False

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Take the chosen coupons off, or say why one of them cannot be used. One that saves nothing is kept for later.

        Raises: InvalidInput, NotFound, CouponNotUsable, CouponsDoNotCombine.
        """
        chosen = chosen_ids(choice)
        if not chosen or buyer_id is None:
            return []
        hand = hand_of(buyer_id, coupon_ids=chosen, basket=basket)
        if len(hand.coupons) < len(chosen):
            raise NotFound
        check_together(hand.coupons)
        mine = [each for each in hand.coupons if each.is_about_shipping == self.is_about_shipping]
        lines = placed(basket.lines, [each.scope for each in mine])
        for coupon in mine:
            reason = why_not(coupon, lines, shipping_minor=basket.shipping_minor, now=now)
            if reason and reason is not WhyNot.NOTHING_LEFT:
                raise refusal(coupon, reason, basket=replace(basket, lines=tuple(lines)))
        savings = used_together(mine, lines, shipping_minor=basket.shipping_minor).savings
        return [_offered(self.kind, saving, hand, lines) for saving in savings if saving.amount_minor]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the coupons by id, then their templates by id: many codes of one template stand in one queue."""
        lock_many(Coupon, [each.reference_id for each in adjustments])
        lock_many(CouponTemplate, {each.facts["templateId"] for each in adjustments})

    def commit(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> None:
        """Lock the coupon for the order and promise its use; from now on its end no longer matters.

        Raises: CouponNotUsable, CouponUsedUp.
        """
        in_time = Q(state=CouponState.ISSUED, user_id=order.buyer_id, valid_until__gt=now)
        if not _take(adjustment, in_time, order=order, now=now):
            raise CouponNotUsable(coupon_id=_coupon_id(adjustment), reason=WhyNot.IN_ORDER.value, missing=0)
        if not _promise(adjustment):
            raise CouponUsedUp

    def paid(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Use the coupon up; one that was given back meanwhile is taken again if its owner still has it."""
        given_back = Q(state__in=[CouponState.ISSUED, CouponState.EXPIRED], user_id=order.buyer_id)
        if _take(adjustment, given_back, order=order, now=now) and not _promise(adjustment):
            return Late(COUPON_GONE)
        used = Coupon.objects.filter(pk=_coupon_id(adjustment), order_id=order.id, state=CouponState.LOCKED)
        if not used.update(state=CouponState.USED, used_at=now):
            return Late(COUPON_GONE)
        _log(adjustment, CouponState.LOCKED, CouponState.USED, now=now)
        amount = adjustment.amount_minor
        CouponTemplate.objects.filter(pk=adjustment.facts["templateId"]).update(
            reserved_count=F("reserved_count") - 1,
            used_count=F("used_count") + 1,
            reserved_minor=F("reserved_minor") - amount,
            spent_minor=F("spent_minor") + amount,
        )
        return Paid()

    def release(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give the coupon back: at once when nobody paid, with days of grace when the whole order was cancelled."""
        coupon = Coupon.objects.select_related("template").get(pk=_coupon_id(adjustment))
        if coupon.order_id != order.id or coupon.state not in (CouponState.LOCKED, CouponState.USED):
            return
        was_used = coupon.state == CouponState.USED
        if was_used and not coupon.template.returns_when_cancelled:
            return
        grace = now + timedelta(days=coupon.template.grace_days)
        same = Coupon.objects.filter(pk=coupon.pk, order_id=order.id, state=coupon.state)
        until = max(coupon.valid_until or grace, grace) if was_used else coupon.valid_until
        if not same.update(
            state=CouponState.ISSUED, order_id=None, locked_at=None, used_at=None, valid_until=until, noticed_at=None
        ):
            return
        _log(adjustment, coupon.state, CouponState.ISSUED, now=now, reason=reason)
        count, money = ("used_count", "spent_minor") if was_used else ("reserved_count", "reserved_minor")
        CouponTemplate.objects.filter(pk=coupon.template_id).update(
            **{count: F(count) - 1, money: F(money) - adjustment.amount_minor}
        )


class ShippingCouponSource(CouponSource):
    """Coupons that are taken off the sending; no price of a line keeps them away."""

    kind = "shipping_coupon"
    is_about_shipping = True


def chosen_ids(choice: Mapping[str, Any]) -> list[UUID]:
    """The coupons that a buyer asks for.

    Raises: InvalidInput, NotFound.
    """
    listed = choice.get("couponIds") or []
    if not isinstance(listed, Sequence) or isinstance(listed, str) or len(listed) > MOST_CHOSEN:
        raise InvalidInput("couponIds")
    try:
        return sorted({UUID(str(each)) for each in listed})
    except ValueError as malformed:
        raise NotFound from malformed


def check_together(coupons: Sequence[HeldCoupon]) -> None:
    """Insist that any two of the coupons may be used together.

    Raises: CouponsDoNotCombine.
    """
    for at, coupon in enumerate(coupons):
        if not all(may_combine(coupon, other) for other in coupons[:at]):
            raise CouponsDoNotCombine


def refusal(coupon: HeldCoupon, reason: WhyNot, *, basket: Basket) -> CouponNotUsable:
    """Say why a coupon cannot be used, and how much is missing."""
    missing = max(coupon.threshold_minor - judged_minor(basket.lines, coupon), 0)
    return CouponNotUsable(coupon_id=coupon.id, reason=reason.value, missing=missing)


def _offered(kind: str, saving: Saving, hand: Hand, lines: Sequence[Any]) -> OfferedAdjustment:
    coupon, template = saving.coupon, hand.templates[saving.coupon.template_id]
    gift = hand.gifts.get(coupon.template_id) if saving.gift_minor else None
    per_line = {gift.line().key: gift.line().items_minor} if gift else saving.per_line
    gifts: tuple[Gift, ...] = (gift,) if gift else ()
    return OfferedAdjustment(
        kind=kind,
        per_line=per_line,
        shipping_minor=saving.shipping_minor,
        gifts=gifts,
        label=coupon_label(coupon.names),
        explanation=[coupon_reason(coupon.benefit, coupon.threshold_minor)],
        reference_id=coupon.id,
        rule_version=f"{template.pk} v1",
        limit_bps=template.limit_bps or NO_LIMIT_BPS,
        facts={
            "templateId": str(template.pk),
            "benefit": template.benefit,
            "thresholdMinor": template.threshold_minor,
            "lines": [str(line.key) for line in lines if coupon.scope.holds(line)],
            "policy": template.refund_policy,
        },
    )


def _take(adjustment: KeptAdjustment, condition: Q, *, order: AdjustedOrder, now: datetime) -> bool:
    free = Coupon.objects.filter(condition, pk=_coupon_id(adjustment))
    taken = free.update(state=CouponState.LOCKED, order_id=order.id, locked_at=now)
    if taken:
        _log(adjustment, CouponState.ISSUED, CouponState.LOCKED, now=now)
    return bool(taken)


def _promise(adjustment: KeptAdjustment) -> bool:
    """Promise a use and its money, if the template has both left: one statement checks and writes."""
    amount = adjustment.amount_minor
    enough = Q(use_limit=None) | Q(use_limit__gt=F("reserved_count") + F("used_count"))
    enough &= Q(budget_minor=None) | Q(budget_minor__gte=F("reserved_minor") + F("spent_minor") + amount)
    return bool(
        CouponTemplate.objects.filter(enough, pk=adjustment.facts["templateId"]).update(
            reserved_count=F("reserved_count") + 1, reserved_minor=F("reserved_minor") + amount
        )
    )


def _log(adjustment: KeptAdjustment, from_state: str, to_state: str, *, now: datetime, reason: str = "") -> None:
    log_move(
        entity_type="promotions.Coupon",
        entity_id=_coupon_id(adjustment),
        from_state=str(from_state),
        to_state=str(to_state),
        now=now,
        reason=reason,
    )


def _coupon_id(adjustment: KeptAdjustment) -> UUID:
    if adjustment.reference_id is None:
        raise RuntimeError("A coupon in an order names no coupon.")
    return adjustment.reference_id
