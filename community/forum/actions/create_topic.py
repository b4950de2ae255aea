"""Topics, and following them."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from community.forum import selectors
from community.forum.errors import TopicUnknown
from community.forum.models import Topic, TopicFollow


@transaction.atomic
def create_topic(
    *,
    slug: str,
    names: Mapping[str, str],
    descriptions: Mapping[str, str],
    picture_id: UUID | None = None,
    position: int = 0,
    province: str = "",
) -> Topic:
    """Open a topic, of an interest or of a province; the same slug stays one topic."""
    topic, _is_new = Topic.objects.update_or_create(
        slug=slug,
        defaults={
            "names": dict(names),
            "descriptions": dict(descriptions),
            "picture_id": picture_id,
            "position": position,
            "province": province,
        },
    )
    return topic


@transaction.atomic
def follow_topic(*, slug: str, user_id: UUID) -> Topic:
    """Follow a topic; it may be said twice.

    Raises: TopicUnknown.
    """
    TopicFollow.objects.get_or_create(topic=_topic(slug, user_id), user_id=user_id)
    return _topic(slug, user_id)


@transaction.atomic
def unfollow_topic(*, slug: str, user_id: UUID) -> Topic:
    """Follow a topic no longer.

    Raises: TopicUnknown.
    """
    TopicFollow.objects.filter(topic=_topic(slug, user_id), user_id=user_id).delete()
    return _topic(slug, user_id)


def _topic(slug: str, viewer_id: UUID) -> Topic:
    topic = selectors.topic_by_slug(slug=slug, viewer_id=viewer_id)
    if topic is None:
        raise TopicUnknown
    return topic
