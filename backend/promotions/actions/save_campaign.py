"""Saving a campaign: its window, audience, budget and rules, all at once."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.promotions import rules, selectors
from backend.promotions.actions.use_rules import begin_rules, stop_rules
from backend.promotions.errors import BudgetTooSmall, CampaignChanged, CampaignNotReady, CampaignStateRefuses
from backend.promotions.events import CampaignSaved
from backend.promotions.models import Campaign, CampaignRule, CampaignState
from backend.promotions.ports import StrictKind, rule_kind


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """One rule as its maker wants it; with the id of the present version when it is not new."""

    kind: str
    params: dict[str, Any]
    is_enabled: bool = True
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A campaign as its maker wants it."""

    names: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    audience: dict[str, Any] = field(default_factory=dict)
    budget_minor: int | None = None
    budget_points: int | None = None
    budget_count: int | None = None
    rules: tuple[RuleDraft, ...] = ()


@transaction.atomic
def save_campaign(
    *,
    draft: CampaignDraft,
    actor_id: UUID,
    now: datetime,
    campaign_id: UUID | None = None,
    version: int | None = None,
) -> Campaign:
    """Save a campaign as a whole; a rule that is in use is followed by a new version, never changed.

    Raises: NotFound, CampaignChanged, CampaignStateRefuses, CampaignNotReady, BudgetTooSmall, InvalidInput.
    Emits: CampaignSaved.
    """
    check_draft(draft)
    if campaign_id is None:
        campaign = _create(draft, actor_id=actor_id, now=now)
    else:
        campaign = _change(draft, campaign_id=campaign_id, version=version, now=now)
    before = selectors.current_rules([campaign.id])[campaign.id]
    after = _replace_rules(campaign, before, draft.rules, now=now)
    if campaign.state in (CampaignState.RUNNING, CampaignState.PAUSED):
        _keep_working(campaign, before, after, now=now)
    emit(CampaignSaved(campaign_id=campaign.id, version=campaign.version, actor_id=actor_id, at=now))
    return campaign


def check_draft(draft: CampaignDraft) -> None:
    """Refuse what cannot even be kept as a draft.

    Raises: InvalidInput.
    """
    if draft.ends_at <= draft.starts_at:
        raise InvalidInput("endsAt", _("The end must come after the start. Choose a later end."))
    if not any(str(name or "").strip() for name in draft.names.values()):
        raise InvalidInput("names", _("Enter a name."))
    if len(draft.rules) > rules.MOST_RULES:
        raise InvalidInput("rules", _("A campaign holds at most twenty rules. Split it in two."))
    for problem in rules.errors_in(
        rules.budget_problems(
            budget_minor=draft.budget_minor, budget_points=draft.budget_points, budget_count=draft.budget_count
        )
    ):
        raise InvalidInput(problem.field or "", problem.message)
    for position, rule in enumerate(draft.rules):
        owner = rule_kind(rule.kind)
        if owner is None:
            raise InvalidInput("rules", _("This kind of rule is not known. Remove it."))
        for problem in owner.forbidden(rule.params) if isinstance(owner, StrictKind) else ():
            raise InvalidInput(f"rules.{position}.{problem.field}", problem.message)


def _create(draft: CampaignDraft, *, actor_id: UUID, now: datetime) -> Campaign:
    return Campaign.objects.create(
        name=draft.names,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        audience=draft.audience,
        budget_minor=draft.budget_minor,
        budget_points=draft.budget_points,
        budget_count=draft.budget_count,
        created_by_id=actor_id,
        created_at=now,
        changed_at=now,
    )


def _change(draft: CampaignDraft, *, campaign_id: UUID, version: int | None, now: datetime) -> Campaign:
    campaign = lock_one(Campaign, campaign_id)
    if campaign.version != version:
        raise CampaignChanged(current_version=campaign.version)
    if campaign.state == CampaignState.ENDED:
        raise CampaignStateRefuses(state=campaign.state)
    _check_budget(draft, campaign)
    campaign.name = draft.names
    campaign.starts_at = draft.starts_at
    campaign.ends_at = draft.ends_at
    campaign.audience = draft.audience
    campaign.budget_minor = draft.budget_minor
    campaign.budget_points = draft.budget_points
    campaign.budget_count = draft.budget_count
    campaign.changed_at = now
    campaign.version += 1
    campaign.save(
        update_fields=[
            "name", "starts_at", "ends_at", "audience", "budget_minor", "budget_points", "budget_count", "changed_at",
            "version",
        ]
    )  # fmt: skip
    return campaign


def _check_budget(draft: CampaignDraft, campaign: Campaign) -> None:
    for budget, least in (
        (draft.budget_minor, campaign.reserved_minor + campaign.spent_minor),
        (draft.budget_points, campaign.reserved_points + campaign.spent_points),
        (draft.budget_count, campaign.reserved_count + campaign.spent_count),
    ):
        if budget is not None and budget < least:
            raise BudgetTooSmall(least=least)


def _replace_rules(
    campaign: Campaign, before: list[CampaignRule], drafts: tuple[RuleDraft, ...], *, now: datetime
) -> list[CampaignRule]:
    known = {rule.id: rule for rule in before}
    wanted = {draft.id for draft in drafts if draft.id}
    if wanted - known.keys():
        raise InvalidInput("rules", _("A rule was changed by a colleague meanwhile. Reload the campaign."))
    for rule in before:
        if rule.id not in wanted:
            _retire(rule)
    return [
        _place_rule(campaign, known.get(draft.id) if draft.id else None, draft, position, now=now)
        for position, draft in enumerate(drafts)
    ]


def _retire(rule: CampaignRule) -> None:
    if rule.used_at is None:
        CampaignRule.objects.filter(pk=rule.pk).delete()
    else:
        CampaignRule.objects.filter(pk=rule.pk).update(is_current=False)


def _place_rule(
    campaign: Campaign, rule: CampaignRule | None, draft: RuleDraft, position: int, *, now: datetime
) -> CampaignRule:
    wanted = {"kind": draft.kind, "params": draft.params, "is_enabled": draft.is_enabled, "position": position}
    if rule is None:
        return CampaignRule.objects.create(campaign=campaign, created_at=now, **wanted)
    is_same = rule.kind == draft.kind and rule.params == draft.params
    if rule.used_at is not None and not is_same:
        _retire(rule)
        return CampaignRule.objects.create(
            campaign=campaign, lineage_id=rule.lineage_id, version=rule.version + 1, created_at=now, **wanted
        )
    placed = copy(rule)
    for name, value in wanted.items():
        setattr(placed, name, value)
    placed.save(update_fields=list(wanted))
    return placed


def _keep_working(campaign: Campaign, before: list[CampaignRule], after: list[CampaignRule], *, now: datetime) -> None:
    """A campaign that has begun must stay sound; its new rules begin and its old ones stop at once."""
    problems = rules.errors_in(selectors.problems_of_campaign(campaign, after, now))
    if problems:
        raise CampaignNotReady(problems=selectors.problem_rows(problems))
    if campaign.state != CampaignState.RUNNING:
        return
    working_before = {rule.id for rule in before if rule.is_enabled}
    working_after = {rule.id for rule in after if rule.is_enabled}
    stop_rules([rule for rule in before if rule.id in working_before - working_after], now=now)
    begin_rules([rule for rule in after if rule.id in working_after - working_before], now=now)
