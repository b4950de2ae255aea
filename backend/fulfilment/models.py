"""Parcels, what lies in them, and everything the carriers said about them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backend.core.ids import new_id
from backend.orders.models import Order, OrderLine


class ShipmentState(models.TextChoices):
    """Where a parcel is. The legal moves are in `rules.MOVES`."""

    PACKED = "PACKED", _("Packed")
    SHIPPED = "SHIPPED", _("Handed to the carrier")
    IN_TRANSIT = "IN_TRANSIT", _("On its way")
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY", _("Out for delivery")
    DELIVERED = "DELIVERED", _("Delivered")
    EXCEPTION = "EXCEPTION", _("Held up")
    RETURNED = "RETURNED", _("Came back")
    CANCELLED = "CANCELLED", _("Unpacked again")


class Packaging(models.TextChoices):
    """How a parcel is wrapped: never more than it needs."""

    MINIMAL = "MINIMAL", _("As little as possible")
    STANDARD = "STANDARD", _("Standard box")
    FRAGILE = "FRAGILE", _("Fragile, padded twice")


class DeliveryWindow(models.TextChoices):
    """The part of the day in which a parcel may be brought."""

    MORNING = "MORNING", _("9:00–12:00")
    AFTERNOON = "AFTERNOON", _("12:00–18:00")
    EVENING = "EVENING", _("18:00–21:00")


class Verdict(models.TextChoices):
    """What became of a message from a carrier."""

    APPLIED = "APPLIED", _("Applied")
    LATE = "LATE", _("Written down; newer news were here")
    REPEATED = "REPEATED", _("Already known")
    UNKNOWN_PARCEL = "UNKNOWN_PARCEL", _("No such parcel")
    NOT_EXPECTED = "NOT_EXPECTED", _("The parcel should not have moved")
    BAD_TIME = "BAD_TIME", _("Told of an impossible time")
    BAD_SIGNATURE = "BAD_SIGNATURE", _("Signature does not match")
    STALE = "STALE", _("Too old")
    UNREADABLE = "UNREADABLE", _("Cannot be read")


class ResendReason(models.TextChoices):
    """Why something is sent once more."""

    EXCHANGE = "EXCHANGE", pgettext_lazy("resend", "Exchanged")
    REPAIR = "REPAIR", _("Repaired")
    REPLACEMENT = "REPLACEMENT", _("Missing or wrong, sent again")


class Resend(models.Model):
    """What must be sent once more for an order that was sent already.

    Who asked for it stands above this app, so it is named by a kind and an id, and by a number that people read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    asker_kind = models.CharField(max_length=30)
    asker_id = models.UUIDField()
    asker_number = models.CharField(max_length=24)
    reason = models.CharField(max_length=12, choices=ResendReason.choices)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asker_kind", "asker_id"], name="resend_once_per_asker"),
        ]
        indexes: ClassVar = [models.Index(fields=["order"], name="resend_of_order")]

    def __str__(self) -> str:
        return f"{self.asker_number} {self.reason}"


class ResendLine(models.Model):
    """So many pieces of one variant to send once more, in place of what an order line brought."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resend = models.ForeignKey(Resend, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resend", "line"], name="resend_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="resend_line_quantity_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.resend_id} {self.variant_id} x {self.quantity}"


class Shipment(models.Model):
    """One parcel: some pieces of one order, one carrier, one way.

    It brings the order itself, or a part of what must be sent once more. `is_checked` says that the packer
    named each piece by its code. `label_due_at` is when the carrier is asked for a number next; it is empty when
    nothing is to be asked.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    resend = models.ForeignKey(Resend, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=ShipmentState.choices, default=ShipmentState.PACKED)
    carrier = models.CharField(max_length=30)
    tracking_number = models.CharField(max_length=40, blank=True)
    packaging = models.CharField(max_length=12, choices=Packaging.choices, default=Packaging.STANDARD)
    thanks = models.CharField(max_length=160, blank=True)
    gift = models.CharField(max_length=60, blank=True)
    packed_by_id = models.UUIDField(null=True, blank=True)
    is_checked = models.BooleanField(default=False, db_default=False)
    packed_at = models.DateTimeField()
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    expected_from = models.DateField(null=True, blank=True)
    expected_until = models.DateField(null=True, blank=True)
    news_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    label_due_at = models.DateTimeField(null=True, blank=True)
    label_attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carrier", "tracking_number"],
                condition=~Q(tracking_number=""),
                name="shipment_number_once_per_carrier",
            ),
            models.UniqueConstraint(fields=["order", "position"], name="shipment_one_per_position"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["label_due_at"], condition=Q(label_due_at__isnull=False), name="shipment_label_due"),
            models.Index(fields=["state", "news_at"], name="shipment_by_news"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number or self.id}"


