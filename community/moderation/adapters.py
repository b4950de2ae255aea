"""Posts and comments as moderation sees them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from community.forum import actions, selectors
from community.forum.models import Comment, Post
from community.moderation.ports import Subject


class ModeratablePost:
    """A post of the forum."""

    kind = "POST"

    def subject(self, target_id: UUID) -> Subject | None:
        post = Post.objects.prefetch_related("pictures").filter(pk=target_id).first()
        if post is None:
            return None
        return Subject(
            author_id=post.author_id,
            title=post.title,
            body=post.body,
            picture_ids=tuple(each.picture_id for each in post.pictures.all()),
            url=f"/post/{post.id}",
            visibility=post.visibility,
        )

    def visibilities(self, target_ids: Collection[UUID]) -> dict[UUID, str]:
        return dict(Post.objects.filter(pk__in=target_ids).values_list("pk", "visibility"))

    def is_visible_to(self, target_id: UUID, viewer_id: UUID) -> bool:
        return selectors.visible_posts(viewer_id).filter(pk=target_id).exists()

    def change_visibility(self, target_id: UUID, visibility: str, now: datetime) -> str:
        return actions.change_post_visibility(post_id=target_id, visibility=visibility, now=now)

    def evidence(self, target_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
        return {}


class ModeratableComment:
    """An answer to a post."""

    kind = "COMMENT"

    def subject(self, target_id: UUID) -> Subject | None:
        comment = Comment.objects.filter(pk=target_id).first()
        if comment is None:
            return None
        return Subject(
            author_id=comment.author_id,
            title="",
            body=comment.body,
            picture_ids=(),
            url=f"/post/{comment.post_id}",
            visibility=comment.visibility,
        )

    def visibilities(self, target_ids: Collection[UUID]) -> dict[UUID, str]:
        return dict(Comment.objects.filter(pk__in=target_ids).values_list("pk", "visibility"))

    def is_visible_to(self, target_id: UUID, viewer_id: UUID) -> bool:
        return selectors.visible_comments(viewer_id).filter(pk=target_id).exists()

    def change_visibility(self, target_id: UUID, visibility: str, now: datetime) -> str:
        return actions.change_comment_visibility(comment_id=target_id, visibility=visibility, now=now)

    def evidence(self, target_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
        return {}
