"""Service that is looked at again: by the agent, and by a second person who does not see what the agent wrote."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.aftersales.models import AfterSaleCase
from backend.core.ids import new_id
from backend.support.models import Ticket


class Reviewer(models.TextChoices):
    """Who looks at a sample."""

    SELF = "SELF", _("The agent")
    LEAD = "LEAD", _("A second person")


class NoteKind(models.TextChoices):
    """What a second person writes to an agent."""

    PRAISE = "PRAISE", _("Praise")
    COACHING = "COACHING", _("Something to practise")


class ServiceSample(models.Model):
    """One finished case or ticket that was drawn to be looked at again. `rating` is what the buyer gave by then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(AfterSaleCase, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ticket = models.OneToOneField(Ticket, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case=None, ticket__isnull=False) | Q(case__isnull=False, ticket=None),
                name="service_sample_of_one_thing",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agent", "month"], name="service_sample_of_agent")]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.month}"


class ServiceReview(models.Model):
    """What one of the two says of a sample: a mark from 1 to 5 for each point of the checklist. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sample = models.ForeignKey(ServiceSample, on_delete=models.PROTECT, related_name="reviews")
    as_whom = models.CharField(max_length=4, choices=Reviewer.choices)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    response = models.PositiveSmallIntegerField()
    efficiency = models.PositiveSmallIntegerField()
    professionalism = models.PositiveSmallIntegerField()
    policy = models.PositiveSmallIntegerField()
    tracking = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "as_whom"], name="service_review_once_per_side"),
            models.UniqueConstraint(fields=["sample", "reviewer"], name="service_review_by_two_people"),
            models.CheckConstraint(
                condition=Q(response__range=(1, 5), efficiency__range=(1, 5), professionalism__range=(1, 5))
                & Q(policy__range=(1, 5), tracking__range=(1, 5)),
                name="service_review_marks_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.as_whom}"


class ServiceNote(models.Model):
    """Praise or something to practise, written to an agent after both reviews."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sample = models.ForeignKey(ServiceSample, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    words = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="COACHING", due_on__isnull=False) | Q(kind="PRAISE", due_on=None),
                name="service_note_practice_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="service_note_says_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["agent", "-at"], name="service_note_of_agent")]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.kind}"
