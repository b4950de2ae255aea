"""What is missing to the next reduction, gift, coupon or free sending, for the helper in the cart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.promotions.adjustments import source_of
from backend.promotions.basket import BasketLine, Layer
from backend.promotions.kinds import full_reduction, gift
from backend.promotions.models import CampaignRule
from backend.promotions.ports import BuyerFacts, buyer_facts
from backend.promotions.pricing import PricedBasket
from backend.promotions.rules.coupons import WhyNot, judged_minor, why_not
from backend.promotions.rules.reductions import next_step
from backend.promotions.rules.scope import read_scope
from backend.promotions.selectors.campaigns import admits, live_rules
from backend.promotions.selectors.coupons import basket_before_coupons, hand_of
from backend.promotions.selectors.places import placed
from backend.promotions.selectors.prices import shipping_terms
from backend.promotions.wording import in_every_language
from backend.promotions.words import FREE_SENDING, NAMED_OFFER, coupon_reason

MOST_STEPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Something that is nearly reached: how much is missing, what it gives, and which goods count."""

    kind: str
    missing_minor: int
    sentence: Mapping[str, str]
    scope: Mapping[str, Any]
    reference_id: UUID | None = None


def next_steps(priced: PricedBasket, *, buyer_id: UUID | None, now: datetime) -> list[NextStep]:
    """What is nearly reached with a basket that was priced without coupons, what is missing least first."""
    found = [*_of_rules(priced, buyer_id=buyer_id, now=now), *_of_sending(priced)]
    if buyer_id is not None:
        found += _of_coupons(priced, buyer_id=buyer_id, now=now)
    return sorted(found, key=lambda step: (step.missing_minor, step.kind, str(step.reference_id)))[:MOST_STEPS]


def _of_rules(priced: PricedBasket, *, buyer_id: UUID | None, now: datetime) -> Iterable[NextStep]:
    rules = live_rules("full_reduction", now) + live_rules("gift", now)
    facts = buyer_facts(buyer_id) if any(rule.campaign.audience.get("who", "all") != "all" for rule in rules) else None
    scopes = {rule.id: read_scope(rule.params.get("scope")) for rule in rules}
    lines = placed(_before_reductions(priced), scopes.values())
    for rule in rules:
        if not admits(rule.campaign, facts or BuyerFacts(has_kept_order=False)):
            continue
        goods = sum(line.left_minor for line in lines if scopes[rule.id].holds(line))
        step = _step_of(rule, goods)
        if step is not None and goods:
            sentence = in_every_language(NAMED_OFFER, {"name": rule.campaign.name, "sentence": step[1]})
            yield NextStep(
                kind=rule.kind,
                missing_minor=step[0] - goods,
                sentence=sentence,
                scope=rule.params.get("scope") or {},
                reference_id=rule.lineage_id,
            )


def _step_of(rule: CampaignRule, goods_minor: int) -> tuple[int, Mapping[str, str]] | None:
    if rule.kind == full_reduction.FULL_REDUCTION.key:
        step = next_step(rule.params["steps"], goods_minor)
        return (step["fromMinor"], full_reduction.step_texts(step)) if step else None
    least = rule.params.get("fromMinor")
    return (least, gift.headline(rule.params)) if least and goods_minor < least else None


def _of_coupons(priced: PricedBasket, *, buyer_id: UUID, now: datetime) -> Iterable[NextStep]:
    basket = basket_before_coupons(priced)
    hand = hand_of(buyer_id, basket=basket)
    lines = placed(basket.lines, [coupon.scope for coupon in hand.coupons])
    for coupon in hand.coupons:
        if why_not(coupon, lines, shipping_minor=basket.shipping_minor, now=now) is WhyNot.BELOW_THRESHOLD:
            yield NextStep(
                kind="coupon",
                missing_minor=coupon.threshold_minor - judged_minor(lines, coupon),
                sentence=coupon_reason(coupon.benefit, coupon.threshold_minor),
                scope=hand.templates[coupon.template_id].scope,
                reference_id=coupon.id,
            )


def _of_sending(priced: PricedBasket) -> Iterable[NextStep]:
    goods = sum(line.left_minor for line in basket_before_coupons(priced).lines)
    least = shipping_terms().free_from_minor
    if priced.shipping_fee_minor and 0 < goods < least:
        yield NextStep(kind="shipping", missing_minor=least - goods, sentence=in_every_language(FREE_SENDING), scope={})


def _before_reductions(priced: PricedBasket) -> Sequence[BasketLine]:
    """The lines as the reductions of the order saw them; those that a price keeps reductions from are left out."""
    earlier = [each for each in priced.adjustments if source_of(each.kind).layer <= Layer.LINE]
    before = PricedBasket(lines=priced.lines, adjustments=tuple(earlier), shipping_fee_minor=priced.shipping_fee_minor)
    return before.basket_for(kind="full_reduction", layer=Layer.ORDER).lines
