"""What is told while a campaign runs."""

from __future__ import annotations

import graphene

from backend.core.graphql import role, subscription_field
from backend.insights.schema.types import CampaignHintType


class Subscriptions:
    """Live hints of insights."""

    campaign_changed = subscription_field(
        CampaignHintType,
        topic=lambda viewer, id=None: f"campaign:{id or 'all'}",
        permission=role("growth"),
        personal=False,
        required=False,
        id=graphene.ID(description="The campaign's id; the whole shop if not said."),
        description="The numbers of a campaign, or of the shop, are new.",
    )
