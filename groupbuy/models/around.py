"""What stands around a group: who waits, who asks to sit along, what its leader earns, how it is drawn."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backend.accounts.models import User
from backend.core.ids import new_id
from groupbuy.models.groups import Group


class WaitState(models.TextChoices):
    """Where somebody stands who waits for a seat to come free."""

    WAITING = "WAITING", pgettext_lazy("line", "Waiting")
    TOLD = "TOLD", _("Told that a seat is free")
    OVER = "OVER", _("Over")


class MergeState(models.TextChoices):
    """Where an offer to put two groups together stands."""

    ASKED = "ASKED", _("Waiting for an answer")
    ACCEPTED = "ACCEPTED", _("Accepted")
    DECLINED = "DECLINED", _("Declined")
    LAPSED = "LAPSED", _("No longer possible")


class BenefitState(models.TextChoices):
    """Where the reward of a leader stands."""

    WAITING = "WAITING", _("Waiting until the goods are kept")
    GRANTED = "GRANTED", _("Given")
    LOST = "LOST", _("Not earned")


class WaitingPlace(models.Model):
    """Somebody waits for a seat of a full group; who asked first is told first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=WaitState.choices, default=WaitState.WAITING)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "buyer"], name="waiting_once_per_group", condition=~Q(state="OVER")
            ),
            models.CheckConstraint(
                condition=~Q(state="TOLD") | Q(told_at__isnull=False, told_until__isnull=False),
                name="waiting_told_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "asked_at", "id"], name="waiting_in_order", condition=Q(state="WAITING")),
            models.Index(fields=["told_until"], name="waiting_told", condition=Q(state="TOLD")),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id} waits for {self.group_id}"


class MergeOffer(models.Model):
    """One leader offers another to sit at one table; it happens when the other agrees."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=MergeState.choices, default=MergeState.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(group=F("into")), name="merge_of_two_groups"),
            models.UniqueConstraint(fields=["group"], name="merge_asked_once_at_a_time", condition=Q(state="ASKED")),
        ]
        indexes = [models.Index(fields=["into", "asked_at"], name="merge_asked_of", condition=Q(state="ASKED"))]

    def __str__(self) -> str:
        return f"{self.group_id} into {self.into_id} {self.state}"


class LeaderBenefit(models.Model):
    """What the one who opened a group earns when enough of its seats keep their goods.

    Points are given then. A discount was given at once; what was not earned of it is `owed_minor` until it is taken
    back from the leader's store credit.
    """

    group = models.OneToOneField(Group, primary_key=True, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    discount_minor = models.BigIntegerField(default=0, db_default=0)
    owed_minor = models.BigIntegerField(default=0, db_default=0)
    taken_back_minor = models.BigIntegerField(default=0, db_default=0)
    seats_count = models.PositiveSmallIntegerField()
    needed_count = models.PositiveSmallIntegerField()
    kept_count = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=BenefitState.choices, default=BenefitState.WAITING)
    lot_id = models.UUIDField(null=True, blank=True)
    promised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(needed_count__gte=1, needed_count__lte=F("seats_count")), name="benefit_needs_some_seats"
            ),
            models.CheckConstraint(
                condition=Q(kept_count=None) | Q(kept_count__lte=F("seats_count")), name="benefit_keeps_what_was_sold"
            ),
            models.CheckConstraint(
                condition=Q(owed_minor__gte=0, taken_back_minor__gte=0)
                & Q(discount_minor__gte=F("owed_minor") + F("taken_back_minor")),
                name="benefit_owes_what_was_given",
            ),
        ]
        indexes = [
            models.Index(fields=["promised_at"], name="benefit_waiting", condition=Q(state="WAITING")),
            models.Index(fields=["leader"], name="benefit_owed_by", condition=Q(owed_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.points} points for the leader of {self.group_id}"


class Draw(models.Model):
    """The draw of a lottery group, made so that nobody can bend it and anybody can check it.

    The seed is chosen, and its hash shown, when the group opens: before anybody knows who will join. When the group is
    full its entries are frozen and sealed together with the seed; later the seed is shown and the ranking follows.
    """

    group = models.OneToOneField(Group, primary_key=True, on_delete=models.PROTECT, related_name="+")
    winners_count = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64)
    seed_hash = models.CharField(max_length=64)
    entries = models.JSONField(default=list)
    entries_hash = models.CharField(max_length=64, blank=True, default="")
    commitment = models.CharField(max_length=64, blank=True, default="")
    ranking = models.JSONField(default=list)
    promised_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    draw_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_at=None, draw_at=None, commitment="")
                | Q(committed_at__isnull=False, draw_at__gt=F("committed_at")) & ~Q(commitment=""),
                name="draw_sealed_before_its_time",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | Q(drawn_at__gte=F("draw_at")), name="draw_never_before_its_time"
            ),
        ]
        indexes = [
            models.Index(fields=["draw_at"], name="draw_due", condition=Q(drawn_at=None, draw_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"draw of {self.group_id}"
