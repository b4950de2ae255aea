"""Products that are shown, marked, among the finds."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from backend.core.ids import new_id


class Placement(models.Model):
    """A product that the shop shows on the page of results for money or effort, always marked as such.

    `words` are written by the staff, `asked` what they are understood as. Its time ends it, or the openings it was
    given: each person counts once a day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    words = ArrayField(models.CharField(max_length=40), default=list)
    asked = ArrayField(models.CharField(max_length=200), default=list)
    category = models.ForeignKey(
        "catalogue.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    openings_limit = models.PositiveIntegerField(null=True, blank=True)
    openings_count = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placement_for_words_or_shelf", condition=Q(asked__len__gt=0) | Q(category__isnull=False)
            ),
            models.CheckConstraint(name="placement_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="placement_within_budget",
                condition=Q(openings_limit__isnull=True) | Q(openings_count__lte=F("openings_limit")),
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(stopped_at=None), name="placement_running")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.words}"


class PlacementOpening(models.Model):
    """That somebody opened a placement on a day, so that nobody uses its openings up. `someone` has no name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    someone = models.CharField(max_length=32)
    on_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "someone", "on_day"], name="placement_opened_once_a_day")
        ]
        indexes = [models.Index(fields=["on_day"], name="placement_opening_age")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.on_day}"
