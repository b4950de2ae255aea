"""Channels, their costs, the visits by their links, and the sign-ups and orders that followed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class ChannelKind(models.TextChoices):
    """What kind of place a channel is."""

    SEARCH = "SEARCH", _("Search engine")
    SOCIAL = "SOCIAL", _("Social media")
    CONTENT = "CONTENT", _("Content and recommendations")
    PARTNER = "PARTNER", _("Partner")
    ADVERTISING = "ADVERTISING", _("Advertising")
    MESSAGE = "MESSAGE", _("Text message or mail")
    EVENT = "EVENT", _("Offline event")
    STORE = "STORE", _("Store")
    OTHER = "OTHER", _("Something else")


class TargetKind(models.TextChoices):
    """Which page of the shop a channel leads to."""

    HOME = "HOME", _("Front page")
    PRODUCT = "PRODUCT", _("Product")
    CATEGORY = "CATEGORY", _("Category")
    GROUPS = "GROUPS", _("Open groups")
    COUPONS = "COUPONS", _("Coupons")


class Channel(models.Model):
    """A short link with a name, and optionally a partner and a period. Its code never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=ChannelKind.choices)
    partner = models.CharField(max_length=60, blank=True)
    headline = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=10, choices=TargetKind.choices)
    target_slug = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    budget_note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9]{3,12}$"), name="channel_code_is_plain"),
            models.CheckConstraint(
                condition=Q(target__in=["PRODUCT", "CATEGORY"], target_slug__regex=r"^[-a-zA-Z0-9_]+$")
                | (~Q(target__in=["PRODUCT", "CATEGORY"]) & Q(target_slug="")),
                name="channel_leads_into_the_shop",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="channel_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-made_at", "-id"], name="channel_newest_first")]

    def __str__(self) -> str:
        return self.code


class ChannelVisit(models.Model):
    """A browser's visit by a channel's link, once per half hour of the clock.

    The visitor is a digest under the pepper of its ninety days; whose browser it is becomes known when somebody
    signs up or in with it. `last_at` is when the same browser came by the link last within the half hour.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    visitor = models.CharField(max_length=64)
    half_hour = models.PositiveIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "visitor", "half_hour"], name="channel_visit_once_per_half_hour"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at", "channel"], name="channel_visit_of_period"),
            models.Index(fields=["visitor", "-last_at"], name="channel_visit_of_visitor"),
            models.Index(fields=["user", "-last_at"], condition=Q(user__isnull=False), name="channel_visit_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.at:%F %T}"


class ChannelSignUp(models.Model):
    """That a person signed up after a visit by a channel. Written once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    touched_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at", "channel"], name="channel_sign_up_of_period")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.channel_id}"


class ChannelOrder(models.Model):
    """A paid order, and the channel its buyer came by; without one it belongs to no channel."""

    order = models.OneToOneField(
        "orders.Order", primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    paid_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    paid_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("paid_minor")),
                name="channel_order_refunded_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(channel=None, touched_at=None) | Q(channel__isnull=False, touched_at__isnull=False),
                name="channel_order_knows_its_visit",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["paid_at", "channel"], name="channel_order_of_period")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.channel_id}"


class ChannelCost(models.Model):
    """What was spent on a channel on a day. Never changed; an entry with the opposite sign corrects one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    amount_minor = models.BigIntegerField()
    note = models.CharField(max_length=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(amount_minor=0), name="channel_cost_not_zero")]
        indexes: ClassVar = [
            models.Index(fields=["day", "channel"], name="channel_cost_of_period"),
            models.Index(fields=["channel", "-day", "-id"], name="channel_cost_of_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day} {self.amount_minor}"
