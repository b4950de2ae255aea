"""Holding a group, and before it the campaign whose budget it draws on, in the order of docs/locks.md."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from backend.core.locks import lock_one
from backend.promotions.models import Campaign
from groupbuy.models import Group


def hold_budget(campaign_id: UUID) -> None:
    """Hold the campaign's row if it keeps a budget; without one nobody waits for it."""
    has_budget = Q(budget_minor__isnull=False) | Q(budget_points__isnull=False)
    if Campaign.objects.filter(has_budget, pk=campaign_id).exists():
        lock_one(Campaign, campaign_id)


def hold_group(group_id: UUID) -> Group:
    """Hold a group until the transaction ends.

    Raises: NotFound.
    """
    campaign_id = Group.objects.filter(pk=group_id).values_list("campaign_id", flat=True).first()
    if campaign_id is not None:
        hold_budget(campaign_id)
    return lock_one(Group, group_id)
