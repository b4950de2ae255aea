"""Every write of the forum, one verb per file."""

from community.forum.actions.add_comment import add_comment
from community.forum.actions.change_visibility import (
    change_comment_visibility,
    change_post_visibility,
    delete_comment,
    delete_post,
)
from community.forum.actions.create_post import create_post
from community.forum.actions.create_topic import create_topic, follow_topic, unfollow_topic
from community.forum.actions.like import like_comment, like_post, unlike_comment, unlike_post

__all__ = [
    "add_comment",
    "change_comment_visibility",
    "change_post_visibility",
    "create_post",
    "create_topic",
    "delete_comment",
    "delete_post",
    "follow_topic",
    "like_comment",
    "like_post",
    "unfollow_topic",
    "unlike_comment",
    "unlike_post",
]
