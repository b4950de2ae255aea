"""Commission campaigns: which of them raise the rate of a creator now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from backend.orders.models import Order
from backend.promotions.models import CampaignRule
from backend.promotions.ports import buyer_facts
from backend.promotions.rules.scope import read_scope
from backend.promotions.selectors import admits, live_rules, products_within
from referrals.influencers.models import Commission, Promoter, PromoterState
from referrals.influencers.rules import sums
from referrals.influencers.selectors.members import is_held

KIND = "commission"


def rules_for(promoter: Promoter, *, at: datetime) -> list[CampaignRule]:
    """The commission rules that work at a moment for a creator of this level, with their campaigns."""
    return [rule for rule in live_rules(KIND, at) if not _levels(rule) or promoter.tier in _levels(rule)]


def raised_rates(
    promoter: Promoter, product_ids: Iterable[UUID], *, at: datetime, order: Order | None = None
) -> dict[UUID, CampaignRule]:
    """The rule that pays a creator most for each product at a moment; ties go to the campaign that began first.

    With an order given, its buyer must belong to the audience of the campaign.
    """
    rules = rules_for(promoter, at=at)
    if order is not None and rules:
        buyer = buyer_facts(order.buyer_id)
        rules = [rule for rule in rules if admits(rule.campaign, buyer)]
    if not rules:
        return {}
    meant = products_within(product_ids, [read_scope(rule.params.get("scope")) for rule in rules])
    best: dict[UUID, CampaignRule] = {}
    for rule, products in zip(rules, meant, strict=True):
        for product_id in products:
            known = best.get(product_id)
            if known is None or bps_of(rule) > bps_of(known):
                best[product_id] = rule
    return best


def raised_rates_of(user_id: UUID, product_ids: Iterable[UUID], *, at: datetime) -> dict[UUID, CampaignRule]:
    """The same for whoever may be a creator; nothing for everybody else, and nothing while a breach hangs over one."""
    promoter = Promoter.objects.filter(pk=user_id, state=PromoterState.ACTIVE).first()
    if promoter is None or is_held(promoter.pk):
        return {}
    return raised_rates(promoter, product_ids, at=at)


def bps_of(rule: CampaignRule) -> int:
    """What a commission rule pays, in basis points."""
    return int(rule.params["rateBps"])


def added_of(commission: Commission) -> int:
    """What of a commission is there only because of a campaign: the rest would be there by the locked rate."""
    if commission.campaign_rule_id is None:
        return 0
    locked = sums.commission_of(commission.base_minor, bps=commission.rate.bps)
    return commission.kept_minor - sums.kept_of(
        paid_minor=commission.paid_minor,
        refunded_minor=commission.refunded_minor,
        tax_bps=commission.terms.tax_bps,
        bps=commission.rate.bps,
        amount_minor=sums.within_cap(locked, left_minor=commission.cap_left_minor),
    )


def facts_of_rule(rule: CampaignRule) -> Mapping[str, object]:
    """What a commission keeps of the rule that raised it, so that it can be told for ever."""
    return {
        "names": rule.campaign.name,
        "version": rule.version,
        "bps": bps_of(rule),
        "ends_at": rule.campaign.ends_at.isoformat(),
    }


def creators_count(*, tiers: Iterable[str]) -> int:
    """How many active creators of these levels there are; of all levels without any."""
    rows = Promoter.objects.filter(state=PromoterState.ACTIVE)
    wanted = list(tiers)
    return rows.filter(tier__in=wanted).count() if wanted else rows.count()


def _levels(rule: CampaignRule) -> list[str]:
    return list(rule.params.get("creatorTiers") or [])
