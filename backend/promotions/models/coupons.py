"""Coupon templates and the coupons that people hold."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.ids import new_id
from backend.promotions.models.campaigns import CampaignState


class CouponWay(models.TextChoices):
    """How people come by a coupon."""

    CLAIM = "CLAIM", _("Claimed in the coupon centre")
    CODE = "CODE", _("Redeemed with a code")
    GIVEN = "GIVEN", _("Given by staff")
    WELCOME = "WELCOME", _("Given to whoever signs up")


class CouponState(models.TextChoices):
    """Where a coupon stands. Unclaimed ones wait in the pool of their template."""

    UNCLAIMED = "UNCLAIMED", _("Waiting to be claimed")
    ISSUED = "ISSUED", _("Ready to use")
    LOCKED = "LOCKED", _("In an unpaid order")
    USED = "USED", _("Used")
    EXPIRED = "EXPIRED", _("Expired")
    REVOKED = "REVOKED", _("Withdrawn")


class RefundPolicy(models.TextChoices):
    """What a partial return does to what an order took off."""

    KEEP = "KEEP", _("The kept goods keep their share")
    RECOMPUTE = "RECOMPUTE", _("The kept goods are priced again")


class CouponTemplate(models.Model):
    """What a coupon gives, to whom, how many, and when. Its terms are frozen once it has started."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    names = models.JSONField()
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    way = models.CharField(max_length=8, choices=CouponWay.choices, default=CouponWay.CLAIM)
    benefit = models.JSONField()
    threshold_minor = models.BigIntegerField(default=0)
    scope = models.JSONField(default=dict)
    audience = models.JSONField(default=dict)
    stack_class = models.CharField(max_length=20, default="merchant")
    combines_with = models.JSONField(default=list)
    refund_policy = models.CharField(max_length=10, choices=RefundPolicy.choices, default=RefundPolicy.RECOMPUTE)
    returns_when_cancelled = models.BooleanField(default=True)
    grace_days = models.PositiveSmallIntegerField(default=3)
    claim_from = models.DateTimeField()
    claim_until = models.DateTimeField()
    use_from = models.DateTimeField(null=True, blank=True)
    use_until = models.DateTimeField(null=True, blank=True)
    valid_days = models.PositiveSmallIntegerField(null=True, blank=True)
    issue_limit = models.PositiveIntegerField(null=True, blank=True)
    per_person = models.PositiveSmallIntegerField(default=1)
    use_limit = models.PositiveIntegerField(null=True, blank=True)
    reserved_count = models.IntegerField(default=0)
    used_count = models.IntegerField(default=0)
    budget_minor = models.BigIntegerField(null=True, blank=True)
    reserved_minor = models.BigIntegerField(default=0)
    spent_minor = models.BigIntegerField(default=0)
    priority = models.SmallIntegerField(default=0)
    limit_bps = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claim_until__gt=F("claim_from")), name="coupon_template_claim_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_days__gt=0, use_until=None) | Q(valid_days=None, use_until__isnull=False),
                name="coupon_template_one_use_window",
            ),
            models.CheckConstraint(
                condition=Q(reserved_count__gte=0, used_count__gte=0, reserved_minor__gte=0, spent_minor__gte=0),
                name="coupon_template_counts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(use_limit=None) | Q(use_limit__gte=F("reserved_count") + F("used_count")),
                name="coupon_template_uses_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(budget_minor=None) | Q(budget_minor__gte=F("reserved_minor") + F("spent_minor")),
                name="coupon_template_money_within_budget",
            ),
        ]
        indexes = [
            models.Index(fields=["way", "claim_until"], name="coupon_template_live", condition=Q(state="RUNNING")),
            models.Index(fields=["-created_at", "-id"], name="coupon_template_newest"),
        ]

    def __str__(self) -> str:
        return str(self.names.get("en") or self.names.get("zh-Hans") or self.pk)


class Coupon(models.Model):
    """One coupon: waiting in the pool, or in the hands of one person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.ForeignKey(CouponTemplate, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=CouponState.choices, default=CouponState.ISSUED)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    seq = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=24, null=True, blank=True)
    cause = models.CharField(max_length=80, blank=True)
    order_id = models.UUIDField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "user", "seq"], name="coupon_once_per_seq"),
            models.UniqueConstraint(fields=["code"], name="coupon_code_unique"),
            models.UniqueConstraint(
                fields=["template", "user", "cause"], name="coupon_once_per_cause", condition=~Q(cause="")
            ),
            models.CheckConstraint(
                condition=Q(state="UNCLAIMED", user=None)
                | Q(state="REVOKED", user=None)
                | Q(user__isnull=False, seq__isnull=False, issued_at__isnull=False, valid_until__isnull=False),
                name="coupon_in_the_pool_or_in_a_hand",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["LOCKED", "USED"]) | Q(order_id__isnull=False),
                name="coupon_in_use_names_its_order",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "state", "valid_until"], name="coupon_of_person"),
            models.Index(fields=["template"], name="coupon_pool", condition=Q(state="UNCLAIMED")),
            models.Index(fields=["valid_until"], name="coupon_expiring", condition=Q(state="ISSUED")),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.state}"


class CouponBatch(models.Model):
    """Coupons that staff give to many people, worked off in pieces."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.ForeignKey(CouponTemplate, on_delete=models.PROTECT, related_name="+")
    audience = models.JSONField(default=dict)
    channel = models.CharField(max_length=6, blank=True)
    given_count = models.PositiveIntegerField(default=0)
    passed_count = models.PositiveIntegerField(default=0)
    last_user_id = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="coupon_batch_open", condition=Q(finished_at=None)),
            models.Index(fields=["template", "-created_at"], name="coupon_batch_of_template"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.given_count}"


class CodeAttempt(models.Model):
    """A code that did not work, so that nobody finds one by trying."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="code_attempt_of_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"
