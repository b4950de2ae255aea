"""Writes of the forum."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from community.forum import actions
from community.forum.errors import CommentsClosed, PictureNotYours, PostingTooFast, TopicUnknown
from community.forum.schema.types import CommentType, PostType, TopicType


class CreatePost(Mutation):
    """Publish a post."""

    class Input:
        topic = graphene.String(required=True, description="The topic's name in addresses.")
        title = graphene.String(required=True, description="The title, 60 letters at most.")
        body = graphene.String(required=True, description="The text.")
        picture_ids = graphene.List(graphene.NonNull(graphene.ID), description="Uploaded pictures, nine at most.")
        product_id = graphene.ID(description="The product it shows.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first post.")

    errors = (TopicUnknown, PictureNotYours, PostingTooFast)
    permission = signed_in
    post = graphene.Field(PostType, description="The post.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        post = actions.create_post(
            author_id=viewer.id,
            topic=input.topic,
            title=input.title,
            body=input.body,
            picture_ids=input.picture_ids or [],
            product_id=input.product_id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"post": post}


class AddComment(Mutation):
    """Answer a post."""

    class Input:
        post_id = graphene.ID(required=True, description="The post.")
        body = graphene.String(required=True, description="The text, 1,000 letters at most.")
        reply_to_id = graphene.ID(description="The comment it answers.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first one.")

    errors = (CommentsClosed, PostingTooFast)
    permission = signed_in
    comment = graphene.Field(CommentType, description="The answer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        comment = actions.add_comment(
            author_id=viewer.id,
            post_id=input.post_id,
            body=input.body,
            reply_to_id=input.reply_to_id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"comment": comment}


class DeletePost(Mutation):
    """Delete one's own post."""

    class Input:
        id = graphene.ID(required=True, description="The post.")

    permission = signed_in
    post = graphene.Field(PostType, description="The post as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"post": actions.delete_post(post_id=input.id, author_id=viewer.id, now=now)}


class DeleteComment(Mutation):
    """Delete one's own comment."""

    class Input:
        id = graphene.ID(required=True, description="The comment.")

    permission = signed_in
    comment = graphene.Field(CommentType, description="The comment as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"comment": actions.delete_comment(comment_id=input.id, author_id=viewer.id, now=now)}


class LikePost(Mutation):
    """Like a post."""

    class Input:
        post_id = graphene.ID(required=True, description="The post.")

    permission = signed_in
    post = graphene.Field(PostType, description="The post with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        post = actions.like_post(post_id=input.post_id, user_id=viewer.id, now=now)
        return {"post": seen_as(post, is_liked=True)}


class UnlikePost(Mutation):
    """Take a like of a post back."""

    class Input:
        post_id = graphene.ID(required=True, description="The post.")

    permission = signed_in
    post = graphene.Field(PostType, description="The post with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"post": actions.unlike_post(post_id=input.post_id, user_id=viewer.id)}


class LikeComment(Mutation):
    """Like a comment."""

    class Input:
        comment_id = graphene.ID(required=True, description="The comment.")

    permission = signed_in
    comment = graphene.Field(CommentType, description="The comment with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        comment = actions.like_comment(comment_id=input.comment_id, user_id=viewer.id, now=now)
        return {"comment": seen_as(comment, is_liked=True)}


class UnlikeComment(Mutation):
    """Take a like of a comment back."""

    class Input:
        comment_id = graphene.ID(required=True, description="The comment.")

    permission = signed_in
    comment = graphene.Field(CommentType, description="The comment with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"comment": actions.unlike_comment(comment_id=input.comment_id, user_id=viewer.id)}


class FollowTopic(Mutation):
    """Follow a topic."""

    class Input:
        slug = graphene.String(required=True, description="The topic's name in addresses.")

    errors = (TopicUnknown,)
    permission = signed_in
    topic = graphene.Field(TopicType, description="The topic.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"topic": actions.follow_topic(slug=input.slug, user_id=viewer.id)}


class UnfollowTopic(Mutation):
    """Follow a topic no longer."""

    class Input:
        slug = graphene.String(required=True, description="The topic's name in addresses.")

    errors = (TopicUnknown,)
    permission = signed_in
    topic = graphene.Field(TopicType, description="The topic.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"topic": actions.unfollow_topic(slug=input.slug, user_id=viewer.id)}


def seen_as(row: Any, *, is_liked: bool) -> Any:
    """Tell the answer what the viewer has just done to the row."""
    row.is_liked = is_liked
    return row


class Mutations:
    """Root mutations of the forum."""

    create_post = CreatePost.field()
    add_comment = AddComment.field()
    delete_post = DeletePost.field()
    delete_comment = DeleteComment.field()
    like_post = LikePost.field()
    unlike_post = UnlikePost.field()
    like_comment = LikeComment.field()
    unlike_comment = UnlikeComment.field()
    follow_topic = FollowTopic.field()
    unfollow_topic = UnfollowTopic.field()
