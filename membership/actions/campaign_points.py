"""What campaigns add to points: a multiplier on orders, a bonus on check-ins, both within the campaign's budget."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.money import Points
from backend.orders.models import Order, OrderLine
from backend.promotions.actions import reserve_budget, spend_budget
from backend.promotions.errors import BudgetExhausted
from backend.promotions.models import CampaignRule
from backend.promotions.ports import buyer_facts
from backend.promotions.rules.scope import read_scope
from backend.promotions.selectors import admits, live_rules, products_within
from membership.rules import ONCE


def best_rule(kind: str, *, of: str, user_id: UUID, now: datetime) -> CampaignRule | None:
    """The rule of a kind that gives a person most at this moment; ties go to the campaign that began first."""
    live = live_rules(kind, now)
    if not live:
        return None
    facts = buyer_facts(user_id)
    mine = [rule for rule in live if admits(rule.campaign, facts)]
    return max(mine, key=lambda rule: rule.params[of], default=None)


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The campaign that gives an order most, and the lines it is about; none for all of them."""

    rule: CampaignRule
    line_ids: list[str]


def best_multiplier(order: Order) -> Multiplier | None:
    """The rule that adds most points to an order when it was placed; ties go to the campaign that began first."""
    live = live_rules("points_multiplier", order.placed_at)
    if not live:
        return None
    facts = buyer_facts(order.buyer_id)
    mine = [rule for rule in live if admits(rule.campaign, facts)]
    scopes = [read_scope(rule.params.get("scope")) for rule in mine]
    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    best, most = None, 0
    for rule, scope, meant in zip(
        mine, scopes, products_within((line.product_id for line in lines), scopes), strict=True
    ):
        touched = [line for line in lines if line.product_id in meant]
        goods = order.total_minor - order.shipping_minor
        raised = goods if scope.is_everything else sum(line.total_minor for line in touched)
        adds = raised * (rule.params["timesBps"] - ONCE)
        if adds > most:
            ids = [] if scope.is_everything else [str(line.pk) for line in touched]
            best, most = Multiplier(rule, ids), adds
    return best


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
