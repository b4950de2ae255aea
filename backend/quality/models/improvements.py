"""What is to become better: who sees to it, until when, what was tried, and the figure before and after."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Team(models.TextChoices):
    """Who sees to it."""

    SERVICE = "SERVICE", _("Customer service")
    LOGISTICS = "LOGISTICS", _("Logistics")
    QUALITY = "QUALITY", _("Quality")
    MERCHANDISING = "MERCHANDISING", _("Merchandising")


class Sign(models.TextChoices):
    """What showed that something is wrong. The figures of all but the first are measured again each day."""

    PERSON = "PERSON", _("Somebody noticed")
    RETURN_RATE = "RETURN_RATE", _("Much of a product comes back")
    HANDLING_TIME = "HANDLING_TIME", _("Cases take too long")
    CARRIER_ON_TIME = "CARRIER_ON_TIME", _("A carrier comes late more often")


class ImprovementState(models.TextChoices):
    """Whether it is still worked on. Only a person closes it."""

    OPEN = "OPEN", _("Worked on")
    CLOSED = "CLOSED", _("Closed")


class ImprovementCase(models.Model):
    """Something to make better. One open case of a sign and subject; values are basis points, for times minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    sign = models.CharField(max_length=20, choices=Sign.choices)
    subject = models.CharField(max_length=40, blank=True)
    subject_names = models.JSONField(default=dict)
    title = models.CharField(max_length=120, blank=True)
    team = models.CharField(max_length=16, choices=Team.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=ImprovementState.choices, default=ImprovementState.OPEN)
    due_on = models.DateField()
    value_before = models.PositiveIntegerField(null=True, blank=True)
    value_now = models.PositiveIntegerField(null=True, blank=True)
    limit = models.PositiveIntegerField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    measured_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sign", "subject"],
                condition=Q(state="OPEN") & ~Q(sign="PERSON"),
                name="improvement_one_open_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_at=None, closed_by=None)
                | (Q(state="CLOSED", closed_at__isnull=False, closed_by__isnull=False) & ~Q(changed="")),
                name="improvement_closed_by_a_person_who_says_what_changed",
            ),
            models.CheckConstraint(
                condition=~Q(sign="PERSON") | ~Q(title=""), name="improvement_of_a_person_has_a_title"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["team", "due_on"], condition=Q(state="OPEN"), name="improvement_board"),
            models.Index(fields=["-closed_at", "-id"], condition=Q(state="CLOSED"), name="improvement_closed"),
        ]

    def __str__(self) -> str:
        return self.number


class ImprovementNote(models.Model):
    """One thing that somebody wrote down about a case. It stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(ImprovementCase, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="improvement_note_says_something")]
        indexes: ClassVar = [models.Index(fields=["case", "at", "id"], name="improvement_note_in_order")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"


class ImprovementMeasure(models.Model):
    """The figure of a case on one day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(ImprovementCase, on_delete=models.PROTECT, related_name="measures")
    day = models.DateField()
    value = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "day"], name="improvement_measure_once_a_day")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.day}"
