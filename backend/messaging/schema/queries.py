"""What can be read of rooms."""

from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import query_field, signed_in
from backend.messaging.schema.types import RoomType
from backend.messaging.selectors import visible_room


def _room(root: Any, info: Any, id: Any) -> dict[str, Any] | None:
    viewer = info.context.viewer
    try:
        return visible_room(room_id=id, user_id=viewer.id, locale=viewer.locale)
    except NotFound:
        return None


class Query:
    """Root fields of messaging."""

    room = query_field(
        RoomType,
        _room,
        permission=signed_in,
        id=graphene.ID(required=True, description="The room's id."),
        description="A room that the viewer is or was in; null for any other.",
    )
