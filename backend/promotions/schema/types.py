"""The types of campaigns, and the budgets that they add to the cockpit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import graphene
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import public_people
from backend.core.graphql import JSON, DateTime, MoneyType, ObjectType, extend, object_field
from backend.core.languages import translate
from backend.core.paging import Edge, Page
from backend.insights.schema.types import CampaignNumbersType, CockpitType, MetricType, watched
from backend.promotions import selectors
from backend.promotions.models import Campaign, CampaignRule
from backend.promotions.ports import rule_kind

STATES = ("DRAFT", "SCHEDULED", "RUNNING", "PAUSED", "ENDED")
CampaignStateEnum = graphene.Enum(
    "CampaignState", [(state, state) for state in STATES], description="Where a campaign stands, its window included."
)
StopMannerEnum = graphene.Enum(
    "StopManner",
    [("LET_FINISH", "LET_FINISH"), ("CANCEL_AND_REFUND", "CANCEL_AND_REFUND")],
    description="What becomes of what has begun when a campaign ends.",
)


class CampaignBudgetType(ObjectType):
    """What a campaign may cost, and what it has cost."""

    money = object_field(MoneyType, lambda row, info: row.budget_minor, description="The most it may cost.")
    points = object_field(graphene.Int, lambda row, info: row.budget_points, description="The most points.")
    count = object_field(graphene.Int, lambda row, info: row.budget_count, description="The most orders.")
    spent_count = object_field(
        graphene.Int, lambda row, info: row.spent_count, required=True, description="Paid orders that used it."
    )
    reserved_count = object_field(
        graphene.Int, lambda row, info: row.reserved_count, required=True, description="Unpaid orders that use it."
    )
    spent_money = object_field(
        MoneyType, lambda row, info: row.spent_minor, required=True, description="Given to paid orders."
    )
    spent_points = object_field(
        graphene.Int, lambda row, info: row.spent_points, required=True, description="Points given."
    )
    reserved_money = object_field(
        MoneyType, lambda row, info: row.reserved_minor, required=True, description="Promised to unpaid orders."
    )
    reserved_points = object_field(
        graphene.Int, lambda row, info: row.reserved_points, required=True, description="Points promised."
    )


class CampaignRuleType(ObjectType):
    """One rule in its present version."""

    id = graphene.ID(required=True, description="The id of this version.")
    kind = graphene.String(required=True, description="What kind of rule.")
    kind_label = object_field(
        graphene.String,
        lambda row, info: str(kind.label) if (kind := rule_kind(row.kind)) else row.kind,
        required=True,
        description="The kind in the reader's language.",
    )
    params = graphene.Field(JSON, required=True, description="Its parameters.")
    version = graphene.Int(required=True, description="Its version; a rule in use is followed by a new one.")
    summary = object_field(
        graphene.String,
        lambda row, info: selectors.describe_rule(row.kind, row.params, info.context.viewer.locale),
        required=True,
        description="What it does, in one sentence.",
    )
    is_enabled = graphene.Boolean(required=True, description="Whether it works.")


class CampaignProblemType(ObjectType):
    """Something that keeps a campaign from starting, or that its maker should know."""

    severity = graphene.String(required=True, description="error or warning.")
    message = object_field(
        graphene.String, lambda row, info: str(row.message), required=True, description="What, and the way out."
    )
    field = graphene.String(description="The input it is about, such as rules.0.size.")


def _problems(row: Campaign, info: Any) -> Any:
    return selectors.problems_of_campaign(row, rules_of(row), info.context.now)


class CampaignType(ObjectType):
    """When, for whom, with which budget; its rules say what."""

    id = graphene.ID(required=True, description="The campaign's id.")
    name = object_field(
        graphene.String,
        lambda row, info: translate(row.name, info.context.viewer.locale),
        required=True,
        description="Its name in the reader's language.",
    )
    names = object_field(JSON, lambda row, info: row.name, required=True, description="Its name in each language.")
    state = object_field(
        CampaignStateEnum,
        lambda row, info: selectors.shown_state(row, info.context.now),
        required=True,
        description="Where it stands now.",
    )
    kind = object_field(
        graphene.String,
        lambda row, info: next((rule.kind for rule in rules_of(row)), ""),
        required=True,
        description="The kind of its first rule; empty without one.",
    )
    starts_at = graphene.Field(DateTime, required=True, description="When it begins.")
    ends_at = graphene.Field(DateTime, required=True, description="When it is over.")
    audience = graphene.Field(JSON, required=True, description="For whom.")
    budget = object_field(
        CampaignBudgetType, lambda row, info: row, required=True, description="What it may cost and has cost."
    )
    rules = object_field(
        graphene.List(graphene.NonNull(CampaignRuleType)),
        lambda row, info: rules_of(row),
        required=True,
        size=5,
        description="Its rules in order.",
    )
    version = graphene.Int(required=True, description="Give it back when saving; it tells of a colleague's change.")
    created_by = object_field(
        PersonType, lambda row, info: getattr(row, "maker", None), personal=True, description="Who made it."
    )
    can_start = object_field(
        graphene.Boolean,
        lambda row, info: row.state == "DRAFT" and not any(p.severity == "error" for p in _problems(row, info)),
        required=True,
        description="Whether it is a draft without errors.",
    )
    problems = object_field(
        graphene.List(graphene.NonNull(CampaignProblemType)),
        _problems,
        required=True,
        size=5,
        description="What is wrong with it.",
    )
    numbers = object_field(
        CampaignNumbersType,
        lambda row, info: watched(row.id, together=getattr(row, "shown_with", ())),
        required=True,
        description="What it has brought.",
    )


class CampaignPreviewType(ObjectType):
    """What a campaign would do."""

    problems = graphene.List(graphene.NonNull(CampaignProblemType), required=True, description="What is wrong with it.")
    buyer_view = graphene.Field(JSON, required=True, description="What a buyer would see, rule by rule.")
    affected_products = graphene.Int(required=True, description="How many products it touches.")
    estimated_audience = graphene.Int(required=True, description="About how many people it is for.")
    summary = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What it does, one sentence per rule."
    )


def rules_of(row: Campaign) -> list[CampaignRule]:
    """The rules that were read with the campaign."""
    found: list[CampaignRule] | None = getattr(row, "shown_rules", None)
    return found if found is not None else whole([row])[0].shown_rules


def whole(campaigns: Iterable[Campaign]) -> list[Any]:
    """Campaigns with their rules and makers, read for all of them at once."""
    listed: list[Any] = list(campaigns)
    rules = selectors.current_rules([campaign.id for campaign in listed])
    people = public_people([campaign.created_by_id for campaign in listed if campaign.created_by_id])
    for campaign in listed:
        campaign.shown_rules = rules[campaign.id]
        campaign.maker = people.get(campaign.created_by_id)
        campaign.shown_with = [each.id for each in listed]
    return listed


def whole_page(page: Page) -> Page:
    """A page of campaigns with their rules and makers."""
    campaigns = whole(page.nodes)
    edges = [Edge(node=node, cursor=edge.cursor) for node, edge in zip(campaigns, page.edges, strict=True)]
    return Page(edges=edges, page_info=page.page_info)


def _budgets(row: Any, info: Any) -> list[dict[str, Any]]:
    spent = selectors.budgets(row["campaign_id"], info.context.now)
    return [
        {"key": "budget_minor", "label": _("Budget"), "value": spent["budget_minor"], "unit": "fen"},
        {"key": "spent_minor", "label": _("Spent"), "value": spent["spent_minor"], "unit": "fen"},
        {"key": "reserved_minor", "label": _("Promised"), "value": spent["reserved_minor"], "unit": "fen"},
        {"key": "budget_points", "label": _("Points budget"), "value": spent["budget_points"], "unit": "points"},
        {"key": "spent_points", "label": _("Points spent"), "value": spent["spent_points"], "unit": "points"},
        {
            "key": "reserved_points",
            "label": pgettext("budget", "Points promised"),
            "value": spent["reserved_points"],
            "unit": "points",
        },
    ]


extend(
    CockpitType,
    budgets=object_field(
        graphene.List(graphene.NonNull(MetricType)),
        _budgets,
        required=True,
        size=6,
        description="What may be spent, is promised and is spent: of the campaign, or of all that run.",
    ),
)
