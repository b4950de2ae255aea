"""Levels: what they ask and give, who stands on which, and the spending that counts."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Tier(models.Model):
    """A level: its name and its place on the ladder. What it asks and gives is in the steps of a policy."""

    key = models.SlugField(primary_key=True, max_length=20)
    position = models.PositiveSmallIntegerField(unique=True)
    names = models.JSONField()

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.key


class Falling(models.TextChoices):
    """What happens at the end of a term when spending no longer reaches the level."""

    ONE_DOWN = "ONE_DOWN", _("One level down at most")
    BALANCE_BASED = "BALANCE_BASED", _("Down to the level that is reached")
    NONE = "NONE", _("Nobody falls")


class TierPolicy(models.Model):
    """One version of all levels together. Only its end is ever written; two versions never overlap."""

    version = models.PositiveIntegerField(primary_key=True)
    valid_during = DateTimeRangeField()
    window_days = models.PositiveIntegerField()
    lasts_days = models.PositiveIntegerField()
    grace_days = models.PositiveIntegerField()
    falling = models.CharField(max_length=14, choices=Falling.choices)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="tier_policy_one_at_a_time", expressions=[("valid_during", RangeOperators.OVERLAPS)]
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class TierStep(models.Model):
    """What one level asks and gives in one policy."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    policy = models.ForeignKey(TierPolicy, on_delete=models.PROTECT, related_name="+")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    amount_minor = models.BigIntegerField()
    orders_count = models.PositiveIntegerField(default=0)
    multiplier_bps = models.PositiveIntegerField(default=10_000)
    member_off_bps = models.PositiveIntegerField(default=0)
    free_shipping_per_month = models.PositiveSmallIntegerField(default=0)
    birthday_points = models.PositiveIntegerField(default=0)
    extra_days = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "tier"], name="tier_step_once_per_tier"),
            models.UniqueConstraint(fields=["policy", "position"], name="tier_step_once_per_place"),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, member_off_bps__lte=5_000), name="tier_step_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.tier_id}"


class Member(models.Model):
    """The tier of one person, since when and until when at least.

    `is_soft_landing` says that a fall was cushioned: the level is higher than what spending reaches.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    is_soft_landing = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["valid_until"], condition=Q(valid_until__isnull=False), name="member_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.tier_id}"


class MoveReason(models.TextChoices):
    """Why a level was looked at."""

    REACHED = "REACHED", _("Reached")
    RENEWED = "RENEWED", _("Kept for another term")
    FELL = "FELL", _("Term over")


class TierMove(models.Model):
    """One decision about a level, with the facts and the policy that decided it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    to_tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=MoveReason.choices)
    policy = models.ForeignKey(TierPolicy, on_delete=models.PROTECT, related_name="+")
    kept_minor = models.BigIntegerField()
    orders_count = models.PositiveIntegerField()
    counted_from = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-at", "-id"], name="tier_move_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.from_tier_id} > {self.to_tier_id}"


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


class OrderBenefits(models.Model):
    """What a buyer's level and the campaigns of that hour give to an order, as they were when it was placed.

    `campaign_lines` names the order lines that the campaign is about; it is empty when it is about all of them.
    """

    order = models.OneToOneField(
        "orders.Order", primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(TierPolicy, on_delete=models.PROTECT, related_name="+")
    multiplier_bps = models.PositiveIntegerField()
    times_bps = models.PositiveIntegerField(default=10_000)
    campaign_id = models.UUIDField(null=True, blank=True)
    campaign_rule = models.CharField(max_length=60, blank=True)
    campaign_lines = models.JSONField(default=list, db_default=[])
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_id} {self.tier_id}"


class ShippingPass(models.Model):
    """One order of a month that a level sends free of charge."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    is_given_back = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "month"], name="shipping_pass_of_month")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.month}"


class Birthday(models.Model):
    """When a person has birthday, told by the person; it may be changed once a year."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    born_on = models.DateField()
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class BirthdayGift(models.Model):
    """The gift of one year; nobody gets two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "year"], name="birthday_gift_once_a_year")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.year}"
