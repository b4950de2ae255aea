"""What two accounts have in common, as digests that mean nothing without the pepper of their period."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Pepper(models.Model):
    """The secret of one period of ninety days. With the row gone, its digests can never be made again."""

    period = models.PositiveIntegerField(primary_key=True)
    secret = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.period)


class IdentifierKind(models.TextChoices):
    """What can tell that two accounts are one person or one household."""

    EMAIL = "EMAIL", _("E-mail")
    PHONE = "PHONE", _("Phone number")
    PAYER = "PAYER", _("Payment account")
    DEVICE = "DEVICE", _("Device")
    ADDRESS = "ADDRESS", _("Shipping address")
    NETWORK = "NETWORK", _("Network")


class Identifier(models.Model):
    """That an account was seen with something, as a digest. Forgotten after ninety days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=IdentifierKind.choices)
    period = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind", "period", "digest"], name="identifier_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["digest", "kind", "period"], name="identifier_shared"),
            models.Index(fields=["seen_at"], name="identifier_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
