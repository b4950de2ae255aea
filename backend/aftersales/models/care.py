"""Care for single buyers: their own agent, money that goes ahead of the thing, and return flows that a person sets."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.aftersales.models.cases import AfterSaleCase
from backend.core.ids import new_id


class DedicatedAgent(models.Model):
    """Who looks after the cases of a buyer; kept until that person leaves the desk."""

    buyer = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.buyer_id} {self.agent_id}"


class OwnFlow(models.Model):
    """A way of returning that a person at the desk set for one buyer, with reasons, until a day.

    Nothing sets it by itself: `set_by` is never empty. The buyer reads it and may object.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    objection = models.CharField(max_length=500, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer"], condition=Q(ended_at=None), name="own_flow_one_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("set_at")), name="own_flow_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(set_by=F("buyer")), name="own_flow_not_by_the_buyer"),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id} {self.ends_at}"


class AdvanceState(models.TextChoices):
    """How far money has come that goes back before the thing has arrived."""

    PROMISED = "PROMISED", _("Goes back when the carrier has the parcel")
    PAID = "PAID", _("Money back already, the thing is on its way")
    LAPSED = "LAPSED", _("Not needed any more")
    ARRIVED = "ARRIVED", _("The thing arrived and is fine")
    KEPT = "KEPT", _("The buyer keeps thing and money")
    NOT_ARRIVED = "NOT_ARRIVED", _("The thing did not arrive")


class Advance(models.Model):
    """Money of a case that goes back when the carrier has the parcel, before anybody has looked into it.

    A buyer has one open advance at a time. That a thing was kept or lost is decided by a person and takes no money.
    """

    case = models.OneToOneField(AfterSaleCase, primary_key=True, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=AdvanceState.choices, default=AdvanceState.PROMISED)
    promised_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["buyer"], condition=Q(state__in=["PROMISED", "PAID"]), name="advance_one_open_per_buyer"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="advance_above_zero"),
            models.CheckConstraint(
                condition=Q(state__in=["PROMISED", "LAPSED"], paid_at=None, due_at=None)
                | Q(
                    state__in=["PAID", "ARRIVED", "KEPT", "NOT_ARRIVED"], paid_at__isnull=False, due_at__gt=F("paid_at")
                ),
                name="advance_paid_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["KEPT", "NOT_ARRIVED"]) | Q(settled_by__isnull=False),
                name="advance_is_given_up_by_a_person",
            ),
            models.CheckConstraint(condition=~Q(settled_by=F("buyer")), name="advance_not_settled_by_the_buyer"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(state="PAID"), name="advance_by_deadline")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class AgentAbsence(models.Model):
    """Days on which somebody else answers for an agent. It begins and ends by itself; two never overlap."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="agent_absences_do_not_overlap",
                expressions=[("agent", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(called_off_at=None),
            ),
            models.CheckConstraint(condition=~Q(agent=F("stand_in")), name="absence_stand_in_is_another"),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="absence_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.period}"
