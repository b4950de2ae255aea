"""The tables of flash sales."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import User
from backend.catalogue.models import Variant
from backend.core.ids import new_id
from backend.promotions.models import Campaign, CampaignRule


class FlashSale(models.Model):
    """One sale, made by one version of a rule. Its state is judged by its window and by what is written here.

    `opens_at` is the earliest moment somebody may buy; the pieces are taken out of stock then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.OneToOneField(CampaignRule, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    lineage_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    early_hours = models.JSONField(default=dict)
    per_person = models.PositiveSmallIntegerField(default=1)
    flags_households = models.BooleanField(default=True)
    stocked_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    aborted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="flash_sale_window_in_order",
                condition=Q(opens_at__lte=F("starts_at"), starts_at__lt=F("ends_at")),
            ),
            models.CheckConstraint(
                name="flash_sale_aborted_is_closed", condition=Q(aborted_at=None) | Q(closed_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["opens_at"], name="flash_sale_open", condition=Q(closed_at=None)),
            models.Index(fields=["-starts_at", "-id"], name="flash_sale_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class FlashItem(models.Model):
    """One variant in a sale. `planned` is what the rule wants, `quota` what was really taken out of stock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sale = models.ForeignKey(FlashSale, on_delete=models.PROTECT, related_name="items")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    price_minor = models.BigIntegerField()
    planned = models.PositiveIntegerField()
    quota = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sale", "variant"], name="flash_item_once_per_sale"),
            models.CheckConstraint(name="flash_item_costs_something", condition=Q(price_minor__gt=0, planned__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.price_minor}"


class FlashBucket(models.Model):
    """A share of the pieces of an item. Many buyers take from many shares, so no row is hot.

    Everything that becomes of a piece is counted in its own share, and the database insists that it adds up.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(FlashItem, on_delete=models.PROTECT, related_name="buckets")
    number = models.PositiveSmallIntegerField()
    quota = models.IntegerField()
    available = models.IntegerField()
    reserved = models.IntegerField(default=0)
    sold = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="flash_bucket_place"),
            models.CheckConstraint(
                name="flash_bucket_not_negative",
                condition=Q(available__gte=0, reserved__gte=0, sold__gte=0, returned__gte=0),
            ),
            models.CheckConstraint(
                name="flash_bucket_adds_up",
                condition=Q(quota=F("available") + F("reserved") + F("sold") + F("returned")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}: {self.available}"


class FlashToken(models.Model):
    """The right of one person to try for one piece, once. It reserves nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(FlashItem, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=64, blank=True)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["buyer", "given_at"], name="flash_token_of_buyer"),
            models.Index(fields=["place", "given_at"], name="flash_token_of_place"),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id} {self.item_id}"


class FlashOrderState(models.TextChoices):
    """Waiting for its money, paid, or given back."""

    RESERVED = "RESERVED"
    SOLD = "SOLD"
    RELEASED = "RELEASED"


class FlashOrder(models.Model):
    """What one order took in a sale. The order stands above this app, so its id is plain."""

    order_id = models.UUIDField(primary_key=True)
    token = models.OneToOneField(FlashToken, on_delete=models.PROTECT, related_name="+")
    sale = models.ForeignKey(FlashSale, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(FlashItem, on_delete=models.PROTECT, related_name="+")
    bucket = models.ForeignKey(FlashBucket, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lineage_id = models.UUIDField()
    quantity = models.PositiveSmallIntegerField()
    discount_minor = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=FlashOrderState.choices, default=FlashOrderState.RESERVED)
    household = models.CharField(max_length=64, blank=True)
    is_flagged = models.BooleanField(default=False)
    reserved_at = models.DateTimeField()
    pay_by = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lineage_id", "buyer"],
                name="flash_once_per_person",
                condition=Q(state__in=["RESERVED", "SOLD"]),
            ),
            models.CheckConstraint(name="flash_order_takes_something", condition=Q(quantity__gt=0)),
        ]
        indexes = [
            models.Index(fields=["sale", "household"], name="flash_order_household"),
            models.Index(fields=["item", "state"], name="flash_order_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"


class FlashWait(models.Model):
    """A place in the line of those who came when everything was taken."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(FlashItem, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"], name="flash_wait_once_until_told", condition=Q(told_at=None)
            )
        ]
        indexes = [
            models.Index(fields=["item", "joined_at", "id"], name="flash_wait_in_order", condition=Q(told_at=None)),
            models.Index(fields=["item", "told_at"], name="flash_wait_told"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.item_id}"


class FlashReminder(models.Model):
    """Somebody who wants to hear shortly before a sale begins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sale = models.ForeignKey(FlashSale, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sale", "user"], name="flash_reminder_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.sale_id}"
