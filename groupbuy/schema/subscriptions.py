"""What is told while a group fills."""

from __future__ import annotations

import graphene

from backend.core.graphql import anyone, subscription_field
from groupbuy.schema.types import GroupHintType


class Subscriptions:
    """Live hints of group buying."""

    group_changed = subscription_field(
        GroupHintType,
        topic=lambda viewer, id: f"group:{id}",
        permission=anyone,
        id=graphene.ID(required=True, description="The group's id."),
        description="Something about a group is new.",
        required=False,
    )
