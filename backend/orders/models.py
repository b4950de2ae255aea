"""Orders and their lines. Prices are copied here and never looked up again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class OrderState(models.TextChoices):
    """Where an order stands. The legal moves are in `rules.MOVES`."""

    PENDING_PAYMENT = "PENDING_PAYMENT", _("Waiting for payment")
    AWAITING_GROUP = "AWAITING_GROUP", _("Paid, the group is filling")
    PAID = "PAID", _("Paid, to be sent")
    FULFILLING = "FULFILLING", _("Partly sent")
    SHIPPED = "SHIPPED", _("On its way")
    DELIVERED = "DELIVERED", _("Delivered")
    COMPLETED = "COMPLETED", _("Completed")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled, the money is coming back")
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED", _("Partly refunded")
    REFUNDED = "REFUNDED", _("Refunded")


class OrderKind(models.TextChoices):
    """Whether an order stands alone, waits for a group, or is for something that nobody sends."""

    SINGLE = "single", _("Single")
    GROUP = "group", _("Group")
    SERVICE = "service", _("Service")


class Order(models.Model):
    """What one buyer asked for, at which price, and how far it has come.

    `captures_later` says that its money is taken when its group is full, by providers that can hold money till then.
    An order of a service has no lines: `service` says in each language what it is for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=OrderState.choices, default=OrderState.PENDING_PAYMENT)
    kind = models.CharField(max_length=12, choices=OrderKind.choices, default=OrderKind.SINGLE)
    campaign_id = models.UUIDField(null=True, blank=True)
    via = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True, default="", db_default="")
    service = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    items_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    shipping_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    tendered_minor = models.BigIntegerField(db_default=0, default=0)
    address = models.JSONField(default=dict)
    placed_at = models.DateTimeField()
    pay_deadline_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=60, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    late_payment = models.BooleanField(default=False)
    captures_later = models.BooleanField(db_default=False, default=False)
    complete_at = models.DateTimeField(null=True, blank=True)
    completion_paused_at = models.DateTimeField(null=True, blank=True)
    completion_extended = models.BooleanField(db_default=False, default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(total_minor=F("items_minor") - F("discount_minor") + F("shipping_minor")),
                name="order_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(items_minor__gte=0, discount_minor__gte=0, shipping_minor__gte=0, total_minor__gte=0),
                name="order_amounts_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(tendered_minor__gte=0, tendered_minor__lte=F("total_minor")),
                name="order_tendered_within_total",
            ),
            models.CheckConstraint(
                condition=(Q(kind="service") & ~Q(service={})) | (~Q(kind="service") & Q(service={})),
                name="order_service_says_what_for",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["buyer", "-placed_at", "-id"], name="order_of_buyer"),
            models.Index(
                fields=["pay_deadline_at"], condition=Q(state="PENDING_PAYMENT"), name="order_unpaid_by_deadline"
            ),
            models.Index(
                fields=["complete_at"],
                condition=Q(state="DELIVERED", completion_paused_at=None),
                name="order_to_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def payable_minor(self) -> int:
        """What is left to pay through a provider, after what was paid from store credit."""
        return self.total_minor - self.tendered_minor


class OrderLine(models.Model):
    """One variant in an order, as it was named and priced when it was ordered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    product_slug = models.CharField(max_length=120)
    title = models.JSONField()
    option_title = models.JSONField(default=dict)
    picture = models.ForeignKey("core.Picture", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    is_gift = models.BooleanField(db_default=False, default=False)
    refunded_quantity = models.PositiveIntegerField(db_default=0, default=0)
    refunded_minor = models.BigIntegerField(db_default=0, default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_one_per_position"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_quantity_at_least_one"),
            models.CheckConstraint(
                condition=Q(total_minor=F("unit_minor") * F("quantity") - F("discount_minor"))
                & Q(discount_minor__gte=0, total_minor__gte=0),
                name="order_line_total_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity"))
                & Q(refunded_minor__gte=0, refunded_minor__lte=F("total_minor")),
                name="order_line_refunded_within_bought",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.position}"
