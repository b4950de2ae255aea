"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.messaging.kinds import register_kind
from community.forum.events import CommentAdded, PostLiked, PostPublished
from membership.ports import register_fact
from referrals.influencers.ports import use_publications


class ForumConfig(AppConfig):
    """Topics, posts, comments and likes."""

    name = "community.forum"
    label = "forum"

    def ready(self) -> None:
        """Tell authors what others say and like."""
        use_publications("community.forum.publications.ForumPublications")
        subscribe(CommentAdded, "community.forum.handlers.tell_author_of_comment")
        subscribe(PostPublished, "community.forum.handlers.note_post")
        subscribe(PostLiked, "community.forum.handlers.tell_author_of_like")
        register_fact("POST", _("Published posts"), "/circles")
        register_kind(
            "post_commented",
            title=_("%(person)s answered you"),
            body=_("Open the post to read it."),
            body_for_many=_("%(person)s and %(others_count)s others answered. Open the post to read."),
        )
        register_kind(
            "post_liked",
            title=_("%(person)s likes your post"),
            body=_("Open the post to see it."),
            body_for_many=_("%(person)s and %(others_count)s others like it."),
        )
