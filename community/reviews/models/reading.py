"""What the words of reviews are read as: aspects with a sign, and what speaks against a review."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from community.reviews.models.reviews import Review


class Polarity(models.IntegerChoices):
    """What a word says of its aspect."""

    BAD = -1, _("Speaks against it")
    NAMES = 0, _("Only names it")
    GOOD = 1, _("Speaks for it")


class Aspect(models.Model):
    """One side of a product that people talk about, such as quality or delivery."""

    key = models.SlugField(primary_key=True, max_length=20)
    names = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "key"]

    def __str__(self) -> str:
        return self.key


class AspectWord(models.Model):
    """A word of the lexicon. Without an aspect it says only good or bad of whatever stands beside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aspect = models.ForeignKey(Aspect, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    word = models.CharField(max_length=30, unique=True)
    polarity = models.SmallIntegerField(choices=Polarity.choices)

    class Meta:
        ordering: ClassVar = ["word"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(aspect__isnull=False) | ~Q(polarity=0), name="aspect_word_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.word


class ReviewAspect(models.Model):
    """What one review says of one aspect."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    aspect = models.ForeignKey(Aspect, on_delete=models.PROTECT, related_name="+")
    polarity = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "aspect"], name="review_aspect_once"),
            models.CheckConstraint(condition=Q(polarity__in=[-1, 1]), name="review_aspect_good_or_bad"),
        ]
        indexes: ClassVar = [models.Index(fields=["aspect", "polarity", "review"], name="review_aspect_by_sign")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.aspect_id} {self.polarity:+d}"


class EvidenceKind(models.TextChoices):
    """What can speak against a review. None of it is proof; a person decides."""

    SAME_TEXT = "SAME_TEXT", _("Nearly the same text as another person's review")
    OWN_TEXT = "OWN_TEXT", _("Nearly the same text as another review of this person")
    SHARED_LINK = "SHARED_LINK", _("Shares something with another reviewer of the product")
    SAME_INVITER = "SAME_INVITER", _("Several reviewers were brought by the same person")
    SAME_GROUP = "SAME_GROUP", _("Several reviewers bought in the same group")
    REFUNDED = "REFUNDED", _("All pieces went back before the review")
    BURST = "BURST", _("Many reviews of the product in a short time")
    CONTACT = "CONTACT", _("Leads away to a private contact")


class Evidence(models.Model):
    """One thing that speaks against a review, with the facts it rests on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    weight = models.PositiveSmallIntegerField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-weight", "kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "kind"], name="review_evidence_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.weight}"
