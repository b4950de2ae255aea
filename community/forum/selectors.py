"""What can be read in the forum, and by whom."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from backend.accounts.selectors import blocked_either_way, home_province
from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from community.forum.models import Comment, CommentLike, Post, PostLike, PostPicture, Topic, TopicFollow, Visibility
from community.forum.rules import SEEN_BY_ALL, SEEN_BY_AUTHOR

M = TypeVar("M", Post, Comment)
ORDERS = {"HOT": ("-hot", "-id"), "NEW": ("-created_at", "-id")}


def visible_posts(viewer_id: UUID | None) -> QuerySet[Post]:
    """The posts a viewer may open: everybody's that stand, one's own as long as one did not delete them."""
    return _visible(Post.objects.all(), viewer_id)


def visible_comments(viewer_id: UUID | None) -> QuerySet[Comment]:
    """The comments a viewer may read."""
    return _visible(Comment.objects.all(), viewer_id)


def recommended_posts(viewer_id: UUID | None) -> QuerySet[Post]:
    """The posts that feeds show: public ones of people who have nothing against each other."""
    shown = Post.objects.filter(visibility=Visibility.PUBLIC)
    return shown.exclude(author_id__in=blocked_either_way(viewer_id)) if viewer_id else shown


def visible_post(*, post_id: UUID, viewer_id: UUID | None) -> Post:
    """One post as the viewer may see it.

    Raises: NotFound.
    """
    post = _with_parts(visible_posts(viewer_id).filter(pk=post_id), viewer_id).first()
    if post is None:
        raise NotFound
    return post


def posts_page(
    *,
    viewer_id: UUID | None,
    first: int,
    after: str | None,
    topic: str | None = None,
    product_id: UUID | None = None,
    author_id: UUID | None = None,
    sort: str = "HOT",
) -> Page:
    """One page of a feed; a person's own page also shows what only they see."""
    found = visible_posts(viewer_id) if author_id else recommended_posts(viewer_id)
    if topic:
        found = found.filter(topic__slug=topic)
    if product_id:
        found = found.filter(product_id=product_id)
    if author_id:
        found = found.filter(author_id=author_id)
    return keyset_page(_with_parts(found, viewer_id), order=ORDERS[sort], first=first, after=after)


def posts_by_id(ids: Iterable[UUID], viewer_id: UUID | None) -> list[Post]:
    """Some posts, those of them that the viewer may open."""
    return list(_with_parts(visible_posts(viewer_id).filter(pk__in=set(ids)), viewer_id))


def comments_page(*, post_id: UUID, viewer_id: UUID | None, first: int, after: str | None) -> Page:
    """One page of the answers to a post, oldest first."""
    found = visible_comments(viewer_id).filter(post_id=post_id).select_related("reply_to")
    liked = CommentLike.objects.filter(comment=OuterRef("pk"), user=viewer_id)
    return keyset_page(found.annotate(is_liked=Exists(liked)), order=("created_at", "id"), first=first, after=after)


def topics(viewer_id: UUID | None) -> list[Topic]:
    """Every topic in the order of the shop; the one of the viewer's own province comes first."""
    found = list(_with_follow(Topic.objects.select_related("picture"), viewer_id).order_by("position", "slug"))
    home = home_province(viewer_id) if viewer_id else ""
    return sorted(found, key=lambda topic: not (home and topic.province == home))


def topic_by_slug(*, slug: str, viewer_id: UUID | None) -> Topic | None:
    """One topic."""
    return _with_follow(Topic.objects.select_related("picture").filter(slug=slug), viewer_id).first()


def topics_by_id(ids: Iterable[UUID], viewer_id: UUID | None) -> dict[UUID, Topic]:
    """Some topics."""
    found = _with_follow(Topic.objects.select_related("picture").filter(pk__in=set(ids)), viewer_id)
    return {topic.id: topic for topic in found}


def written_since(*, author_id: UUID, since: datetime, model: type[Post] | type[Comment]) -> int:
    """How much a person wrote lately."""
    return model.objects.filter(author_id=author_id, created_at__gt=since).count()


def commenters_count(post_id: UUID) -> int:
    """How many people answered a post."""
    answers = Comment.objects.filter(post_id=post_id, visibility__in=SEEN_BY_ALL)
    return answers.values("author_id").distinct().count()


def an_hour_before(now: datetime) -> datetime:
    """The beginning of the last hour."""
    return now - timedelta(hours=1)


def _visible(found: QuerySet[M], viewer_id: UUID | None) -> QuerySet[M]:
    stands = Q(visibility__in=SEEN_BY_ALL)
    if viewer_id is None:
        return found.filter(stands)
    own = Q(author_id=viewer_id, visibility__in=SEEN_BY_AUTHOR)
    return found.filter(stands | own).exclude(author_id__in=blocked_either_way(viewer_id))


def _with_parts(found: QuerySet[Post], viewer_id: UUID | None) -> QuerySet[Post]:
    pictures = Prefetch("pictures", queryset=PostPicture.objects.select_related("picture").order_by("position"))
    liked = PostLike.objects.filter(post=OuterRef("pk"), user=viewer_id)
    return found.prefetch_related(pictures).annotate(is_liked=Exists(liked))


def _with_follow(found: QuerySet[Topic], viewer_id: UUID | None) -> QuerySet[Topic]:
    return found.annotate(is_followed=Exists(TopicFollow.objects.filter(topic=OuterRef("pk"), user=viewer_id)))
