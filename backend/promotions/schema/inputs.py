"""What the growth team enters."""

from __future__ import annotations

from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, BigInt, DateTime
from backend.promotions.actions import CampaignDraft, RuleDraft


class CampaignRuleInput(graphene.InputObjectType):
    """One rule; with its id when it is not new."""

    id = graphene.ID(description="The id of the present version, if the rule is not new.")
    kind = graphene.String(required=True, description="What kind of rule, such as group_price.")
    params = graphene.InputField(JSON, required=True, description="Its parameters.")
    is_enabled = graphene.Boolean(required=True, description="Whether it works.")


class CampaignDraftInput(graphene.InputObjectType):
    """A campaign as its maker wants it."""

    id = graphene.ID(description="The campaign, if it is not new.")
    names = graphene.InputField(JSON, required=True, description="Its name in each language.")
    starts_at = graphene.InputField(DateTime, required=True, description="When it begins.")
    ends_at = graphene.InputField(DateTime, required=True, description="When it is over.")
    audience = graphene.InputField(JSON, required=True, description="For whom: who and tiers.")
    budget_money = graphene.InputField(BigInt, description="How many fen it may cost; open if not said.")
    budget_points = graphene.Int(description="How many points it may cost; open if not said.")
    budget_count = graphene.Int(description="How many orders may use it; open if not said.")
    rules = graphene.List(graphene.NonNull(CampaignRuleInput), required=True, description="Its rules in order.")


def draft_of(given: Any) -> CampaignDraft:
    """Read a draft.

    Raises: InvalidInput.
    """
    for name in ("names", "audience"):
        if not isinstance(given[name], dict):
            raise InvalidInput(name)
    return CampaignDraft(
        names=given["names"],
        starts_at=given["starts_at"],
        ends_at=given["ends_at"],
        audience=given["audience"],
        budget_minor=given.get("budget_money"),
        budget_points=given.get("budget_points"),
        budget_count=given.get("budget_count"),
        rules=tuple(_rule(each) for each in given["rules"]),
    )


def _rule(given: Any) -> RuleDraft:
    if not isinstance(given["params"], dict):
        raise InvalidInput("rules")
    return RuleDraft(kind=given["kind"], params=given["params"], is_enabled=given["is_enabled"], id=given.get("id"))
