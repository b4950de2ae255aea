"""The questions of a survey, version by version; who was asked; what was answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from backend.orders.models import Order


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    FACES = "FACES", _("Five faces")
    WORDS = "WORDS", _("A sentence of one's own")


class Fault(models.TextChoices):
    """Why an answer is left out of the figures."""

    TOO_FAST = "TOO_FAST", _("Sent faster than it can be read")
    WORDS_DISAGREE = "WORDS_DISAGREE", _("The words say the opposite of all the faces")
    TRACKING_DISAGREES = "TRACKING_DISAGREES", _("The words say what the parcel's own story denies")
    ALIKE = "ALIKE", _("The same as from other accounts on one device")


class SurveyVersion(models.Model):
    """One version of a survey. It is never changed, only followed, so that answers keep what was asked.

    `questions` is a list of `{"key", "kind", "text": {language: words}}` in their order.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=30)
    version = models.PositiveIntegerField()
    title = models.JSONField()
    questions = models.JSONField()
    open_days = models.PositiveSmallIntegerField()
    repeat_days = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="survey_one_row_per_version"),
            models.CheckConstraint(condition=Q(open_days__gt=0), name="survey_is_open_for_a_while"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Invitation(models.Model):
    """One person may answer one survey about one order, until it closes. `opened_at` is told by the server's clock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    survey = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=30)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "order"], name="survey_once_per_order"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("invited_at")), name="survey_closes_after_it_opens"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "key", "-invited_at"], name="survey_invitation_of_person")]

    def __str__(self) -> str:
        return f"{self.key} {self.order_id}"


class Answer(models.Model):
    """What somebody answered. One that does not count stays, with the reason; it is never deleted or changed.

    `facts` are the carrier, the province and the days past the promise as they were when it was sent.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="answer")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=30)
    faces = models.JSONField()
    words = models.CharField(max_length=200, blank=True)
    seconds = models.PositiveIntegerField()
    carrier = models.CharField(max_length=30, blank=True)
    province = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    fault = models.CharField(max_length=20, choices=Fault.choices, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fault="") | Q(fault__in=Fault.values), name="survey_fault_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["key", "answered_at"], name="survey_answer_by_time"),
            models.Index(fields=["-answered_at", "-id"], condition=~Q(fault=""), name="survey_answer_left_out"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.fault or 'counts'}"
