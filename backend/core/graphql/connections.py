"""Relay connections over the pages of `backend.core.paging`."""

from functools import cache
from typing import Any

import graphene

from backend.core.graphql.scalars import ObjectType


class PageInfoType(ObjectType):
    """Where a page stands in its list."""

    has_next_page = graphene.Boolean(required=True, description="Whether more rows follow.")
    has_previous_page = graphene.Boolean(required=True, description="Whether rows come before.")
    start_cursor = graphene.String(description="Cursor of the first row.")
    end_cursor = graphene.String(description="Cursor of the last row; give it as `after` for the next page.")


class Connection(ObjectType):
    """Base of every paged list."""

    class Meta:
        abstract = True


@cache
def connection(node: type[graphene.ObjectType]) -> type[Connection]:
    """Give the connection type of a node type. Its resolver returns a `Page`."""
    name = node._meta.name
    edge = type(
        f"{name}Edge",
        (ObjectType,),
        {
            "__doc__": f"One {name} in a list.",
            "node": graphene.Field(node, required=True, description=f"The {name}."),
            "cursor": graphene.String(required=True, description="The place of this row in the list."),
        },
    )
    fields: dict[str, Any] = {
        "__doc__": f"One page of a list of {name}.",
        "edges": graphene.List(graphene.NonNull(edge), required=True, description="The rows of this page."),
        "page_info": graphene.Field(PageInfoType, required=True, description="Where this page stands."),
    }
    return type(f"{name}Connection", (Connection,), fields)
