"""What the API shows of the forum."""

from typing import Any
from uuid import UUID

import graphene

from backend.accounts.schema.types import PersonType, ProfileType
from backend.accounts.selectors import public_people
from backend.catalogue.schema.loaders import preload_products, product_of
from backend.catalogue.schema.types import ProductType
from backend.core.graphql import DateTime, ObjectType, PictureType, connection_field, extend, object_field, translate
from backend.core.paging import Page
from backend.core.pictures import picture_urls
from community.forum import selectors
from community.forum.models import Comment, Post, Topic, Visibility

PostSort = graphene.Enum("PostSort", [("HOT", "HOT"), ("NEW", "NEW")])
VisibilityEnum = graphene.Enum.from_enum(Visibility, name="Visibility")

PEOPLE, TOPICS, SEEN_POSTS, SEEN_COMMENTS = "forum.people", "forum.topics", "forum.posts", "forum.comments"


class TopicType(ObjectType):
    """What posts are about."""

    id = graphene.ID(required=True, description="The topic's id.")
    slug = graphene.String(required=True, description="The topic's name in addresses.")
    name = graphene.String(required=True, description="The topic's name.")
    description = graphene.String(required=True, description="What it is about.")
    picture = graphene.Field(PictureType, description="Its picture.")
    posts_count = graphene.Int(required=True, description="How many posts it has.")
    province = graphene.String(required=True, description="The province whose people meet here; empty for an interest.")
    is_followed = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer follows it."
    )

    def resolve_name(root: Topic, info: Any) -> str:
        return translate(root.names, info.context.viewer.locale)

    def resolve_description(root: Topic, info: Any) -> str:
        return translate(root.descriptions, info.context.viewer.locale)

    def resolve_picture(root: Topic, info: Any) -> Any:
        return picture_urls(root.picture) if root.picture else None


class CommentType(ObjectType):
    """An answer to a post."""

    id = graphene.ID(required=True, description="The comment's id.")
    author = graphene.Field(PersonType, required=True, description="Who wrote it.")
    body = graphene.String(required=True, description="The text.")
    likes_count = graphene.Int(required=True, description="How many people like it.")
    is_liked = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer likes it.")
    created_at = DateTime(required=True, description="When it was written.")
    visibility = graphene.Field(VisibilityEnum, required=True, description="Who sees it.")
    reply_to = graphene.Field(PersonType, description="Whom it answers.")
    is_mine = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer wrote it.")

    def resolve_author(root: Comment, info: Any) -> Any:
        return person(info, root.author_id)

    def resolve_is_liked(root: Comment, info: Any) -> bool:
        return bool(getattr(root, "is_liked", False))

    def resolve_reply_to(root: Comment, info: Any) -> Any:
        return person(info, root.reply_to.author_id) if root.reply_to else None

    def resolve_is_mine(root: Comment, info: Any) -> bool:
        return bool(root.author_id == info.context.viewer.user_id)


class PostType(ObjectType):
    """What somebody tells the others."""

    id = graphene.ID(required=True, description="The post's id.")
    title = graphene.String(required=True, description="The title.")
    body = graphene.String(required=True, description="The text.")
    author = graphene.Field(PersonType, required=True, description="Who wrote it.")
    topic = graphene.Field(TopicType, required=True, description="What it is about.")
    product = graphene.Field(ProductType, description="The product it shows.")
    pictures = graphene.List(graphene.NonNull(PictureType), required=True, description="Its pictures.")
    likes_count = graphene.Int(required=True, description="How many people like it.")
    comments_count = graphene.Int(required=True, description="How many answers it has.")
    is_liked = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer likes it.")
    is_mine = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer wrote it.")
    is_verified_purchase = graphene.Boolean(
        required=True, description="Whether the author kept an order of the product."
    )
    visibility = graphene.Field(VisibilityEnum, required=True, description="Who sees it.")
    created_at = DateTime(required=True, description="When it was published.")
    comments = connection_field(
        lambda: CommentType,
        lambda root, info, first, after=None: comments_of(root, info, first=first, after=after),
        personal=True,
        description="The answers, oldest first.",
    )

    def resolve_author(root: Post, info: Any) -> Any:
        return person(info, root.author_id)

    def resolve_topic(root: Post, info: Any) -> Topic:
        return topic(info, root.topic_id)

    def resolve_product(root: Post, info: Any) -> Any:
        return product_of(info, root.product_id)

    def resolve_pictures(root: Post, info: Any) -> list[Any]:
        return [picture_urls(each.picture) for each in root.pictures.all()]

    def resolve_is_liked(root: Post, info: Any) -> bool:
        return bool(getattr(root, "is_liked", False))

    def resolve_is_mine(root: Post, info: Any) -> bool:
        return bool(root.author_id == info.context.viewer.user_id)


def person(info: Any, user_id: UUID) -> Any:
    """The public part of a person, read once for a request."""
    known: dict[UUID, Any] = info.context.loaders.setdefault(PEOPLE, {})
    if user_id not in known:
        known.update(public_people([user_id]))
    return known[user_id]


def topic(info: Any, topic_id: UUID) -> Topic:
    """A topic, read once for a request."""
    known: dict[UUID, Topic] = info.context.loaders.setdefault(TOPICS, {})
    if topic_id not in known:
        known.update(selectors.topics_by_id([topic_id], info.context.viewer.user_id))
    return known[topic_id]


def prepared(info: Any, posts: list[Post]) -> list[Post]:
    """Read authors, topics and products of some posts with one statement each."""
    info.context.loaders.setdefault(PEOPLE, {}).update(public_people(post.author_id for post in posts))
    topic_ids = {post.topic_id for post in posts}
    found = selectors.topics_by_id(topic_ids, info.context.viewer.user_id) if topic_ids else {}
    info.context.loaders.setdefault(TOPICS, {}).update(found)
    info.context.loaders.setdefault(SEEN_POSTS, {}).update({post.id: post for post in posts})
    preload_products(info, {post.product_id for post in posts if post.product_id})
    return posts


def feed(info: Any, *, first: int, after: str | None = None, **wanted: Any) -> Page:
    """One page of posts, ready to be shown."""
    page = selectors.posts_page(viewer_id=info.context.viewer.user_id, first=first, after=after, **wanted)
    prepared(info, page.nodes)
    return page


def comments_of(post: Post, info: Any, *, first: int, after: str | None) -> Page:
    """One page of answers, with their people."""
    page = selectors.comments_page(post_id=post.id, viewer_id=info.context.viewer.user_id, first=first, after=after)
    info.context.loaders.setdefault(SEEN_COMMENTS, {}).update({comment.id: comment for comment in page.nodes})
    people = {comment.author_id for comment in page.nodes}
    people |= {comment.reply_to.author_id for comment in page.nodes if comment.reply_to}
    info.context.loaders.setdefault(PEOPLE, {}).update(public_people(people))
    return page


extend(
    ProductType,
    posts=connection_field(
        lambda: PostType,
        lambda root, info, first, after=None: feed(info, first=first, after=after, product_id=root["id"]),
        personal=True,
        description="Posts that show the product, the liveliest first.",
    ),
)
extend(
    ProfileType,
    posts=connection_field(
        lambda: PostType,
        lambda root, info, first, after=None: feed(info, first=first, after=after, author_id=root["id"], sort="NEW"),
        personal=True,
        description="What the person wrote, newest first.",
    ),
)