class ShipmentLine(models.Model):
    """So many pieces of one order line in one parcel.

    A trigger keeps their sum within what was bought, and those that are sent once more within what was asked for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    resend_line = models.ForeignKey(ResendLine, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shipment", "line"], name="shipment_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="shipment_line_quantity_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.line_id} x {self.quantity}"


class CarrierMessage(models.Model):
    """One message from a carrier, as it came, and what became of it.

    Only authentic messages occupy their event id; a forged one is kept once per content.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    carrier = models.CharField(max_length=30)
    event_id = models.CharField(max_length=80)
    tracking_number = models.CharField(max_length=40, blank=True)
    is_authentic = models.BooleanField()
    digest = models.CharField(max_length=64)
    payload = models.TextField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    times_seen = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carrier", "event_id"], condition=Q(is_authentic=True), name="carrier_message_once"
            ),
            models.UniqueConstraint(
                fields=["carrier", "digest"], condition=Q(is_authentic=False), name="carrier_forgery_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["carrier", "tracking_number"],
                condition=Q(verdict="UNKNOWN_PARCEL"),
                name="carrier_message_unknown",
            ),
            models.Index(
                fields=["-received_at"],
                condition=Q(
                    verdict__in=["UNKNOWN_PARCEL", "NOT_EXPECTED", "BAD_TIME", "BAD_SIGNATURE", "UNREADABLE"],
                    reviewed_at=None,
                ),
                name="carrier_message_to_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.event_id} {self.verdict}"


class ReturnParcel(models.Model):
    """A parcel that somebody sends to the shop, known by the number its sender gave.

    Who waits for it stands above this app, so it is named by a kind and an id. `scanned_at` is when the carrier first
    had it in hand.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    carrier = models.CharField(max_length=30)
    tracking_number = models.CharField(max_length=40)
    asker_kind = models.CharField(max_length=30)
    asker_id = models.UUIDField()
    not_before = models.DateTimeField()
    announced_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["carrier", "tracking_number"], name="return_parcel_number_once"),
            models.UniqueConstraint(fields=["asker_kind", "asker_id"], name="return_parcel_once_per_asker"),
            models.CheckConstraint(
                condition=Q(scanned_at=None) | Q(scanned_at__gte=F("not_before")), name="return_parcel_not_an_old_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"


class TrackingEvent(models.Model):
    """One step of a parcel, with the time and place at which it was taken."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(CarrierMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=30)
    place = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["shipment", "at", "id"], name="tracking_of_shipment")]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.code}"


class DeliveryWish(models.Model):
    """The day and part of the day at which a buyer would like a parcel."""

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.PROTECT, related_name="+")
    day_on = models.DateField()
    window = models.CharField(max_length=12, choices=DeliveryWindow.choices)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_id} {self.day_on} {self.window}"


class DispatchAlert(models.Model):
    """An order that was not sent in time. One per order."""

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.PROTECT, related_name="+")
    dispatch_by = models.DateTimeField()
    raised_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_id}"


class DelayForecast(models.Model):
    """A parcel that will probably come after its promised day. One per parcel; its buyer was told then."""

    shipment = models.OneToOneField(Shipment, primary_key=True, on_delete=models.PROTECT, related_name="+")
    promised_until = models.DateField()
    expected_until = models.DateField()
    late_bps = models.PositiveIntegerField()
    alike_count = models.PositiveIntegerField()
    foreseen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expected_until__gt=F("promised_until")), name="forecast_is_later_than_promised"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.expected_until}"


class AddressReading(models.Model):
    """Somebody of the staff read where a buyer lives: who, when and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["order", "-at"], name="address_reading_of_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.reader_id}"
