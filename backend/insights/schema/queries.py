"""What the growth team can ask about numbers."""

from __future__ import annotations

import graphene

from backend.core.graphql import query_field, role
from backend.insights.schema.types import CockpitType, watched


class Query:
    """The root fields of insights."""

    cockpit = query_field(
        CockpitType,
        lambda root, info, campaign_id=None: watched(campaign_id),
        permission=role("growth"),
        required=True,
        campaign_id=graphene.ID(description="Only this campaign; the whole shop if not said."),
        description="What the growth team watches.",
    )
