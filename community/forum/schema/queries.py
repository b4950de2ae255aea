"""Questions about the forum."""

from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import anyone, connection, query_field
from community.forum import selectors
from community.forum.models import Post
from community.forum.schema.types import PostSort, PostType, TopicType, feed, prepared


def resolve_posts(
    root: Any,
    info: Any,
    first: int,
    after: str | None = None,
    topic: str | None = None,
    product_id: Any = None,
    author_id: Any = None,
    sort: Any = "HOT",
) -> Any:
    """One page of posts as asked for."""
    order = getattr(sort, "value", sort)
    return feed(info, first=first, after=after, topic=topic, product_id=product_id, author_id=author_id, sort=order)


def resolve_post(root: Any, info: Any, id: Any) -> Post | None:
    """One post, or nothing when the viewer may not see it."""
    try:
        found = selectors.visible_post(post_id=id, viewer_id=info.context.viewer.user_id)
    except NotFound:
        return None
    return prepared(info, [found])[0]


class Query:
    """Root fields of the forum."""

    topics = query_field(
        graphene.List(graphene.NonNull(TopicType)),
        lambda root, info: selectors.topics(info.context.viewer.user_id),
        permission=anyone,
        required=True,
        size=30,
        description="Every topic.",
    )
    topic = query_field(
        TopicType,
        lambda root, info, slug: selectors.topic_by_slug(slug=slug, viewer_id=info.context.viewer.user_id),
        permission=anyone,
        slug=graphene.String(required=True, description="The topic's name in addresses."),
        description="One topic.",
    )
    posts = query_field(
        connection(PostType),
        resolve_posts,
        permission=anyone,
        topic=graphene.String(description="Only posts of this topic."),
        product_id=graphene.ID(description="Only posts that show this product."),
        author_id=graphene.ID(description="Only posts of this person."),
        sort=PostSort(description="The liveliest first, or the newest."),
        description="Posts.",
    )
    post = query_field(
        PostType,
        resolve_post,
        permission=anyone,
        id=graphene.ID(required=True, description="The post's id."),
        description="One post.",
    )
