"""The way of a product's words and pictures from the editor over three checks to the shelf."""

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import User
from backend.catalogue.models.products import Product
from backend.core.ids import new_id


class RevisionState(models.TextChoices):
    """Where a revision stands."""

    DRAFT = "DRAFT"
    FIRST_CHECK = "FIRST_CHECK"
    SECOND_CHECK = "SECOND_CHECK"
    FINAL_APPROVAL = "FINAL_APPROVAL"
    RETURNED = "RETURNED"
    PUBLISHED = "PUBLISHED"
    DISCARDED = "DISCARDED"


OPEN_STATES = (
    RevisionState.DRAFT,
    RevisionState.FIRST_CHECK,
    RevisionState.SECOND_CHECK,
    RevisionState.FINAL_APPROVAL,
    RevisionState.RETURNED,
)


class Verdict(models.TextChoices):
    """What somebody decided about a revision."""

    APPROVED = "APPROVED"
    REFUSED = "REFUSED"


class ProductRevision(models.Model):
    """One proposed content of a product. A product has one open revision at most.

    `round` counts how often it was handed in; the checks of a round are made by three different people.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    state = models.CharField(max_length=20, choices=RevisionState.choices, default=RevisionState.DRAFT)
    round = models.PositiveIntegerField(default=0)
    edited_by = models.JSONField(default=list)
    submitted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=Q(state__in=OPEN_STATES), name="one_open_revision_per_product"
            ),
            models.CheckConstraint(
                name="revision_in_review_was_handed_in",
                condition=Q(state__in=["DRAFT", "DISCARDED"])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False, round__gt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="revision_queue"),
            models.Index(fields=["product", "-started_at"], name="revision_of_product"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.state}"


class RevisionDecision(models.Model):
    """What one person decided at one level of one round; never one's own work, never two levels."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    revision = models.ForeignKey(ProductRevision, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="decision_level_one_to_three", condition=Q(level__gte=1, level__lte=3)),
            models.CheckConstraint(name="decision_not_on_own_work", condition=~Q(decided_by=F("submitted_by"))),
            models.CheckConstraint(name="refusal_has_its_reason", condition=~Q(verdict="REFUSED", reason="")),
            models.UniqueConstraint(fields=["revision", "round", "level"], name="decision_once_per_level"),
            models.UniqueConstraint(fields=["revision", "round", "decided_by"], name="decision_one_level_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.level} {self.verdict}"
