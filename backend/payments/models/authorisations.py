"""Money that a provider holds for an order and has not taken yet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.payments.models.money import Payment


class AuthorisationState(models.TextChoices):
    """What becomes of money that is only held: it is taken once or released once, never both."""

    HELD = "HELD", _("Held")
    CAPTURE_DUE = "CAPTURE_DUE", _("To be taken")
    CAPTURED = "CAPTURED", _("Taken")
    VOID_DUE = "VOID_DUE", _("To be released")
    VOIDED = "VOIDED", _("Released")
    LOST = "LOST", _("Could not be taken")


class Authorisation(models.Model):
    """One payment whose money the provider holds until `held_until`.

    `attempts` counts how often the provider was asked for what is due; a capture that was asked for is not called off.
    """

    payment = models.OneToOneField(Payment, primary_key=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AuthorisationState.choices, default=AuthorisationState.HELD)
    authorised_at = models.DateTimeField()
    held_until = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["CAPTURED", "VOIDED", "LOST"]) | Q(settled_at__isnull=False),
                name="authorisation_end_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["CAPTURE_DUE", "VOID_DUE"]) | Q(next_attempt_at__isnull=False),
                name="authorisation_due_has_its_next_try",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["CAPTURE_DUE", "VOID_DUE"]),
                name="authorisation_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.state}"
