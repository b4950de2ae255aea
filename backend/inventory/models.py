"""The tables of the stock room."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backend.accounts.models import User
from backend.catalogue.models import Variant
from backend.core.ids import new_id

LOW_MARK = 5


class StockItem(models.Model):
    """How many of one variant there are, and how many of them are spoken for."""

    variant = models.OneToOneField(Variant, primary_key=True, on_delete=models.PROTECT, related_name="+")
    on_hand = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    low_mark = models.PositiveIntegerField(default=LOW_MARK, db_default=LOW_MARK)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stock_reserved_within_on_hand", condition=Q(reserved__gte=0, reserved__lte=F("on_hand"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.on_hand} - {self.reserved}"


class ReservationState(models.TextChoices):
    """Held for an order, gone with it, or given back."""

    HELD = "HELD"
    COMMITTED = "COMMITTED"
    RELEASED = "RELEASED"


class Reservation(models.Model):
    """What one order holds of one variant. The order stands above this app, so its id is plain.

    `holder_id` names the set-aside pieces that it was handed, if it did not come from the free shelf.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_id = models.UUIDField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    state = models.CharField(max_length=20, choices=ReservationState.choices, default=ReservationState.HELD)
    holder_id = models.UUIDField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_id", "variant"], name="reservation_once_per_order"),
            models.CheckConstraint(name="reservation_quantity_positive", condition=Q(quantity__gt=0)),
        ]
        indexes = [
            models.Index(fields=["holder_id", "variant"], name="reservation_of_holder", condition=~Q(holder_id=None))
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.variant_id} x {self.quantity}"


class SetAside(models.Model):
    """Pieces that an upper app took off the free shelf for something of its own, such as one flash sale.

    They count as reserved. Handing them to an order changes no number here, so a much wanted variant has no hot row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    holder_id = models.UUIDField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "set aside"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "variant"], name="set_aside_once_per_holder"),
            models.CheckConstraint(name="set_aside_not_negative", condition=Q(quantity__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.variant_id} x {self.quantity}"


class MovementKind(models.TextChoices):
    """Why the number on hand changed."""

    OPENING = "OPENING"
    RECEIVED = "RECEIVED"
    CORRECTED = "CORRECTED"
    SOLD = "SOLD"
    RETURNED = "RETURNED"


class StockMovement(models.Model):
    """One change of the number on hand: how many, why, and by whom. Rows are only added; their sum is the number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=MovementKind.choices)
    change = models.BigIntegerField()
    on_hand = models.BigIntegerField()
    reason = models.CharField(max_length=200, blank=True, default="")
    reference = models.CharField(max_length=80, blank=True, default="")
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="movement_moves_something", condition=~Q(change=0))]
        indexes = [
            models.Index(fields=["variant", "-at", "-id"], name="movement_newest"),
            models.Index(fields=["reference"], name="movement_of_reference", condition=~Q(reference="")),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.change:+d}"


class StockImport(models.Model):
    """A file of stock numbers that was taken in: what landed, and what came back with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120, blank=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rows_count = models.PositiveIntegerField()
    landed_count = models.PositiveIntegerField()
    refused = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="stock_import_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.landed_count}/{self.rows_count}"


class StockWatch(models.Model):
    """Somebody who wants to hear when a variant is there again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "stock watches"
        constraints = [
            models.UniqueConstraint(fields=["variant", "user"], name="watch_once_until_told", condition=Q(told_at=None))
        ]
        indexes = [
            models.Index(fields=["variant", "asked_at", "id"], name="watch_in_order", condition=Q(told_at=None)),
            models.Index(fields=["user"], name="watch_of_person", condition=Q(told_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.variant_id}"


class InboundVerdict(models.TextChoices):
    """What became of one line of a delivery."""

    ACCEPTED = "ACCEPTED", pgettext_lazy("lot", "Accepted")
    REJECTED = "REJECTED", pgettext_lazy("lot", "Sent back")


class InboundSeverity(models.TextChoices):
    """Which table the goods are judged by."""

    NORMAL = "NORMAL", _("Normal inspection")
    TIGHTENED = "TIGHTENED", _("Tightened inspection")


class InboundDelivery(models.Model):
    """Goods that a supplier brought, with the note that came with them. They are no stock until they are accepted.

    `improved` is what the supplier changed, where goods of theirs were stopped before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    supplier = models.CharField(max_length=80)
    note_number = models.CharField(max_length=40)
    improved = models.CharField(max_length=300, blank=True, default="", db_default="")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "inbound deliveries"
        constraints = [models.UniqueConstraint(fields=["supplier", "note_number"], name="inbound_note_once")]
        indexes = [models.Index(fields=["-arrived_at", "-id"], name="inbound_newest")]

    def __str__(self) -> str:
        return f"{self.supplier} {self.note_number}"


class InboundLine(models.Model):
    """So many pieces of one variant in a delivery, how many are looked at, and what was found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    delivery = models.ForeignKey(InboundDelivery, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    level = models.CharField(max_length=3)
    severity = models.CharField(
        max_length=10,
        choices=InboundSeverity.choices,
        default=InboundSeverity.NORMAL,
        db_default=InboundSeverity.NORMAL,
    )
    sample_size = models.PositiveIntegerField()
    accept_number = models.PositiveIntegerField()
    defects = models.PositiveIntegerField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=InboundVerdict.choices, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    inspected_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    inspected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "variant"], name="inbound_variant_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, sample_size__gte=1, sample_size__lte=F("quantity")),
                name="inbound_sample_within_delivery",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", defects=None)
                | Q(verdict="ACCEPTED", defects__lte=F("accept_number"))
                | Q(verdict="REJECTED", defects__gt=F("accept_number")),
                name="inbound_verdict_follows_the_table",
            ),
            models.CheckConstraint(
                condition=Q(defects=None) | Q(defects__lte=F("sample_size")), name="inbound_defects_within_sample"
            ),
        ]
        indexes = [models.Index(fields=["delivery"], condition=Q(verdict=""), name="inbound_to_inspect")]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.variant_id} x {self.quantity}"


class StoragePlace(models.Model):
    """Where a variant lies: the aisle, the bay counted from the front, and the shelf counted from the floor."""

    variant = models.OneToOneField(Variant, primary_key=True, on_delete=models.PROTECT, related_name="+")
    aisle = models.PositiveSmallIntegerField()
    bay = models.PositiveSmallIntegerField()
    shelf = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(aisle__gte=1, aisle__lte=99, bay__gte=1, bay__lte=99, shelf__gte=1, shelf__lte=9),
                name="storage_place_in_the_warehouse",
            )
        ]

    def __str__(self) -> str:
        return f"{self.aisle:02}-{self.bay:02}-{self.shelf}"
