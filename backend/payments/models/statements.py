"""Statement files of providers, what stands in them, and where they and we differ."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from backend.payments.models.money import Payment, Refund


class Reconciliation(models.Model):
    """One statement file, compared with what we know. The same file is compared once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=30)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    period_from = models.DateTimeField()
    period_until = models.DateTimeField()
    rows_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    matched_count = models.PositiveIntegerField(default=0)
    ignored_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "digest"], name="reconciliation_once_per_file")
        ]
        indexes: ClassVar = [models.Index(fields=["-made_at", "-id"], name="reconciliation_newest")]

    def __str__(self) -> str:
        return f"{self.provider} {self.file_name}"


class StatementRow(models.Model):
    """One movement as the provider states it; the same one in two files is kept once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=30)
    key = models.CharField(max_length=160)
    kind = models.CharField(max_length=12)
    reference = models.CharField(max_length=64, blank=True)
    provider_reference = models.CharField(max_length=120, blank=True)
    refund_key = models.CharField(max_length=64, blank=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["provider", "key"], name="statement_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["provider", "reference"], name="statement_row_by_reference"),
            models.Index(fields=["provider", "refund_key"], name="statement_row_by_refund"),
        ]

    def __str__(self) -> str:
        return self.key


class DifferenceKind(models.TextChoices):
    """How the provider's word and ours differ."""

    MISSING_HERE = "MISSING_HERE", _("Missing here")
    MISSING_THERE = "MISSING_THERE", _("Missing there")
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS", _("Amount differs")


class Resolution(models.TextChoices):
    """What a person decided about a difference."""

    ACCEPT = "ACCEPT", _("Accepted as it is")
    BOOK = "BOOK", _("Booked")
    REFUND = "REFUND", _("Sent back")


class Difference(models.Model):
    """A task: one movement that stands differently there and here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=DifferenceKind.choices)
    subject = models.CharField(max_length=200)
    row = models.ForeignKey(StatementRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refund = models.ForeignKey(Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    there_minor = models.BigIntegerField(null=True, blank=True)
    here_minor = models.BigIntegerField(null=True, blank=True)
    resolution = models.CharField(max_length=8, choices=Resolution.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="difference_once"),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at__isnull=True)
                | (~Q(resolution="") & Q(resolved_at__isnull=False)),
                name="difference_resolved_with_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["reconciliation", "resolution"], name="difference_of_run")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
