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


class PlaceKind(models.TextChoices):
    """What kind of place many people share."""

    NETWORK = "NETWORK", _("Network")
    ADDRESS = "ADDRESS", _("Shipping address")


class SharedPlace(models.Model):
    """A campus, an office, a pick-up point: that people share it says nothing about them.

    A network is an IP address or a range of at most 256; an address is its beginning, such as 浙江省杭州市.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=PlaceKind.choices)
    text = models.CharField(max_length=120)
    note = models.CharField(max_length=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "text"], name="shared_place_once")]

    def __str__(self) -> str:
        return self.text
