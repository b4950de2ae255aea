"""Paying creators: a batch and what goes to each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from referrals.influencers.models.promoters import Promoter, Violation


class BatchState(models.TextChoices):
    """Where a batch stands. The legal moves are in `rules.moves`."""

    OPEN = "OPEN", _("Open")
    FROZEN = "FROZEN", _("Frozen, waiting for two people")
    APPROVED = "APPROVED", _("Approved by two people")
    SENT = "SENT", _("With the bank")
    SETTLED = "SETTLED", _("Settled")
    CANCELLED = "CANCELLED", _("Given up")


class PayoutBatch(models.Model):
    """Money that goes to several creators at once, after two different people have agreed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.OPEN)
    items_count = models.PositiveIntegerField(default=0)
    gross_minor = models.BigIntegerField(default=0)
    withheld_minor = models.BigIntegerField(default=0)
    net_minor = models.BigIntegerField(default=0)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    first_approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    first_approved_at = models.DateTimeField(null=True, blank=True)
    second_approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    second_approved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    result_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("withheld_minor")), name="payout_batch_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(second_approver=None) | ~Q(second_approver=F("first_approver")),
                name="payout_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "SENT", "SETTLED"])
                | Q(first_approver__isnull=False, second_approver__isnull=False),
                name="payout_approved_by_two",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-opened_at", "-id"], name="payout_batch_newest")]

    def __str__(self) -> str:
        return self.number


class ItemState(models.TextChoices):
    """What became of one payment of a batch."""

    WAITING = "WAITING", _("To be sent to the bank")
    PAID = "PAID", _("Paid to the creator")
    FAILED = "FAILED", _("Came back")
    STOPPED = "STOPPED", _("Stopped by a breach")


class PayoutItem(models.Model):
    """What goes to one creator in one batch. What a breach stopped stays as a row and is no part of the sum."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="items")
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    gross_minor = models.BigIntegerField()
    withheld_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    tax_rule = models.CharField(max_length=40)
    bank_tail = models.CharField(max_length=4)
    failure = models.CharField(max_length=200, blank=True)
    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "promoter"], name="payout_item_once_per_creator"),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("withheld_minor"))
                & Q(net_minor__gt=0, withheld_minor__gte=0),
                name="payout_item_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(state="STOPPED", violation__isnull=False) | (~Q(state="STOPPED") & Q(violation=None)),
                name="payout_item_stopped_by_a_breach",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["promoter", "-id"], name="payout_item_of_promoter")]

    def __str__(self) -> str:
        return self.reference
