"""Share links, the visits they cause, and who brought whom."""

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


class Touch(models.Model):
    """A visit that may bring its owner something: a person's, through somebody else's link.

    The visitor is a browser; whose browser it is becomes known when somebody signs up or in with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="+")
    visitor = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visitor", "link", "at"], name="touch_once_at_a_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-at"], name="touch_of_user", condition=Q(user__isnull=False)),
            models.Index(fields=["visitor", "-at"], name="touch_of_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at:%F %T}"


class ShareVisit(models.Model):
    """The first visit that a person's links brought from one browser; so many a day earn points."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="+")
    visitor = models.CharField(max_length=40)
    day = models.DateField()
    points = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "visitor"], name="share_visit_once_per_browser"),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "day"], name="share_visit_of_day")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.day}"


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
