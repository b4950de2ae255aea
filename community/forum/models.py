"""Topics, posts, comments and likes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Visibility(models.TextChoices):
    """Who sees a post or comment. One predicate reads it: `selectors.visible_posts` and `visible_comments`."""

    PUBLIC = "PUBLIC", _("Open to everybody")
    PENDING = "PENDING", _("Waiting for review")
    LIMITED = "LIMITED", _("Not recommended")
    QUARANTINED = "QUARANTINED", _("Hidden until reviewed")
    REMOVED = "REMOVED", _("Removed")
    AUTHOR_DELETED = "AUTHOR_DELETED", _("Deleted by its author")


class Topic(models.Model):
    """What posts are about: an interest, or a province whose people meet here.

    `province` is the name as addresses have it; it is empty for an interest.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    names = models.JSONField()
    descriptions = models.JSONField(default=dict)
    picture = models.ForeignKey("core.Picture", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    province = models.CharField(max_length=40, blank=True, default="", db_default="")
    position = models.PositiveSmallIntegerField(default=0)
    posts_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class TopicFollow(models.Model):
    """One person follows one topic."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "user"], name="topic_follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.topic_id}"


class Post(models.Model):
    """What somebody tells the others. Counts are recomputed from rows; `hot` orders the feed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=60)
    body = models.TextField()
    visibility = models.CharField(max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC)
    is_verified_purchase = models.BooleanField(default=False)
    likes_count = models.PositiveIntegerField(default=0)
    comments_count = models.PositiveIntegerField(default=0)
    hot = models.DecimalField(max_digits=14, decimal_places=6, default=0)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-hot", "-id"], name="post_hot", condition=Q(visibility="PUBLIC")),
            models.Index(fields=["-created_at", "-id"], name="post_new", condition=Q(visibility="PUBLIC")),
            models.Index(fields=["topic", "-hot", "-id"], name="post_hot_of_topic", condition=Q(visibility="PUBLIC")),
            models.Index(fields=["author", "-created_at", "-id"], name="post_of_author"),
            models.Index(
                fields=["product", "-hot", "-id"], name="post_hot_of_product", condition=Q(visibility="PUBLIC")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostPicture(models.Model):
    """A picture of a post, in its order."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="pictures")
    picture = models.ForeignKey("core.Picture", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "position"], name="post_picture_one_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.position}"


class Comment(models.Model):
    """An answer to a post, perhaps to another comment of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reply_to = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    body = models.CharField(max_length=1000)
    visibility = models.CharField(max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC)
    likes_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["post", "created_at", "id"], name="comment_of_post")]

    def __str__(self) -> str:
        return self.body[:40]


class PostLike(models.Model):
    """One person likes one post."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "user"], name="post_like_once")]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.post_id}"


class CommentLike(models.Model):
    """One person likes one comment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "user"], name="comment_like_once")]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.comment_id}"
