"""Price lists with their versions, trade-ins, their pictures, and the budget of each month."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import Category
from backend.core.ids import new_id


class TradeInKind(models.Model):
    """One kind of thing that the shop takes back, on the shelf of what it would replace."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class PriceListVersion(models.Model):
    """What a kind is worth from some day on. A version stays as it was written; an offer keeps its version.

    `questions` holds `[{key, ask, answers: [{key, label, steps}]}]`: each answer takes so many steps off. An answer
    without steps (`null`) says that the thing is not taken.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(TradeInKind, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.JSONField()
    base_minor = models.BigIntegerField()
    step_minor = models.BigIntegerField()
    questions = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="trade_in_list_once"),
            models.CheckConstraint(
                condition=Q(step_minor__gt=0, base_minor__gt=F("step_minor")), name="trade_in_base_above_a_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.number}"


class TradeInState(models.TextChoices):
    """Where a trade-in stands. The legal moves are in `rules.MOVES`."""

    OFFERED = "OFFERED", _("Offer made")
    TO_SEND = "TO_SEND", _("Waiting for the thing")
    ON_THE_WAY = "ON_THE_WAY", _("On its way to us")
    RECEIVED = "RECEIVED", _("Being inspected")
    LOWERED = "LOWERED", _("Another price, your answer please")
    CREDITED = "CREDITED", _("Store credit given")
    GOING_BACK = "GOING_BACK", _("Goes back to you")
    RETURNED = "RETURNED", _("Sent back to you")
    EXPIRED = "EXPIRED", _("The offer has run out")
    CLOSED = "CLOSED", _("Not sent in time")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class MonthBudget(models.Model):
    """What may be given in a month: promised to things on their way, and given. Only conditional updates count."""

    month = models.DateField(primary_key=True)
    limit_minor = models.BigIntegerField()
    promised_minor = models.BigIntegerField(default=0)
    given_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(limit_minor__gte=0, promised_minor__gte=0, given_minor__gte=0),
                name="trade_in_budget_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.limit_minor}"


class TradeIn(models.Model):
    """One old thing of one person, from what was said of it to the credit or its way back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    price_list = models.ForeignKey(PriceListVersion, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    words = models.CharField(max_length=300, blank=True)
    arithmetic = models.JSONField()
    offered_minor = models.BigIntegerField()
    found_minor = models.BigIntegerField(null=True, blank=True)
    found_words = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=TradeInState.choices, default=TradeInState.OFFERED)
    deadline_at = models.DateTimeField(null=True, blank=True)
    budget = models.ForeignKey(MonthBudget, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_by_hand = models.BooleanField(default=False)
    address = models.JSONField(default=dict)
    carrier = models.CharField(max_length=40, blank=True)
    tracking = models.CharField(max_length=40, blank=True)
    back_carrier = models.CharField(max_length=40, blank=True)
    back_tracking = models.CharField(max_length=40, blank=True)
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    inspected_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(offered_minor__gt=0), name="trade_in_offer_above_zero"),
            models.CheckConstraint(
                condition=Q(found_minor=None) | Q(found_minor__gte=0, found_minor__lte=F("offered_minor")),
                name="trade_in_found_within_offer",
            ),
            models.CheckConstraint(
                condition=~Q(state="CREDITED") | Q(found_minor__gt=0, budget__isnull=False),
                name="trade_in_credited_within_a_budget",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-opened_at", "-id"], name="trade_in_of_person"),
            models.Index(fields=["state", "deadline_at"], name="trade_in_by_deadline"),
        ]

    def __str__(self) -> str:
        return self.number


class TradeInPicture(models.Model):
    """A picture of the thing: by its owner, or by the inspector."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    trade_in = models.ForeignKey(TradeIn, on_delete=models.PROTECT, related_name="+")
    picture = models.ForeignKey("core.Picture", on_delete=models.PROTECT, related_name="+")
    is_of_inspection = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trade_in", "picture"], name="trade_in_picture_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trade_in_id} {self.picture_id}"
