"""Reviews of order lines, the shop's answers, votes, and what was paid for them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Visibility(models.TextChoices):
    """Who sees a text. One predicate reads it: `selectors.visible`."""

    PUBLIC = "PUBLIC", _("Open to everybody")
    PENDING = "PENDING", _("Waiting for review")
    LIMITED = "LIMITED", _("Not recommended")
    QUARANTINED = "QUARANTINED", _("Hidden until reviewed")
    REMOVED = "REMOVED", _("Removed")
    AUTHOR_DELETED = "AUTHOR_DELETED", _("Deleted by its author")


class Fit(models.TextChoices):
    """How a size turned out."""

    SMALL = "SMALL", _("Runs small")
    TRUE = "TRUE", _("True to size")
    LARGE = "LARGE", _("Runs large")


class Review(models.Model):
    """What the buyer of one order line says of it, once.

    It counts for the product's rating from the moment it was weighed, while everybody may see it, unless all pieces
    of the line went back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField()
    body = models.TextField(blank=True)
    fit = models.CharField(max_length=5, choices=Fit.choices, blank=True)
    option_title = models.JSONField(default=dict)
    is_anonymous = models.BooleanField(default=False)
    has_pictures = models.BooleanField(default=False)
    video = models.ForeignKey("core.Video", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    is_refunded = models.BooleanField(default=False)
    visibility = models.CharField(max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC)
    received_at = models.DateTimeField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    weighed_at = models.DateTimeField(null=True, blank=True)
    appended_body = models.TextField(blank=True)
    appended_at = models.DateTimeField(null=True, blank=True)
    helpful_count = models.PositiveIntegerField(default=0)
    usefulness = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], name="review_once_per_line"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_one_to_five_stars"),
            models.CheckConstraint(
                condition=Q(appended_at=None) | Q(appended_at__gte=F("created_at")), name="review_appended_later"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["product", "-usefulness", "-id"], name="review_useful", condition=Q(visibility="PUBLIC")
            ),
            models.Index(
                fields=["product", "-created_at", "-id"], name="review_newest", condition=Q(visibility="PUBLIC")
            ),
            models.Index(fields=["author", "-created_at", "-id"], name="review_of_author"),
            GinIndex(fields=["body"], opclasses=["gin_trgm_ops"], name="review_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.stars}★ {self.body[:30]}"


class PicturePart(models.TextChoices):
    """Which part of a review shows a picture."""

    FIRST = "FIRST", _("The review")
    APPENDED = "APPENDED", _("What was added later")


class ReviewPicture(models.Model):
    """A picture of a review, in its order."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="pictures")
    picture = models.ForeignKey("core.Picture", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=PicturePart.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["part", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "part", "position"], name="review_picture_one_per_position"),
            models.CheckConstraint(condition=Q(position__lte=8), name="review_picture_nine_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.part} {self.position}"


class ReviewEdit(models.Model):
    """What a review said before it was changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField()
    body = models.TextField(blank=True)
    fit = models.CharField(max_length=5, blank=True)
    picture_ids = models.JSONField(default=list)
    video_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["review", "-at"], name="review_edit_of_review")]

    def __str__(self) -> str:
        return f"{self.review_id} before {self.at}"


class Reply(models.Model):
    """The shop's answer to a review, one for each."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=1000)
    visibility = models.CharField(max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.body[:40]


class HelpfulVote(models.Model):
    """One person finds one review helpful."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "user"], name="review_helpful_once")]

    def __str__(self) -> str:
        return f"{self.user_id} finds {self.review_id} helpful"


class RewardCause(models.TextChoices):
    """What points were paid for."""

    REVIEW = "REVIEW", _("A review")
    ANSWER = "ANSWER", _("An accepted answer")


class Reward(models.Model):
    """Points that were paid for one text. What was taken back may be paid once more, under the next number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cause = models.CharField(max_length=6, choices=RewardCause.choices)
    source_id = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=1)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    points = models.PositiveIntegerField()
    lot = models.ForeignKey("membership.PointLot", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cause", "source_id", "number"], name="review_reward_once_per_number"),
            models.UniqueConstraint(
                fields=["cause", "source_id"],
                condition=Q(taken_back_at=None),
                name="review_reward_one_standing",
            ),
            models.CheckConstraint(condition=Q(points__gte=1), name="review_reward_at_least_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "day"], name="review_reward_of_day")]

    def __str__(self) -> str:
        return f"{self.points} for {self.cause} {self.source_id}"
