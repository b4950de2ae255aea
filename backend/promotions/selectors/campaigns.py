"""Reads of campaigns and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.errors import NotFound
from backend.core.rows import rows_where
from backend.insights.selectors import buyers_count
from backend.promotions import rules
from backend.promotions.errors import Problem
from backend.promotions.models import Campaign, CampaignRule, CampaignState
from backend.promotions.ports import BuyerFacts, CampaignFacts, rule_kind

_LIVE = """WHERE kind = %s AND is_current AND is_enabled AND campaign_id IN (
    SELECT id FROM promotions_campaign WHERE state = 'RUNNING' AND starts_at <= %s AND ends_at > %s)"""


def live_rules(kind: str, now: datetime) -> list[CampaignRule]:
    """The rules of a kind that work at this moment, with their campaigns.

    It is read anew each time, so a pause is obeyed by the next question. Every basket asks it several times.
    """
    live = rows_where(CampaignRule, _LIVE, [kind, now, now])
    if not live:
        return []
    ids = {rule.campaign_id for rule in live}
    campaigns = {campaign.pk: campaign for campaign in rows_where(Campaign, "WHERE id = ANY(%s)", [list(ids)])}
    for rule in live:
        rule.campaign = campaigns[rule.campaign_id]
    return sorted(live, key=lambda rule: (rule.campaign.starts_at, rule.position, rule.pk))


def rule_is_live(rule_id: UUID, now: datetime) -> bool:
    """Say whether this very version works at this moment."""
    return CampaignRule.objects.filter(
        pk=rule_id,
        is_current=True,
        is_enabled=True,
        campaign__state=CampaignState.RUNNING,
        campaign__starts_at__lte=now,
        campaign__ends_at__gt=now,
    ).exists()


def admits(campaign: Campaign, buyer: BuyerFacts) -> bool:
    """Say whether a person belongs to the campaign's audience."""
    return rules.admits(campaign.audience, has_kept_order=buyer.has_kept_order, tier=buyer.tier)


def campaign_by_id(campaign_id: UUID) -> Campaign:
    """One campaign.

    Raises: NotFound.
    """
    found = Campaign.objects.select_related("created_by").filter(pk=campaign_id).first()
    if found is None:
        raise NotFound
    return found


def campaigns_in_state(state: str | None, now: datetime) -> QuerySet[Campaign]:
    """Campaigns in a state as it is shown, window included; all of them without one."""
    every = Campaign.objects.all()
    if state is None:
        return every
    over = every.filter(ends_at__lte=now, state__in=[CampaignState.RUNNING, CampaignState.PAUSED])
    if state == CampaignState.ENDED:
        return every.filter(state=CampaignState.ENDED) | over
    if state == rules.SCHEDULED:
        return every.filter(state=CampaignState.RUNNING, starts_at__gt=now)
    if state == CampaignState.RUNNING:
        return every.filter(state=CampaignState.RUNNING, starts_at__lte=now, ends_at__gt=now)
    if state == CampaignState.PAUSED:
        return every.filter(state=CampaignState.PAUSED, ends_at__gt=now)
    return every.filter(state=state)


def shown_state(campaign: Campaign, now: datetime) -> str:
    """The state of a campaign at this moment, its window included."""
    return rules.shown_state(campaign.state, starts_at=campaign.starts_at, ends_at=campaign.ends_at, now=now)


def current_rules(campaign_ids: Iterable[UUID]) -> dict[UUID, list[CampaignRule]]:
    """The present versions of the rules of campaigns, in their order."""
    ids = list(campaign_ids)
    found: dict[UUID, list[CampaignRule]] = {campaign_id: [] for campaign_id in ids}
    for rule in CampaignRule.objects.filter(campaign_id__in=ids, is_current=True).order_by("position", "id"):
        found[rule.campaign_id].append(rule)
    return found


def facts_of(campaign: Campaign) -> CampaignFacts:
    """What the rules of a campaign may know of it."""
    return CampaignFacts(
        id=campaign.id,
        names=campaign.name,
        starts_at=campaign.starts_at,
        ends_at=campaign.ends_at,
        audience=campaign.audience,
        budget_minor=campaign.budget_minor,
        budget_points=campaign.budget_points,
        budget_count=campaign.budget_count,
    )


def problems_of(
    facts: CampaignFacts, rule_list: Iterable[tuple[str, Mapping[str, Any], bool]], now: datetime
) -> list[Problem]:
    """Everything that is wrong with a campaign; `rule_list` holds (kind, params, is enabled)."""
    listed = list(rule_list)
    problems = rules.name_problems(facts.names)
    problems += rules.window_problems(starts_at=facts.starts_at, ends_at=facts.ends_at, now=now)
    problems += rules.audience_problems(facts.audience)
    problems += rules.budget_problems(
        budget_minor=facts.budget_minor, budget_points=facts.budget_points, budget_count=facts.budget_count
    )
    if not any(is_enabled for _kind, _params, is_enabled in listed):
        problems.append(Problem("error", _("Add at least one rule and switch it on."), "rules"))
    for position, (kind, params, _is_enabled) in enumerate(listed):
        problems += _rule_problems(position, kind, params)
    return problems


def problems_of_campaign(campaign: Campaign, current: Iterable[CampaignRule], now: datetime) -> list[Problem]:
    """Everything that is wrong with a stored campaign."""
    return problems_of(facts_of(campaign), [(rule.kind, rule.params, rule.is_enabled) for rule in current], now)


def problem_rows(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Problems as plain data, for a refusal to carry."""
    return [
        {"severity": problem.severity, "message": str(problem.message), "field": problem.field} for problem in problems
    ]


def _rule_problems(position: int, kind: str, params: Mapping[str, Any]) -> list[Problem]:
    owner = rule_kind(kind)
    if owner is None:
        return [Problem("error", _("This kind of rule is not known. Remove it."), f"rules.{position}.kind")]
    return [
        Problem(
            found.severity, found.message, f"rules.{position}.{found.field}" if found.field else f"rules.{position}"
        )
        for found in owner.validate(params)
    ]


def estimated_audience(audience: Mapping[str, Any]) -> int:
    """About how many people belong to an audience; tiers are not looked at."""
    everybody = User.objects.filter(is_active=True).count()
    returning = min(buyers_count(), everybody)
    return {"new": everybody - returning, "returning": returning}.get(str(audience.get("who", "all")), everybody)


def previews(
    facts: CampaignFacts, rule_list: Iterable[tuple[str, Mapping[str, Any], bool]], now: datetime
) -> list[dict[str, Any]]:
    """What a buyer would see of each enabled rule whose parameters are sound."""
    shown: list[dict[str, Any]] = []
    for kind, params, is_enabled in rule_list:
        owner = rule_kind(kind)
        if owner is not None and is_enabled and not rules.errors_in(owner.validate(params)):
            shown.append({"kind": kind, **owner.preview(params, facts, now)})
    return shown


def describe_rule(kind: str, params: Mapping[str, Any], locale: str) -> str:
    """One sentence about a rule; an unknown kind has only its name."""
    owner = rule_kind(kind)
    return owner.describe(params, locale) if owner else kind


def budgets(campaign_id: UUID | None, now: datetime) -> dict[str, int]:
    """Budget, promises and spending of one campaign, or of all that run now."""
    chosen = Campaign.objects.filter(pk=campaign_id) if campaign_id else campaigns_in_state(CampaignState.RUNNING, now)
    columns = ("budget_minor", "spent_minor", "reserved_minor", "budget_points", "spent_points", "reserved_points")
    return chosen.aggregate(**{column: Sum(column, default=0) for column in columns})
