"""The tables of the stock room."""

from django.db import models
from django.db.models import F, Q

from backend.catalogue.models import Variant
from backend.core.ids import new_id


class StockItem(models.Model):
    """How many of one variant there are, and how many of them are spoken for."""

    variant = models.OneToOneField(Variant, primary_key=True, on_delete=models.PROTECT, related_name="+")
    on_hand = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)

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
    """What one order holds of one variant. The order stands above this app, so its id is plain."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_id = models.UUIDField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    state = models.CharField(max_length=20, choices=ReservationState.choices, default=ReservationState.HELD)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_id", "variant"], name="reservation_once_per_order"),
            models.CheckConstraint(name="reservation_quantity_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.variant_id} x {self.quantity}"
