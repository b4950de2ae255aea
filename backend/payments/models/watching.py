"""What the risk monitor remembers, what it holds, and the alarms that are open."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from backend.payments.models.money import Payment


class PaymentTry(models.Model):
    """Somebody went to pay. Device, address and payer are digests under a pepper that changes each month."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=64, blank=True)
    payer = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["buyer", "at"], name="payment_try_of_buyer"),
            models.Index(fields=["device", "at"], name="payment_try_on_device", condition=~Q(device="")),
            models.Index(fields=["address", "at"], name="payment_try_at_address", condition=~Q(address="")),
            models.Index(fields=["at"], name="payment_try_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.at:%Y-%m-%d %H:%M}"


class HoldState(models.TextChoices):
    """What a payment that looks unusual waits for."""

    CONFIRM = "CONFIRM", _("Waits for the buyer to confirm it")
    REVIEW = "REVIEW", _("Waits for a person to look at it")
    RELEASED = "RELEASED", _("May be paid")
    REFUSED = "REFUSED", _("May not be paid")


class RiskHold(models.Model):
    """A payment that looked unusual, why, and what was decided. Nothing is refused without a person and a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveIntegerField()
    evidence = models.JSONField()
    state = models.CharField(max_length=12, choices=HoldState.choices)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | (Q(decided_by__isnull=False) & ~Q(note="")),
                name="risk_refused_by_a_person_with_a_reason",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-made_at"], name="risk_hold_by_state"),
            models.Index(fields=["buyer", "-decided_at"], name="risk_hold_of_buyer"),
        ]

    def __str__(self) -> str:
        return f"{self.score} {self.state}"


class PaymentAlert(models.Model):
    """An alarm about payments; one of a kind is open at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=4)
    evidence = models.JSONField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(closed_at__isnull=True), name="payment_alert_one_open_of_a_kind"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["-opened_at"], name="payment_alert_newest")]

    def __str__(self) -> str:
        return f"{self.level} {self.kind}"
