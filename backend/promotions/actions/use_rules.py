"""Letting rules begin and stop, in the transaction of their cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from backend.promotions.models import CampaignRule
from backend.promotions.ports import rule_kind


def begin_rules(rules: Iterable[CampaignRule], *, now: datetime) -> None:
    """Mark rules as used, which freezes them, and tell their owners that they work now."""
    for rule in rules:
        if rule.used_at is None:
            rule.used_at = now
            rule.save(update_fields=["used_at"])
        if owner := rule_kind(rule.kind):
            owner.started(rule, now)


def stop_rules(rules: Iterable[CampaignRule], *, now: datetime) -> None:
    """Tell the owners of rules that they work no longer."""
    for rule in rules:
        if owner := rule_kind(rule.kind):
            owner.stopped(rule, now)
