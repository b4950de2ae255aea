"""What an order took of a rule."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.ids import new_id
from backend.promotions.models.campaigns import Campaign


class UseState(models.TextChoices):
    """Promised with the order, used with its payment, given back when it is not kept."""

    RESERVED = "RESERVED", _("Promised")
    USED = "USED", _("Used")
    RELEASED = "RELEASED", _("Given back")


class PromotionUse(models.Model):
    """One rule in one order. The same order takes it once, however often it is tried."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_id = models.UUIDField()
    buyer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    lineage_id = models.UUIDField()
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=UseState.choices, default=UseState.RESERVED)
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_id", "lineage_id"], name="promotion_use_once_per_order"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="promotion_use_not_below_zero"),
        ]
        indexes = [
            models.Index(
                fields=["buyer", "lineage_id"], name="promotion_use_of_person", condition=~Q(state="RELEASED")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lineage_id} {self.state}"
