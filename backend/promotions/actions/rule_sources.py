"""The part that line promotions, full reductions and gifts take in an order.

They apply by themselves to whoever the campaign is for. What an order takes of one is kept in a row of its own, so the
same order never takes it twice, and giving it back twice gives it back once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count

from backend.core.locks import advisory_lock
from backend.core.rows import insert_row_once
from backend.promotions.actions.keep_budget import release_budget, reserve_budget, spend_budget
from backend.promotions.adjustments import AdjustedOrder, KeptAdjustment
from backend.promotions.basket import (
    NO_LIMIT_BPS,
    Basket,
    BasketLine,
    Late,
    Layer,
    LockRank,
    OfferedAdjustment,
    Paid,
)
from backend.promotions.errors import BudgetExhausted, OfferTaken
from backend.promotions.kinds import full_reduction as reductions
from backend.promotions.kinds import gift as gifts
from backend.promotions.kinds import line_promotion as lines_off
from backend.promotions.models import Campaign, CampaignRule, PromotionUse, RefundPolicy, UseState
from backend.promotions.ports import BuyerFacts, buyer_facts
from backend.promotions.rules.conflicts import Candidate, Clash, best_together, share_a_class, share_a_line
from backend.promotions.rules.reductions import full_reduction, line_promotion, step_reached
from backend.promotions.rules.scope import eligible, read_scope
from backend.promotions.selectors import admits, live_rules
from backend.promotions.selectors.coupons import gift_in_stock
from backend.promotions.selectors.places import placed
from backend.promotions.wording import in_every_language, yuan
from backend.promotions.words import IN_THIS_OFFER, NAMED_OFFER

BUDGET_OVER = "the budget of the offer is used up"


class RuleSource:
    """What the three kinds have in common: who may have them, which work together, and how they are counted."""

    kind: str
    layer: Layer
    clash: Clash
    lock_rank = LockRank.CAMPAIGN

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer the best set of live rules for this basket."""
        rules = live_rules(self.kind, now) if basket.lines else []
        rules = within_limits(admitted(rules, buyer_id), buyer_id)
        if not rules:
            return []
        scopes = {rule.id: read_scope(rule.params.get("scope")) for rule in rules}
        lines = placed(basket.lines, scopes.values())
        offers = {
            rule.id: offer
            for rule in rules
            if (meant := eligible(lines, scopes[rule.id])) and (offer := self.offer(rule, meant, lines))
        }
        affordable = {
            rule.id: (rule, offers[rule.id])
            for rule in rules
            if rule.id in offers and can_afford(rule.campaign, offers[rule.id].amount_minor)
        }
        chosen = best_together([_candidate(rule, offer) for rule, offer in affordable.values()], type(self).clash)
        return [_for_buyer(affordable[each.id][1], buyer_id) for each in chosen]

    def offer(
        self, rule: CampaignRule, lines: Sequence[BasketLine], every: Sequence[BasketLine]
    ) -> OfferedAdjustment | None:
        """What one rule would give to its lines."""
        raise NotImplementedError

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the count of what a buyer may have; the campaigns are held already."""
        for limited in sorted({each.facts["limited"] for each in adjustments if each.facts.get("limited")}):
            advisory_lock("promotions.limit", limited)

    def commit(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> None:
        """Promise the budget and write down that this order takes the rule.

        Raises: BudgetExhausted, OfferTaken.
        """
        facts = adjustment.facts
        limit = facts["params"].get("perPerson")
        taken = PromotionUse.objects.filter(buyer_id=order.buyer_id, lineage_id=facts["lineageId"])
        if limit is not None and taken.exclude(state=UseState.RELEASED).count() >= limit:
            raise OfferTaken
        use = PromotionUse(
            order_id=order.id,
            buyer_id=order.buyer_id,
            campaign_id=UUID(facts["campaignId"]),
            lineage_id=UUID(facts["lineageId"]),
            amount_minor=adjustment.amount_minor,
            made_at=now,
            moved_at=now,
        )
        if insert_row_once(use):
            reserve_budget(campaign_id=use.campaign_id, money_minor=use.amount_minor, uses=1)

    def paid(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Spend what was promised; an order that was given up meanwhile has to find the budget again."""
        use = _use_of(order, adjustment)
        if use.state == UseState.RELEASED:
            try:
                reserve_budget(campaign_id=use.campaign_id, money_minor=use.amount_minor, uses=1)
            except BudgetExhausted:
                return Late(BUDGET_OVER)
        if _move(use, to=UseState.USED, now=now):
            spend_budget(campaign_id=use.campaign_id, money_minor=use.amount_minor, uses=1)
        return Paid()

    def release(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give the budget back, once."""
        use = _use_of(order, adjustment)
        was_spent = use.state == UseState.USED
        if _move(use, to=UseState.RELEASED, now=now):
            release_budget(campaign_id=use.campaign_id, money_minor=use.amount_minor, uses=1, was_spent=was_spent)


class LinePromotionSource(RuleSource):
    """Line promotions in an order."""

    kind = "line_promotion"
    layer = Layer.LINE
    clash = staticmethod(share_a_line)

    def offer(
        self, rule: CampaignRule, lines: Sequence[BasketLine], every: Sequence[BasketLine]
    ) -> OfferedAdjustment | None:
        """The cheapest pieces free, or every nth piece cheaper."""
        per_line = line_promotion(rule.params, lines)
        told = named(rule, lines_off.headline(rule.params))
        return _offered(rule, per_line, lines, label=lines_off.LINE_PROMOTION.label, told=[told]) if per_line else None


class FullReductionSource(RuleSource):
    """Full reductions in an order."""

    kind = "full_reduction"
    layer = Layer.ORDER
    clash = staticmethod(share_a_class)

    def offer(
        self, rule: CampaignRule, lines: Sequence[BasketLine], every: Sequence[BasketLine]
    ) -> OfferedAdjustment | None:
        """The highest step that is reached."""
        goods = sum(line.left_minor for line in lines)
        step = step_reached(rule.params["steps"], goods)
        if step is None:
            return None
        told = [
            named(rule, reductions.step_texts(step)),
            in_every_language(IN_THIS_OFFER, {"goods": yuan(goods)}),
        ]
        label = reductions.FULL_REDUCTION.label
        return _offered(rule, full_reduction(rule.params, lines), lines, label=label, told=told)


class GiftSource(RuleSource):
    """Gifts in an order."""

    kind = "gift"
    layer = Layer.ORDER
    clash = staticmethod(share_a_line)

    def offer(
        self, rule: CampaignRule, lines: Sequence[BasketLine], every: Sequence[BasketLine]
    ) -> OfferedAdjustment | None:
        """The first of its gifts that is in stock beside what is bought."""
        params = rule.params
        reached = (
            sum(line.left_minor for line in lines) >= params["fromMinor"]
            if params.get("fromMinor")
            else sum(line.quantity for line in lines) >= params["fromPieces"]
        )
        gift = gift_in_stock(gifts.gift_ids(params), params.get("quantity", 1), every) if reached else None
        if gift is None:
            return None
        per_line = {gift.line().key: gift.line().items_minor}
        told = [named(rule, gifts.headline(params))]
        return replace(_offered(rule, per_line, lines, label=gifts.GIFT.label, told=told), gifts=(gift,))


def admitted(rules: Iterable[CampaignRule], buyer_id: UUID | None) -> list[CampaignRule]:
    """The rules whose audience the buyer belongs to; the buyer is looked at only if an audience asks."""

    @cache
    def facts() -> BuyerFacts:
        return buyer_facts(buyer_id)

    def is_for_all(campaign: Campaign) -> bool:
        return campaign.audience.get("who", "all") == "all" and not campaign.audience.get("tiers")

    return [rule for rule in rules if is_for_all(rule.campaign) or admits(rule.campaign, facts())]


def within_limits(rules: Sequence[CampaignRule], buyer_id: UUID | None) -> list[CampaignRule]:
    """Without the rules that the buyer has had as often as one person may."""
    limited = [rule.lineage_id for rule in rules if rule.params.get("perPerson")]
    if not limited or buyer_id is None:
        return list(rules)
    uses = PromotionUse.objects.filter(buyer_id=buyer_id, lineage_id__in=limited).exclude(state=UseState.RELEASED)
    had = dict(uses.values_list("lineage_id").annotate(many=Count("pk")))
    return [
        rule
        for rule in rules
        if not rule.params.get("perPerson") or had.get(rule.lineage_id, 0) < rule.params["perPerson"]
    ]


def can_afford(campaign: Campaign, amount_minor: int) -> bool:
    """Say whether a campaign's budget still has room; the statement that promises it decides later."""
    for budget, promised, more in (
        (campaign.budget_minor, campaign.reserved_minor + campaign.spent_minor, amount_minor),
        (campaign.budget_count, campaign.reserved_count + campaign.spent_count, 1),
    ):
        if budget is not None and promised + more > budget:
            return False
    return True


def named(rule: CampaignRule, sentence: Mapping[str, str]) -> Mapping[str, str]:
    """A sentence after the name of its campaign."""
    return in_every_language(NAMED_OFFER, {"name": rule.campaign.name, "sentence": sentence})


def _offered(
    rule: CampaignRule,
    per_line: Mapping[UUID, int],
    lines: Sequence[BasketLine],
    *,
    label: Any,
    told: Sequence[Mapping[str, str]],
) -> OfferedAdjustment:
    params = rule.params
    return OfferedAdjustment(
        kind=rule.kind,
        per_line=per_line,
        label=in_every_language(label),
        explanation=told,
        reference_id=rule.lineage_id,
        campaign_id=rule.campaign_id,
        rule_version=f"{rule.id} v{rule.version}",
        limit_bps=params.get("maxTotalDiscountBps") or NO_LIMIT_BPS,
        facts={
            "ruleId": str(rule.id),
            "campaignId": str(rule.campaign_id),
            "lineageId": str(rule.lineage_id),
            "params": params,
            "lines": [str(line.key) for line in lines],
            "policy": params.get("refundPolicy", RefundPolicy.RECOMPUTE.value),
        },
    )


def _for_buyer(offer: OfferedAdjustment, buyer_id: UUID | None) -> OfferedAdjustment:
    """The same offer; if one person may have it only so often, it names what has to be held while that is counted."""
    limited = f"{buyer_id}:{offer.facts['lineageId']}" if offer.facts["params"].get("perPerson") else ""
    return replace(offer, facts={**offer.facts, "limited": limited})


def _candidate(rule: CampaignRule, offer: OfferedAdjustment) -> Candidate:
    return Candidate(
        id=rule.id,
        per_line=offer.per_line,
        priority=rule.params.get("priority", 0),
        exclusive_group=rule.params.get("exclusiveGroup", ""),
        stack_class=rule.params.get("stackClass", ""),
    )


def _use_of(order: AdjustedOrder, adjustment: KeptAdjustment) -> PromotionUse:
    return PromotionUse.objects.get(order_id=order.id, lineage_id=adjustment.facts["lineageId"])


def _move(use: PromotionUse, *, to: UseState, now: datetime) -> bool:
    """Move a use on, unless it has moved meanwhile or is there already."""
    same = PromotionUse.objects.filter(pk=use.pk, state=use.state).exclude(state=to)
    return bool(same.update(state=to, moved_at=now))
