"""Reports, the cases they make, decisions that can be taken back, and the log that nobody rewrites."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class CaseState(models.TextChoices):
    """Where a case stands by decision. A claim is no state: it is a lease that ends by itself."""

    OPEN = "OPEN", _("Waiting for a decision")
    ESCALATED = "ESCALATED", _("With senior moderators")
    SNOOZED = "SNOOZED", _("Put off")
    DECIDED = "DECIDED", _("Decided")


class DecisionAction(models.TextChoices):
    """What a moderator can do with content."""

    ALLOW = "ALLOW", _("Leave it up")
    LIMIT = "LIMIT", _("Do not recommend")
    QUARANTINE = "QUARANTINE", _("Hide until changed")
    REMOVE = "REMOVE", _("Remove it")
    REVERSE = "REVERSE", _("Take back a decision")


class ReportCategory(models.TextChoices):
    """Why somebody reports."""

    OFF_PLATFORM = "OFF_PLATFORM", _("Leads away to a private deal")
    FALSE_CLAIM = "FALSE_CLAIM", _("False or exaggerated claim")
    SPAM = "SPAM", _("Advertising or repetition")
    ABUSE = "ABUSE", _("Insult or threat")
    UNLAWFUL = "UNLAWFUL", _("Unlawful or dangerous")
    PRIVACY = "PRIVACY", _("Shows private data")
    OTHER = "OTHER", _("Something else")


class Severity(models.TextChoices):
    """How heavy a breach weighs."""

    MINOR = "MINOR", _("Minor breach")
    MEDIUM = "MEDIUM", _("Medium breach")
    SEVERE = "SEVERE", _("Severe breach")


class Policy(models.Model):
    """A rule of the community, in every language."""

    code = models.CharField(primary_key=True, max_length=10)
    titles = models.JSONField()
    texts = models.JSONField()
    severity = models.CharField(max_length=8, choices=Severity.choices)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code


class Case(models.Model):
    """All reports about one content, waiting for one decision.

    The fence rises with each claim, so whoever lost the lease cannot decide; the version rises with each move.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    subject_kind = models.CharField(max_length=12)
    subject_id = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.MINOR)
    priority = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    sla_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True, blank=True)
    lease_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    evidence_revision = models.PositiveIntegerField(default=1)
    hidden_from = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=~Q(state="DECIDED"),
                name="case_one_open_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(lease_by=None, lease_until=None) | Q(lease_by__isnull=False, lease_until__isnull=False),
                name="case_lease_whole_or_none",
            ),
            models.CheckConstraint(condition=~Q(state="DECIDED") | Q(lease_by=None), name="case_decided_is_not_leased"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-priority", "id"], name="case_queue", condition=~Q(state="DECIDED")),
            models.Index(fields=["author", "-opened_at"], name="case_of_author"),
        ]

    def __str__(self) -> str:
        return f"C-{self.number}"


class Snapshot(models.Model):
    """What the content was when it was reported; a later edit makes another one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    picture_ids = models.JSONField(default=list)
    video_id = models.UUIDField(null=True, blank=True)
    url = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "sha256"], name="snapshot_once_per_content"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sha256[:8]}"


class Report(models.Model):
    """One person's complaint."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=16, choices=ReportCategory.choices)
    detail = models.CharField(max_length=500, blank=True)
    weight_bps = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "reporter"], name="report_once_per_case"),
        ]
        indexes: ClassVar = [models.Index(fields=["reporter", "-at"], name="report_of_reporter")]

    def __str__(self) -> str:
        return f"{self.category} by {self.reporter_id}"


class Decision(models.Model):
    """What was done, why, and what it changed, so that it can be taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=12, choices=DecisionAction.choices)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField()
    effects = models.JSONField(default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, related_name="reversal", null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim("statement")), 10), name="decision_has_its_reasons"
            ),
            models.CheckConstraint(
                condition=Q(action="REVERSE", reverses__isnull=False) | (~Q(action="REVERSE") & Q(reverses=None)),
                name="decision_reversal_names_what_it_reverses",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-at"], name="decision_of_case")]

    def __str__(self) -> str:
        return f"{self.action} on {self.case_id}"


class AuditEntry(models.Model):
    """One line of the log; each carries the digest of the one before, and a trigger keeps all of them."""

    position = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    action = models.CharField(max_length=30)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    details = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.position} {self.action}"
