"""Share links, the visits they cause, who brought whom, and what it was rewarded with."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class LinkKind(models.TextChoices):
    """What a link leads to."""

    PRODUCT = "PRODUCT", _("Product")
    GROUP = "GROUP", _("Group")
    POST = "POST", _("Post")
    CAMPAIGN = "CAMPAIGN", _("Campaign")
    PROFILE = "PROFILE", _("Profile")


class ShareLink(models.Model):
    """A short link of one person to one target."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=12, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    target_id = models.UUIDField()
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "kind", "target_id"], name="share_link_one_per_target"),
        ]

    def __str__(self) -> str:
        return self.code


class Click(models.Model):
    """One visit through a link. Visits of crawlers are kept and never count."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="+")
    visitor = models.CharField(max_length=40)
    agent = models.CharField(max_length=200, blank=True)
    is_bot = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["visitor", "-at"], condition=Q(is_bot=False), name="click_of_visitor"),
            models.Index(fields=["link", "-at"], name="click_of_link"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at:%F %T}"


class Binding(models.Model):
    """Who brought whom. One per invitee, for good; the inviter's own inviter is frozen beside it."""

    invitee = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_level = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="+")
    clicked_at = models.DateTimeField()
    bound_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(invitee=F("inviter")), name="binding_not_oneself"),
            models.CheckConstraint(
                condition=Q(second_level=None) | ~Q(second_level=F("invitee")), name="binding_second_level_not_oneself"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["inviter", "-bound_at", "-invitee"], name="binding_of_inviter")]

    def __str__(self) -> str:
        return f"{self.inviter_id} brought {self.invitee_id}"


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
