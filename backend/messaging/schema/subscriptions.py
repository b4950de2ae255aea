"""What messaging tells while it happens. Only hints: the data are read by number."""

from uuid import UUID

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import Viewer, signed_in, subscription_field
from backend.messaging.schema.types import RoomHintType, ViewerHintType
from backend.messaging.selectors import is_member


def _only_members(viewer: Viewer, *, id: UUID) -> None:
    if not is_member(room_id=id, user_id=viewer.id):
        raise NotFound


class Subscriptions:
    """Subscriptions of messaging."""

    room_changed = subscription_field(
        RoomHintType,
        topic=lambda viewer, id: f"room:{id}",
        authorise=_only_members,
        permission=signed_in,
        id=graphene.ID(required=True, description="The room's id."),
        description="A room that the viewer is in has a new entry; read those after the last one seen.",
    )
    viewer_changed = subscription_field(
        ViewerHintType,
        topic=lambda viewer: f"user:{viewer.id}",
        permission=signed_in,
        personal=True,
        description="Something of the viewer's own changed.",
    )
