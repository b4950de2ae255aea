"""Payments, refunds and every message a provider sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from backend.orders.models import Order


class PaymentState(models.TextChoices):
    """How far the money of one payment has come in."""

    CREATED = "CREATED", _("Waiting for payment")
    AUTHORISED = "AUTHORISED", _("Held, not taken yet")
    SUCCEEDED = "SUCCEEDED", _("Paid")
    FAILED = "FAILED", _("Payment failed")
    EXPIRED = "EXPIRED", _("Payment expired")
    VOIDED = "VOIDED", _("Released, nothing was taken")
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED", _("Partly refunded")
    REFUNDED = "REFUNDED", _("Refunded")


class RefundState(models.TextChoices):
    """How far the money of one refund has gone back."""

    APPROVED = "APPROVED", _("Refund on its way")
    SUBMITTED = "SUBMITTED", _("Sent to the payment provider")
    FAILED = "FAILED", _("Refund will be tried again")
    MANUAL = "MANUAL", _("Refund is being handled by a person")
    SUCCEEDED = "SUCCEEDED", _("Refunded")


class Verdict(models.TextChoices):
    """What became of a message from a provider."""

    APPLIED = "APPLIED", _("Applied")
    REPEATED = "REPEATED", _("Already known")
    PARKED = "PARKED", _("Waiting for an earlier message")
    IGNORED = "IGNORED", _("Nothing to do")
    BAD_SIGNATURE = "BAD_SIGNATURE", _("Signature does not match")
    STALE = "STALE", _("Too old")
    UNREADABLE = "UNREADABLE", _("Cannot be read")
    UNKNOWN_PAYMENT = "UNKNOWN_PAYMENT", _("No such payment")
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH", _("Amount does not match")
    SECOND_CHARGE = "SECOND_CHARGE", _("The same payment was charged twice")
    DISPUTED = "DISPUTED", _("The payer disputes the payment")
    UNASKED_REFUND = "UNASKED_REFUND", _("Refunded elsewhere, amount not told")


class Payment(models.Model):
    """One try to pay for an order through one provider. `is_hold` asks it to hold the money and not to take it yet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=30)
    reference = models.CharField(max_length=64, unique=True)
    provider_reference = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=24, choices=PaymentState.choices, default=PaymentState.CREATED)
    currency = models.CharField(max_length=3, default="CNY")
    amount_minor = models.BigIntegerField()
    captured_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    credit_minor = models.BigIntegerField(db_default=0, default=0)
    credit_refunded_minor = models.BigIntegerField(db_default=0, default=0)
    settles_order = models.BooleanField(default=False)
    is_hold = models.BooleanField(db_default=False, default=False)
    booked_in = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    captured_at = models.DateTimeField(null=True, blank=True)
    session_number = models.PositiveSmallIntegerField(db_default=0, default=0)
    session_id = models.CharField(max_length=120, blank=True, db_default="", default="")
    session_url = models.TextField(blank=True, db_default="", default="")
    session_until = models.DateTimeField(null=True, blank=True)
    look_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("captured_minor")),
                name="payment_refunded_within_captured",
            ),
            models.CheckConstraint(
                condition=Q(captured_minor=0) | Q(captured_minor=F("amount_minor")),
                name="payment_captured_whole_or_not",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="payment_amount_not_below_zero"),
            models.CheckConstraint(
                condition=Q(credit_refunded_minor__gte=0, credit_refunded_minor__lte=F("credit_minor")),
                name="payment_credit_refunded_within_taken",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(settles_order=True), name="payment_one_settles_an_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order", "-created_at"], name="payment_of_order"),
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="payment_to_look_at"),
            models.Index(
                fields=["provider", "provider_reference"],
                condition=~Q(provider_reference=""),
                name="payment_by_provider",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ChosenProvider(models.Model):
    """How a buyer chose to pay the last time."""

    buyer = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=30)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.provider


class Refund(models.Model):
    """Money that goes back from one payment. Its id is the key under which the provider knows it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=100)
    reason = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=RefundState.choices, default=RefundState.APPROVED)
    currency = models.CharField(max_length=3, default="CNY")
    amount_minor = models.BigIntegerField()
    credit_minor = models.BigIntegerField(db_default=0, default=0)
    to_credit = models.BooleanField(db_default=False, default=False)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    requested_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "cause"], name="refund_one_per_cause"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_amount_above_zero"),
            models.CheckConstraint(
                condition=Q(credit_minor__gte=0, credit_minor__lte=F("amount_minor")),
                name="refund_credit_within_amount",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["APPROVED", "SUBMITTED", "FAILED"]),
                name="refund_to_submit",
            ),
            models.Index(fields=["order"], name="refund_of_order"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.amount_minor}"

    @property
    def provider_minor(self) -> int:
        """What the provider sends back; the rest became store credit when the refund was decided."""
        return self.amount_minor - self.credit_minor


class Wallet(models.Model):
    """How much of a person's store credit is set aside for orders that are not paid yet. The book has the balance."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+")
    held_minor = models.BigIntegerField(db_default=0, default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(held_minor__gte=0), name="wallet_held_not_below_zero")
        ]

    def __str__(self) -> str:
        return f"{self.held_minor}"


class CreditState(models.TextChoices):
    """What became of store credit that an order asked for."""

    HELD = "HELD", _("Set aside")
    TAKEN = "TAKEN", _("Spent")
    RELEASED = "RELEASED", _("Given back")


class CreditHold(models.Model):
    """Store credit that one order pays with."""

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.PROTECT, related_name="+")
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=CreditState.choices, default=CreditState.HELD)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="credit_hold_above_zero")]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.state}"


class ProviderEvent(models.Model):
    """One message from a provider and what became of it.

    Only authentic messages occupy their event id, so a forger cannot block the true message by guessing it.
    A forged or stale one is kept once per content.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=30)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    refund_key = models.CharField(max_length=64, blank=True)
    amount_minor = models.BigIntegerField(default=0)
    is_authentic = models.BooleanField()
    digest = models.CharField(max_length=64)
    payload = models.TextField()
    verdict = models.CharField(max_length=24, choices=Verdict.choices)
    times_seen = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    review_note = models.CharField(max_length=500, blank=True, db_default="", default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "event_id"], condition=Q(is_authentic=True), name="provider_event_once"
            ),
            models.UniqueConstraint(
                fields=["provider", "digest"], condition=Q(is_authentic=False), name="provider_forgery_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reference"], condition=Q(verdict="PARKED"), name="provider_event_parked"),
            models.Index(fields=["verdict", "-received_at"], name="provider_event_by_verdict"),
            models.Index(fields=["kind", "received_at"], name="provider_event_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id} {self.verdict}"
