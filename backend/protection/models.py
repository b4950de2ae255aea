"""Plans with their versions, coverages of single pieces, and the repairs that count against them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backend.aftersales.models import AfterSaleCase
from backend.catalogue.models import Category
from backend.core.ids import new_id
from backend.orders.models import Order, OrderLine


class ProtectionPlan(models.Model):
    """One plan. What it says and costs stands in its versions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    is_offered = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class PlanVersion(models.Model):
    """What a plan says from some day on. A version stays as it was written; what was bought keeps its version.

    `bands` is the price by what was paid for one piece: `[{fromMinor, fixedMinor | shareBps}]`, the lowest first.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.JSONField()
    covers = models.JSONField()
    months = models.PositiveSmallIntegerField()
    repairs = models.PositiveSmallIntegerField()
    bands = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="protection_version_once"),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=60, repairs__gte=1, repairs__lte=9),
                name="protection_version_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class PlanShelf(models.Model):
    """A shelf whose things a version covers, with all shelves in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "category"], name="protection_shelf_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.category_id}"


class CoverageState(models.TextChoices):
    """Where a coverage stands. The legal moves are in `rules.MOVES`."""

    PENDING = "PENDING", _("Waiting for payment")
    ACTIVE = "ACTIVE", _("In force")
    VOID = "VOID", _("Not paid")
    ENDED = "ENDED", _("Ended early, money back")
    EXPIRED = "EXPIRED", pgettext_lazy("coverage", "Over")


class Coverage(models.Model):
    """One piece of an order line under one version of a plan, from the end of the shop's own time on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    piece = models.PositiveSmallIntegerField()
    plan_order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=CoverageState.choices, default=CoverageState.PENDING)
    price_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    repairs_left = models.PositiveSmallIntegerField()
    bought_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order_line", "piece"],
                condition=Q(state__in=["PENDING", "ACTIVE"]),
                name="protection_one_per_piece",
            ),
            models.CheckConstraint(
                condition=Q(price_minor__gt=0, refunded_minor__gte=0, refunded_minor__lte=F("price_minor")),
                name="protection_refund_within_price",
            ),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="protection_starts_before_it_ends"),
            models.CheckConstraint(
                condition=~Q(state="ACTIVE") | Q(activated_at__isnull=False), name="protection_active_since_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(state="ENDED") & Q(ended_at__isnull=False)) | (~Q(state="ENDED") & Q(refunded_minor=0)),
                name="protection_money_back_only_when_ended",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["buyer", "-bought_at", "-id"], name="protection_of_buyer"),
            models.Index(fields=["order_line"], name="protection_of_line"),
            models.Index(fields=["plan_order"], name="protection_of_order"),
            models.Index(fields=["ends_at"], condition=Q(state="ACTIVE"), name="protection_to_expire"),
        ]

    def __str__(self) -> str:
        return f"{self.order_line_id} {self.piece}"


class CoveredRepair(models.Model):
    """A repair that was asked for under a coverage; one that came to nothing is given back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(AfterSaleCase, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "coverage"], name="protection_repair_once_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.coverage_id} {self.case_id}"
