"""Campaigns and the versions of their rules."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.ids import new_id


class CampaignState(models.TextChoices):
    """Where a campaign stands by decision of its makers. Its window is judged when it is read."""

    DRAFT = "DRAFT", _("Draft")
    RUNNING = "RUNNING", _("Running")
    PAUSED = "PAUSED", _("Paused")
    ENDED = "ENDED", _("Ended")


class StopManner(models.TextChoices):
    """What happens to what has begun when a campaign ends."""

    LET_FINISH = "LET_FINISH", _("Let what has begun finish")
    CANCEL_AND_REFUND = "CANCEL_AND_REFUND", _("Cancel and refund what has begun")


class Campaign(models.Model):
    """When, for whom, with which budget; its rules say what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.JSONField()
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    audience = models.JSONField(default=dict)
    budget_minor = models.BigIntegerField(null=True, blank=True)
    budget_points = models.BigIntegerField(null=True, blank=True)
    reserved_minor = models.BigIntegerField(default=0)
    reserved_points = models.BigIntegerField(default=0)
    spent_minor = models.BigIntegerField(default=0)
    spent_points = models.BigIntegerField(default=0)
    budget_count = models.PositiveIntegerField(null=True, blank=True)
    reserved_count = models.IntegerField(default=0, db_default=0)
    spent_count = models.IntegerField(default=0, db_default=0)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_manner = models.CharField(max_length=20, choices=StopManner.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="campaign_ends_after_start"),
            models.CheckConstraint(
                condition=Q(reserved_minor__gte=0, spent_minor__gte=0, reserved_points__gte=0, spent_points__gte=0),
                name="campaign_counts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(budget_minor=None) | Q(budget_minor__gte=F("reserved_minor") + F("spent_minor")),
                name="campaign_money_within_budget",
            ),
            models.CheckConstraint(
                condition=Q(reserved_count__gte=0, spent_count__gte=0), name="campaign_uses_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(budget_count=None) | Q(budget_count__gte=F("reserved_count") + F("spent_count")),
                name="campaign_uses_within_budget",
            ),
            models.CheckConstraint(
                condition=Q(budget_points=None) | Q(budget_points__gte=F("reserved_points") + F("spent_points")),
                name="campaign_points_within_budget",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="campaign_live", condition=Q(state="RUNNING")),
            models.Index(fields=["-created_at", "-id"], name="campaign_newest"),
        ]

    def __str__(self) -> str:
        return str(self.name.get("en") or self.name.get("zh-Hans") or self.pk)


class CampaignRule(models.Model):
    """One version of one rule. Once its campaign has started with it, a trigger keeps it as it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    lineage_id = models.UUIDField(default=new_id)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    is_enabled = models.BooleanField(default=True)
    is_current = models.BooleanField(default=True)
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lineage_id", "version"], name="campaign_rule_one_per_version"),
            models.UniqueConstraint(
                fields=["lineage_id"], name="campaign_rule_one_current", condition=Q(is_current=True)
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "position"], name="campaign_rule_of_campaign"),
            models.Index(
                fields=["kind", "campaign"], name="campaign_rule_live", condition=Q(is_current=True, is_enabled=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} version {self.version}"
