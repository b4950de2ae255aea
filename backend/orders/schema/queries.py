"""What can be asked about orders."""

from typing import Any
from uuid import UUID

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import query_field, signed_in
from backend.orders.schema.types import OrderType
from backend.orders.selectors import visible_order


def order_row(order_id: UUID, info: Any) -> dict[str, Any] | None:
    """An order that the viewer may see, or nothing."""
    viewer = info.context.viewer
    try:
        return visible_order(
            order_id=order_id,
            viewer_id=viewer.user_id,
            sees_all=bool(viewer.roles & {"support", "admin"}),
            now=info.context.now,
        )
    except NotFound:
        return None


class Query:
    """The root fields of orders."""

    order = query_field(
        OrderType,
        lambda root, info, id: order_row(id, info),
        permission=signed_in,
        id=graphene.ID(required=True, description="The order's id."),
        description="An order of the viewer, or any order for support; nothing for strangers.",
    )
