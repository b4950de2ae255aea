"""One line of an order becomes a commission: which rate counts, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.outbox import emit
from backend.orders.models import Order, OrderLine
from backend.promotions.models import CampaignRule
from referrals.influencers.actions.raising import reserve_added
from referrals.influencers.events import CommissionEstimated
from referrals.influencers.models import Commission, Content, ProgrammeTerms, Rate
from referrals.influencers.rules import sums
from referrals.influencers.selectors.campaigns import bps_of, facts_of_rule
from referrals.influencers.selectors.earnings import month_left
from referrals.invites.models import Attribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What all lines of a credited order share."""

    order: Order
    attribution: Attribution
    terms: ProgrammeTerms
    is_held: bool
    raised: Mapping[UUID, CampaignRule]
    at: datetime


def estimate_line(line: OrderLine, *, content: Content, rate: Rate, credit: Credit) -> Commission:
    """Note what a creator will earn of one line; call it with the creator and the campaigns held.

    Emits: CommissionEstimated.
    """
    base = sums.base_of(line.total_minor, tax_bps=credit.terms.tax_bps)
    cap = content.collaboration.brief.month_cap_minor
    left = month_left(content.collaboration_id, cap_minor=cap, at=credit.at)
    locked = _amount(base, bps=0 if credit.is_held else rate.bps, left=left)
    rule = credit.raised.get(line.product_id)
    rule = rule if rule is not None and bps_of(rule) > rate.bps else None
    raised = _amount(base, bps=bps_of(rule), left=left) if rule else locked
    reaches = rule is not None and reserve_added(rule.campaign_id, added_minor=raised - locked)
    amount = raised if reaches else locked
    commission = Commission.objects.create(
        promoter_id=content.collaboration.promoter_id,
        order=credit.order,
        line=line,
        product_id=line.product_id,
        collaboration_id=content.collaboration_id,
        content=content,
        rate=rate,
        terms=credit.terms,
        touch_id=credit.attribution.touch_id,
        source=credit.attribution.source,
        bps=bps_of(rule) if rule and reaches else 0 if credit.is_held else rate.bps,
        paid_minor=line.total_minor,
        base_minor=base,
        amount_minor=amount,
        kept_minor=amount,
        cap_left_minor=left,
        campaign_rule=rule if reaches else None,
        campaign_minor=amount - locked,
        facts={**_facts(line, content, credit), **_campaign_facts(rule, reaches=reaches)},
        estimated_at=credit.at,
    )
    _tell(commission)
    return commission


def _amount(base: int, *, bps: int, left: int | None) -> int:
    return sums.within_cap(sums.commission_of(base, bps=bps), left_minor=left)


def _campaign_facts(rule: CampaignRule | None, *, reaches: bool) -> Mapping[str, Any]:
    return {} if rule is None else {"campaign": {**facts_of_rule(rule), "reaches": reaches}}


def _facts(line: OrderLine, content: Content, credit: Credit) -> Mapping[str, Any]:
    return {
        "order_number": credit.order.number,
        "placed_at": credit.order.placed_at.isoformat(),
        "touched_at": credit.attribution.facts.get("touched_at"),
        "code": credit.attribution.code,
        "quantity": line.quantity,
        "tag": content.tag,
        "post_id": str(content.post_id),
    }


def _tell(commission: Commission) -> None:
    emit(
        CommissionEstimated(
            order_id=commission.order_id,
            promoter_id=commission.promoter_id,
            commission_id=commission.pk,
            amount_minor=commission.amount_minor,
            at=commission.estimated_at,
        )
    )
