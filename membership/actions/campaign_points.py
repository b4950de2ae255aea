"""What campaigns add to points: a multiplier on orders, a bonus on check-ins, both within the campaign's budget."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.money import Points
from backend.promotions.actions import reserve_budget, spend_budget
from backend.promotions.errors import BudgetExhausted
from backend.promotions.models import CampaignRule
from backend.promotions.ports import buyer_facts
from backend.promotions.selectors import admits, live_rules


def best_rule(kind: str, *, of: str, user_id: UUID, now: datetime) -> CampaignRule | None:
    """The rule of a kind that gives a person most at this moment; ties go to the campaign that began first."""
    live = live_rules(kind, now)
    if not live:
        return None
    facts = buyer_facts(user_id)
    mine = [rule for rule in live if admits(rule.campaign, facts)]
    return max(mine, key=lambda rule: rule.params[of], default=None)


def take_check_in_bonus(*, user_id: UUID, now: datetime) -> dict[str, Any] | None:
    """What a campaign adds to a check-in now, taken from its budget; None when there is none or it is used up."""
    rule = best_rule("check_in_bonus", of="points", user_id=user_id, now=now)
    if rule is None or not take_budget(rule.campaign_id, Points(rule.params["points"])):
        return None
    return {
        "points": rule.params["points"],
        "campaign_id": str(rule.campaign_id),
        "rule": f"{rule.pk} v{rule.version}",
        "names": rule.campaign.name,
    }


def take_budget(campaign_id: UUID, points: Points) -> bool:
    """Take points from the budget of a campaign; False when it does not reach."""
    try:
        reserve_budget(campaign_id=campaign_id, points=points.amount)
    except BudgetExhausted:
        return False
    spend_budget(campaign_id=campaign_id, points=points.amount)
    return True
