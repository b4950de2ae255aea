"""Tiers, members, the spending that counts, and points in lots."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class EarningRule(models.Model):
    """How many points kept spending earns. A version is never changed, only followed by the next one."""

    version = models.PositiveIntegerField(primary_key=True)
    points_per_yuan = models.PositiveIntegerField()
    vest_days_after_delivery = models.PositiveIntegerField()
    expires_days_after_vesting = models.PositiveIntegerField()
    valid_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"v{self.version}"


class Tier(models.Model):
    """A level: what it takes to reach and what it gives."""

    key = models.SlugField(primary_key=True, max_length=20)
    position = models.PositiveSmallIntegerField(unique=True)
    names = models.JSONField()
    perks = models.JSONField()
    threshold_minor = models.BigIntegerField()
    multiplier_bps = models.PositiveIntegerField(default=10_000)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.key


class Member(models.Model):
    """The tier of one person, since when and until when at least."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.tier_id}"


class SpendingState(models.TextChoices):
    """Whether an order's amount counts for the tier already."""

    PENDING = "PENDING", _("Waiting for the return window to end")
    KEPT = "KEPT", _("Counts")
    REVERSED = "REVERSED", _("Refunded")


class CountedSpending(models.Model):
    """What one order adds to its buyer's tier: goods paid less goods refunded."""

    order = models.OneToOneField(
        "orders.Order", primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=SpendingState.choices, default=SpendingState.PENDING)
    confirmed_at = models.DateTimeField()
    vests_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="spending_not_below_zero"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "confirmed_at"], name="spending_of_user"),
            models.Index(fields=["vests_at"], condition=Q(state="PENDING"), name="spending_to_vest"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount_minor}"


class LotState(models.TextChoices):
    """Where a lot of points stands. The legal moves are in `rules.LOT_MOVES`."""

    PENDING = "PENDING", _("Waiting")
    ACTIVE = "ACTIVE", _("Usable")
    EXPIRED = "EXPIRED", _("Expired")
    REVOKED = "REVOKED", _("Taken back")


class PointLot(models.Model):
    """Points that came from one cause, with the facts and the rule version that computed them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=30)
    source_type = models.CharField(max_length=30)
    source_id = models.UUIDField()
    rule_version = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=LotState.choices, default=LotState.PENDING)
    earned = models.PositiveIntegerField()
    remaining = models.PositiveIntegerField()
    reversed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    vests_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "cause", "source_type", "source_id"], name="lot_one_per_cause"),
            models.CheckConstraint(condition=Q(earned__gt=0), name="lot_earned_above_zero"),
            models.CheckConstraint(
                condition=Q(remaining__lte=F("earned") - F("reversed")), name="lot_remaining_within_earned"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="lot_of_user"),
            models.Index(fields=["source_type", "source_id"], name="lot_of_source"),
            models.Index(fields=["vests_at"], condition=Q(state="PENDING"), name="lot_to_vest"),
            models.Index(fields=["expires_at"], condition=Q(state="ACTIVE"), name="lot_to_expire"),
            models.Index(
                fields=["user", "expires_at", "created_at", "id"], condition=Q(state="ACTIVE"), name="lot_to_spend"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.earned}"


class SpendingRule(models.Model):
    """What points are worth and how much of a line they may pay. A version is never changed, only followed."""

    version = models.PositiveIntegerField(primary_key=True)
    points_per_yuan = models.PositiveIntegerField()
    max_line_bps = models.PositiveIntegerField()
    valid_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(points_per_yuan__gt=0, max_line_bps__lte=10_000), name="spending_rule_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class PointWallet(models.Model):
    """The one row that everybody holds who moves the usable points of a person."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    def __str__(self) -> str:
        return str(self.user_id)


class PointSpend(models.Model):
    """Points that went for one source, such as an order. Spent anew after all came back, it is another attempt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    source_type = models.CharField(max_length=30)
    source_id = models.UUIDField()
    attempt = models.PositiveSmallIntegerField(default=1)
    amount = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)
    rule_version = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_type", "source_id", "attempt"], name="spend_one_per_attempt"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="spend_above_zero"),
            models.CheckConstraint(condition=Q(returned__lte=F("amount")), name="spend_returned_within_amount"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "-created_at", "-id"], name="spend_of_user")]

    def __str__(self) -> str:
        return f"{self.source_type} {self.amount}"


class PointAllocation(models.Model):
    """What a spend took from one lot, and what of it went back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    spend = models.ForeignKey(PointSpend, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(PointLot, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    restored = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["spend", "lot"], name="allocation_one_per_lot"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_above_zero"),
            models.CheckConstraint(condition=Q(restored__lte=F("amount")), name="allocation_restored_within_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.amount}"


class PointDebt(models.Model):
    """Points that had to go back and were spent already. What is earned next repays them first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(PointLot, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    repaid = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="debt_above_zero"),
            models.CheckConstraint(condition=Q(repaid__lte=F("amount")), name="debt_repaid_within_amount"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "created_at"], condition=Q(repaid__lt=F("amount")), name="debt_open"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.amount}"


class CheckInRule(models.Model):
    """What a visit a day earns. A version is never changed, only followed. `bonuses` maps days in a row to points."""

    version = models.PositiveIntegerField(primary_key=True)
    points = models.PositiveIntegerField()
    bonuses = models.JSONField(default=dict)
    make_ups_per_month = models.PositiveSmallIntegerField()
    make_up_within_days = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"v{self.version}"


class CheckIn(models.Model):
    """A person was here on a day of trade, or made up for a missed one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    is_made_up = models.BooleanField(default=False)
    streak = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "day"], name="check_in_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
