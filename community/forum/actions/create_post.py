"""Write a post."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Product
from backend.core.errors import NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.pictures.selectors import owns_pictures
from backend.orders.selectors import has_kept_order
from community.forum import rules, selectors
from community.forum.actions.recount import recount_topic
from community.forum.errors import PictureNotYours, PostingTooFast, TopicUnknown
from community.forum.events import PostPublished
from community.forum.models import Post, PostPicture, Topic


@transaction.atomic
def create_post(
    *,
    author_id: UUID,
    topic: str,
    title: str,
    body: str,
    picture_ids: Sequence[UUID] = (),
    product_id: UUID | None = None,
    idempotency_key: UUID,
    now: datetime,
) -> Post:
    """Publish a post; it is marked as a verified purchase when its author kept an order of the product.

    Raises: InvalidInput, TopicUnknown, PictureNotYours, PostingTooFast, NotFound, KeyReused.
    Emits: PostPublished.
    """
    request = {"topic": topic, "title": title, "body": body, "pictures": list(picture_ids), "product": product_id}
    first = replay_or_reserve(principal_id=author_id, action="create_post", key=idempotency_key, request=request)
    if first:
        return Post.objects.get(pk=first["post_id"])

    rules.check_post(title=title, body=body, pictures_count=len(picture_ids))
    found = Topic.objects.filter(slug=topic).first()
    if found is None:
        raise TopicUnknown
    check_own_pictures(picture_ids, owner_id=author_id)
    if product_id and not Product.objects.filter(pk=product_id).exists():
        raise NotFound
    lately = selectors.written_since(author_id=author_id, since=now - rules.AN_HOUR, model=Post)
    if lately >= rules.POSTS_PER_HOUR:
        raise PostingTooFast

    held = lock_one(Topic, found.id)
    post = Post.objects.create(
        author_id=author_id,
        topic=held,
        product_id=product_id,
        title=title.strip(),
        body=body.strip(),
        is_verified_purchase=bool(product_id) and has_kept_order(buyer_id=author_id, product_id=product_id),
        hot=rules.hot_score(likes=0, commenters=0, created_at=now),
        created_at=now,
    )
    PostPicture.objects.bulk_create(
        PostPicture(post=post, picture_id=picture_id, position=position)
        for position, picture_id in enumerate(picture_ids)
    )
    recount_topic(held)
    emit(PostPublished(post_id=post.id, author_id=author_id, topic_id=held.id, product_id=product_id, at=now))
    remember(principal_id=author_id, action="create_post", key=idempotency_key, answer={"post_id": post.id})
    return post


def check_own_pictures(picture_ids: Sequence[UUID], *, owner_id: UUID) -> None:
    """Refuse pictures that somebody else uploaded.

    Raises: PictureNotYours.
    """
    if not owns_pictures(owner_id, picture_ids):
        raise PictureNotYours
