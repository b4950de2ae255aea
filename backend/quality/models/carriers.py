"""Which carriers are taken first in a region, and which not at the moment."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Standing(models.TextChoices):
    """What a person decided about a carrier in a region."""

    PREFERRED = "PREFERRED", _("Taken first")
    PAUSED = "PAUSED", _("Not taken")


class CarrierStanding(models.Model):
    """One decision about a carrier in a region, with its reason. An old one is ended, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    carrier = models.CharField(max_length=30)
    zone = models.CharField(max_length=12)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carrier", "zone"], condition=Q(ended_at=None), name="carrier_standing_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["zone"],
                condition=Q(ended_at=None, standing="PREFERRED"),
                name="carrier_standing_one_first_in_a_region",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="carrier_standing_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.zone} {self.standing}"
