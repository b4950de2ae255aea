"""What a campaign adds to a commission: taken from its budget, spent with the confirmation, given back by refunds."""

from collections.abc import Iterable
from uuid import UUID

from backend.promotions.actions import hold_budgets, release_budget, reserve_budget, spend_budget
from backend.promotions.errors import BudgetExhausted
from referrals.influencers.models import Commission


def hold_campaigns(commissions: Iterable[Commission]) -> None:
    """Hold the campaigns that raised commissions, by id, before anything is written."""
    hold_budgets(each.campaign_rule.campaign_id for each in commissions if each.campaign_rule is not None)


def reserve_added(campaign_id: UUID, *, added_minor: int) -> bool:
    """Promise what a campaign adds to one line; False when its budget does not reach."""
    try:
        reserve_budget(campaign_id=campaign_id, money_minor=added_minor, uses=1)
    except BudgetExhausted:
        return False
    return True


def spend_added(commission: Commission) -> None:
    """Count what a campaign adds as spent."""
    if commission.campaign_rule is not None:
        spend_budget(campaign_id=commission.campaign_rule.campaign_id, money_minor=commission.campaign_minor, uses=1)


def return_added(commission: Commission, *, back_minor: int) -> None:
    """Put back into the budget what a refund took; a line of which nothing is left gives its use back too."""
    if commission.campaign_rule is None or not back_minor:
        return
    release_budget(
        campaign_id=commission.campaign_rule.campaign_id,
        money_minor=back_minor,
        uses=int(not commission.campaign_minor),
        was_spent=commission.confirmed_at is not None,
    )
