"""A draw as anybody may check it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import DateTime, ObjectType, object_field
from backend.core.languages import translate
from groupbuy.schema.types import GroupStateEnum
from groupbuy.selectors import draw_row


class DrawEntryType(ObjectType):
    """One seat that takes part in a draw."""

    number = graphene.Int(required=True, description="The number of the seat.")
    entry = graphene.String(required=True, description="What stands for the seat in the draw.")
    rank = graphene.Int(description="Its place in the ranking, once it is drawn.")
    is_winner = graphene.Boolean(required=True, description="Whether it was drawn.")
    is_mine = object_field(
        graphene.Boolean,
        lambda row, info: row["is_mine"],
        required=True,
        personal=True,
        description="Whether it is the viewer's.",
    )


class DrawType(ObjectType):
    """Everything that is needed to check a draw; the seed only when it has been drawn."""

    group_id = graphene.ID(required=True, description="The group that is drawn.")
    state = graphene.Field(GroupStateEnum, required=True, description="Where the group stands.")
    product_title = object_field(
        graphene.String,
        lambda row, info: translate(row["product_title"], info.context.viewer.locale),
        required=True,
        description="What is drawn.",
    )
    size = graphene.Int(required=True, description="How many take part.")
    winners = graphene.Int(required=True, description="How many are drawn.")
    consolation_points = graphene.Int(required=True, description="Points for everybody who is not drawn.")
    seed_hash = graphene.String(required=True, description="SHA-256 of the seed, fixed when the group opened.")
    entries_hash = graphene.String(description="SHA-256 of the entries, once they are frozen.")
    commitment = graphene.String(description="SHA-256 of the seed and the hash of the entries, shown before the draw.")
    seed = graphene.String(description="The seed; secret until it is drawn.")
    promised_at = graphene.Field(DateTime, required=True, description="When the hash of the seed was fixed.")
    committed_at = graphene.Field(DateTime, description="When the entries were frozen and sealed.")
    draw_at = graphene.Field(DateTime, description="When it is drawn.")
    drawn_at = graphene.Field(DateTime, description="When it was drawn.")
    entries = object_field(
        graphene.List(graphene.NonNull(DrawEntryType)),
        lambda row, info: row["entries"],
        required=True,
        size=50,
        description="The frozen entries in the order of their seats.",
    )


def draw_or_nothing(group_id: UUID, info: Any) -> dict[str, Any] | None:
    """A draw as anybody may see it, or nothing."""
    try:
        return draw_row(group_id=group_id, viewer_id=info.context.viewer.user_id)
    except NotFound:
        return None
