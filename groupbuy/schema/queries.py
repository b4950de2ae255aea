"""What can be asked about groups."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import anyone, connection, query_field, signed_in
from groupbuy.schema.draws import DrawType, draw_or_nothing
from groupbuy.schema.types import GroupType, wish_of
from groupbuy.selectors import group_row, groups_by_id, merge_candidates, open_groups


def group_or_nothing(group_id: UUID, info: Any) -> dict[str, Any] | None:
    """A group as the viewer may see it, or nothing."""
    try:
        return group_row(group_id=group_id, wish=wish_of(info))
    except NotFound:
        return None


def candidates_of(group_id: UUID, info: Any) -> list[dict[str, Any]]:
    """Groups that may be asked."""
    wish = wish_of(info)
    if wish.viewer_id is None:
        return []
    found = merge_candidates(group_id=group_id, leader_id=wish.viewer_id, now=wish.now)
    return groups_by_id(found, wish=wish)


class Query:
    """The root fields of group buying."""

    group = query_field(
        GroupType,
        lambda root, info, id: group_or_nothing(id, info),
        permission=anyone,
        id=graphene.ID(required=True, description="The group's id."),
        description="One group; strangers see faces only.",
    )
    merge_candidates = query_field(
        graphene.List(graphene.NonNull(GroupType)),
        lambda root, info, group_id: candidates_of(group_id, info),
        permission=signed_in,
        required=True,
        size=3,
        group_id=graphene.ID(required=True, description="A group that the viewer leads."),
        description="Groups with which the viewer's own would fit at one table; nothing for who does not lead it.",
    )
    draw = query_field(
        DrawType,
        lambda root, info, id: draw_or_nothing(id, info),
        permission=anyone,
        id=graphene.ID(required=True, description="The id of the group that is drawn."),
        description="The draw of a lottery group, so that anybody can check it.",
    )
    open_groups = query_field(
        connection(GroupType),
        lambda root, info, first, after=None, product_id=None: open_groups(
            wish=wish_of(info), first=first, after=after, product_id=product_id
        ),
        permission=anyone,
        product_id=graphene.ID(description="Only groups for this product."),
        description="Listed groups that can be joined, those nearest to being full first.",
    )
