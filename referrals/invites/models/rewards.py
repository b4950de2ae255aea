"""What an invitation was rewarded with."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from referrals.invites.models.links import Binding


class Side(models.TextChoices):
    """Who of the two is rewarded."""

    INVITER = "INVITER", _("Inviter")
    INVITEE = "INVITEE", _("Invitee")


class InviteReward(models.Model):
    """What one side of a binding was promised for the invitee's first order; points are in their lot."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    binding = models.ForeignKey(Binding, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("promotions.CampaignRule", on_delete=models.PROTECT, related_name="+")
    lot = models.OneToOneField("membership.PointLot", on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["binding", "side"], name="invite_reward_once_per_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.points}"
