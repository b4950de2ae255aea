"""What changed the price of an order, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.core.ids import new_id
from backend.orders.models import Order


class OrderAdjustment(models.Model):
    """One adjustment that took part in an order, as its source explained it on that day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    reference_id = models.UUIDField(null=True, blank=True)
    campaign_id = models.UUIDField(null=True, blank=True)
    rule_version = models.CharField(max_length=80, blank=True)
    amount_minor = models.BigIntegerField()
    per_line = models.JSONField()
    label = models.JSONField()
    explanation = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "kind", "reference_id"], nulls_distinct=False, name="adjustment_once_per_order"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="adjustment_not_below_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "reference_id"], name="adjustment_by_reference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor}"
