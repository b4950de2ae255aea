"""Holding a group, and before it the campaign whose budget it draws on, in the order of docs/locks.md."""

from __future__ import annotations

from uuid import UUID

from backend.core.locks import lock_one
from backend.promotions.actions import hold_budgets
from groupbuy.models import Group


def hold_group(group_id: UUID) -> Group:
    """Hold a group until the transaction ends.

    Raises: NotFound.
    """
    campaign_id = Group.objects.filter(pk=group_id).values_list("campaign_id", flat=True).first()
    if campaign_id is not None:
        hold_budgets([campaign_id])
    return lock_one(Group, group_id)
