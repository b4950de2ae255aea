"""What the growth team can ask about campaigns."""

from __future__ import annotations

from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import connection, keyset_page, query_field, role
from backend.promotions import selectors
from backend.promotions.models import Campaign
from backend.promotions.ports import CampaignFacts
from backend.promotions.schema.inputs import CampaignDraftInput, draft_of
from backend.promotions.schema.types import (
    CampaignPreviewType,
    CampaignStateEnum,
    CampaignType,
    whole,
    whole_page,
)


def _campaigns(root: Any, info: Any, first: int, after: str | None = None, state: Any = None) -> Any:
    found = selectors.campaigns_in_state(state.value if state else None, info.context.now)
    return whole_page(keyset_page(found, order=("-created_at", "-id"), first=first, after=after))


def _campaign(root: Any, info: Any, id: Any) -> Campaign | None:
    try:
        return whole([selectors.campaign_by_id(id)])[0]  # type: ignore[no-any-return]
    except NotFound:
        return None


def _preview(root: Any, info: Any, *, input: Any) -> dict[str, Any]:
    now, locale = info.context.now, info.context.viewer.locale
    draft = draft_of(input)
    facts = CampaignFacts(
        id=input.get("id"),
        names=draft.names,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        audience=draft.audience,
        budget_minor=draft.budget_minor,
        budget_points=draft.budget_points,
    )
    rule_list = [(rule.kind, rule.params, rule.is_enabled) for rule in draft.rules]
    shown = selectors.previews(facts, rule_list, now)
    return {
        "problems": selectors.problems_of(facts, rule_list, now),
        "buyer_view": {"rules": shown},
        "affected_products": len({each for rule in shown for each in rule.get("productIds", [])}),
        "estimated_audience": selectors.estimated_audience(draft.audience),
        "summary": [selectors.describe_rule(kind, params, locale) for kind, params, _enabled in rule_list],
    }


class Query:
    """The root fields of promotions."""

    campaigns = query_field(
        connection(CampaignType),
        _campaigns,
        permission=role("growth"),
        state=graphene.Argument(CampaignStateEnum, description="Only campaigns in this state."),
        description="Campaigns, newest first.",
    )
    campaign = query_field(
        CampaignType,
        _campaign,
        permission=role("growth"),
        id=graphene.ID(required=True, description="The campaign's id."),
        description="One campaign.",
    )
    campaign_preview = query_field(
        CampaignPreviewType,
        _preview,
        permission=role("growth"),
        required=True,
        input=graphene.Argument(CampaignDraftInput, required=True, description="The draft."),
        description="What a draft would do; nothing is saved.",
    )
