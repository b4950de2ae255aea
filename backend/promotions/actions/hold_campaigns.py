"""Holding everything that adjustments stand on, in the order of docs/locks.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from backend.core.locks import lock_many
from backend.promotions.actions.keep_budget import HAS_BUDGET
from backend.promotions.adjustments import KeptAdjustment, in_lock_order, source_of
from backend.promotions.basket import LockRank
from backend.promotions.models import Campaign


def hold_budgets(campaign_ids: Iterable[UUID]) -> None:
    """Hold the rows of those campaigns that keep a budget, by id; without one nobody waits for them."""
    named = set(campaign_ids)
    if named:
        lock_many(Campaign, Campaign.objects.filter(HAS_BUDGET, pk__in=named).values_list("pk", flat=True))


def hold_adjustments(adjustments: Sequence[KeptAdjustment]) -> None:
    """Let every source hold its rows: what belongs to people first, then all campaigns by id, then the rest."""
    ordered = in_lock_order(adjustments)
    _lock([each for each in ordered if source_of(each.kind).lock_rank < LockRank.CAMPAIGN])
    hold_budgets(each.campaign_id for each in ordered if each.campaign_id is not None)
    _lock([each for each in ordered if source_of(each.kind).lock_rank >= LockRank.CAMPAIGN])


def _lock(ordered: Sequence[KeptAdjustment]) -> None:
    for kind, of_kind in groupby(ordered, key=lambda each: each.kind):
        source_of(kind).lock(adjustments=list(of_kind))
