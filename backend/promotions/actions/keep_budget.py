"""The budget of a campaign: promised when an order is placed, spent when it is paid, given back when it is not.

It is counted in money, in points and in uses.
A campaign without a budget keeps no count here, so its row is never a bottleneck.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from backend.promotions.errors import BudgetExhausted
from backend.promotions.models import Campaign

HAS_BUDGET = Q(budget_minor__isnull=False) | Q(budget_points__isnull=False) | Q(budget_count__isnull=False)


@transaction.atomic
def reserve_budget(*, campaign_id: UUID, money_minor: int = 0, points: int = 0, uses: int = 0) -> None:
    """Promise a part of the budget; the last part goes to exactly one.

    Raises: BudgetExhausted.
    """
    _check_not_negative(money_minor, points, uses)
    if not money_minor and not points and not uses:
        return
    budgeted = _budgeted(campaign_id)
    enough = Q(budget_minor=None) | Q(budget_minor__gte=F("reserved_minor") + F("spent_minor") + money_minor)
    enough &= Q(budget_points=None) | Q(budget_points__gte=F("reserved_points") + F("spent_points") + points)
    enough &= Q(budget_count=None) | Q(budget_count__gte=F("reserved_count") + F("spent_count") + uses)
    changed = budgeted.filter(enough).update(
        reserved_minor=F("reserved_minor") + money_minor,
        reserved_points=F("reserved_points") + points,
        reserved_count=F("reserved_count") + uses,
    )
    if not changed and budgeted.exists():
        raise BudgetExhausted


@transaction.atomic
def spend_budget(*, campaign_id: UUID, money_minor: int = 0, points: int = 0, uses: int = 0) -> None:
    """Turn a promise into spending; what was never promised is not spent."""
    _check_not_negative(money_minor, points, uses)
    for column, amount in (("minor", money_minor), ("points", points), ("count", uses)):
        if amount:
            _budgeted(campaign_id).filter(**{f"reserved_{column}__gte": amount}).update(
                **{
                    f"reserved_{column}": F(f"reserved_{column}") - amount,
                    f"spent_{column}": F(f"spent_{column}") + amount,
                }
            )


@transaction.atomic
def release_budget(
    *, campaign_id: UUID, money_minor: int = 0, points: int = 0, uses: int = 0, was_spent: bool = False
) -> None:
    """Give back what was promised, or with `was_spent` what was spent and came home."""
    _check_not_negative(money_minor, points, uses)
    stage = "spent" if was_spent else "reserved"
    for column, amount in (("minor", money_minor), ("points", points), ("count", uses)):
        if amount:
            name = f"{stage}_{column}"
            _budgeted(campaign_id).filter(**{f"{name}__gte": amount}).update(**{name: F(name) - amount})


def _budgeted(campaign_id: UUID) -> QuerySet[Campaign]:
    return Campaign.objects.filter(HAS_BUDGET, pk=campaign_id)


def _check_not_negative(*amounts: int) -> None:
    if any(amount < 0 for amount in amounts):
        raise ValueError("A budget is moved by amounts of zero or more.")
