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


class InvoiceKind(models.TextChoices):
    """An invoice, or the note that takes part of one back."""

    INVOICE = "INVOICE"
    CREDIT_NOTE = "CREDIT_NOTE"


class InvoiceWay(models.TextChoices):
    """How the buyer wants it."""

    ELECTRONIC = "ELECTRONIC"
    PAPER = "PAPER"


class InvoiceSeries(models.Model):
    """The last number given in a year. Whoever gives the next one holds this row."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_sequence = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last_sequence}"


class InvoiceWish(models.Model):
    """Which invoice a buyer wants for an order, and for whom; it is issued once the order is paid."""

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=InvoiceWay.choices)
    title = models.CharField(max_length=80)
    tax_number = models.CharField(max_length=20, blank=True)
    address = models.JSONField(default=dict)
    wished_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Invoice(models.Model):
    """One issued document. Its number follows the one before; a trigger refuses a gap, a change and a deletion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices)
    refund_id = models.UUIDField(null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    tax_number = models.CharField(max_length=20, blank=True)
    lines = models.JSONField()
    total_minor = models.BigIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "sequence"], name="invoice_number_once"),
            models.UniqueConstraint(
                fields=["order", "kind", "refund_id"], nulls_distinct=False, name="invoice_once_per_cause"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="invoice_sequence_from_one"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as it is printed."""
        return f"TZ{self.year}-{self.sequence:08d}"


class InvoiceFile(models.Model):
    """The document of an issued invoice. It lies in the database, where only its owner's page reads it."""

    invoice = models.OneToOneField(Invoice, primary_key=True, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.invoice_id)
