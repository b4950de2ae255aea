"""Posts as the creator programme sees them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from community.forum.models import Post, Visibility
from referrals.influencers.ports import Publication


class ForumPublications:
    """Posts of the forum."""

    def find(self, post_ids: Iterable[UUID]) -> Mapping[UUID, Publication]:
        """Posts by their ids; those that do not exist are left out."""
        return {post.pk: _publication(post) for post in Post.objects.filter(pk__in=list(post_ids))}

    def latest_of(self, author_id: UUID, *, product_id: UUID) -> list[Publication]:
        """The newest public posts of a person about a product."""
        rows = Post.objects.filter(author_id=author_id, product_id=product_id, visibility=Visibility.PUBLIC)
        return [_publication(post) for post in rows.order_by("-created_at", "-pk")[:20]]


def _publication(post: Post) -> Publication:
    return Publication(
        post_id=post.pk,
        author_id=post.author_id,
        product_id=post.product_id,
        title=post.title,
        body=post.body,
        is_public=post.visibility in (Visibility.PUBLIC, Visibility.LIMITED),
    )
