"""What creators are asked to do, what they made of it, and the rate they are paid by."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from referrals.influencers.models.promoters import Promoter


class BriefKind(models.TextChoices):
    """Who may take a brief."""

    OPEN = "OPEN", _("Open to every creator")
    TARGETED = "TARGETED", _("By invitation")


class BriefState(models.TextChoices):
    """Whether a brief can still be taken."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class Brief(models.Model):
    """The contract that is offered about one product: what to show, what it pays, for how long."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=BriefKind.choices)
    state = models.CharField(max_length=8, choices=BriefState.choices, default=BriefState.OPEN)
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=1000)
    rate_bps = models.PositiveIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    sends_sample = models.BooleanField(default=False)
    month_cap_minor = models.BigIntegerField(null=True, blank=True)
    is_exclusive = models.BooleanField(default=False)
    content_days = models.PositiveSmallIntegerField(default=14)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rate_bps__gte=0, rate_bps__lte=10_000), name="brief_rate_within_all"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="brief_ends_after_start"),
            models.CheckConstraint(condition=Q(fee_minor__gte=0), name="brief_fee_not_below_zero"),
            models.CheckConstraint(condition=~Q(kind="OPEN") | Q(fee_minor=0), name="brief_open_without_fee"),
            models.CheckConstraint(
                condition=Q(month_cap_minor=None) | Q(month_cap_minor__gt=0), name="brief_cap_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(content_days__gte=1, content_days__lte=90), name="brief_content_days_in_reach"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "state", "-created_at", "-id"], name="brief_open_newest"),
            models.Index(fields=["-created_at", "-id"], name="brief_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class CollaborationState(models.TextChoices):
    """Where a creator stands with a brief. The legal moves are in `rules.moves`."""

    INVITED = "INVITED", _("Invited")
    DECLINED = "DECLINED", _("Turned down")
    ACCEPTED = "ACCEPTED", _("Taken, content is due")
    SAMPLE_SENT = "SAMPLE_SENT", _("Sample sent")
    CONTENT_SUBMITTED = "CONTENT_SUBMITTED", _("Content sent in")
    REVISION = "REVISION", _("To be changed")
    CONTENT_APPROVED = "CONTENT_APPROVED", _("Content approved")
    LIVE = "LIVE", _("Live")
    EXPIRED = "EXPIRED", _("Ran out of time")
    CLOSED = "CLOSED", _("Closed")


class Collaboration(models.Model):
    """One creator and one brief. The fee waits in escrow from acceptance to approval."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="+")
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=CollaborationState.choices)
    fee_minor = models.BigIntegerField()
    fee_in_escrow = models.BooleanField(default=False)
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    content_due_at = models.DateTimeField(null=True, blank=True)
    sample_parcel = models.CharField(max_length=60, blank=True)
    live_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "promoter"], name="collaboration_once_per_brief"),
            models.UniqueConstraint(
                fields=["promoter", "product"], condition=Q(state="LIVE"), name="collaboration_one_live_per_product"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["promoter", "-invited_at", "-id"], name="collaboration_of_promoter"),
            models.Index(fields=["state", "-invited_at", "-id"], name="collaboration_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.promoter_id} {self.state}"


class ContentState(models.TextChoices):
    """Where a piece of content stands."""

    SUBMITTED = "SUBMITTED", _("Waiting for a look")
    APPROVED = "APPROVED", _("Content is approved")
    REVISION = "REVISION", _("To be changed")
    LOST = "LOST", _("No longer counts")


class Content(models.Model):
    """A post that a creator made for a collaboration. It counts only while it says that it is advertising."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="contents")
    post_id = models.UUIDField()
    title = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=ContentState.choices, default=ContentState.SUBMITTED)
    tag = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True)
    submitted_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(state__in=["SUBMITTED", "APPROVED"]),
                name="content_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["post_id"], condition=Q(state__in=["SUBMITTED", "APPROVED"]), name="content_post_once"
            ),
            models.CheckConstraint(condition=~Q(tag=""), name="content_is_disclosed"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "submitted_at"], name="content_queue"),
        ]

    def __str__(self) -> str:
        return self.title


class Rate(models.Model):
    """What a creator earns of one product, from when to when. A version is never changed once it has ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    bps = models.PositiveIntegerField()
    valid = DateTimeRangeField()
    notice_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(bps__gte=0, bps__lte=10_000), name="creator_rate_within_all"),
            models.UniqueConstraint(fields=["promoter", "product", "version"], name="creator_rate_version_once"),
            ExclusionConstraint(
                name="creator_rates_do_not_overlap",
                expressions=[
                    ("promoter", RangeOperators.EQUAL),
                    ("product", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["notice_at"],
                condition=Q(notice_at__isnull=False, noticed_at=None),
                name="creator_rate_to_announce",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promoter_id} {self.bps} v{self.version}"


class CodeUse(models.Model):
    """A buyer named a creator's code; it counts for the next order within a day, the last one named."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="code_use_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.promoter_id}"
