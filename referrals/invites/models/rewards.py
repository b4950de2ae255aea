"""What an invitation was rewarded with, what speaks against it, and what was decided."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from referrals.invites.models.attribution import Attribution
from referrals.invites.models.links import Binding


class Side(models.TextChoices):
    """Who of the two is rewarded."""

    INVITER = "INVITER", _("Inviter")
    INVITEE = "INVITEE", _("Invitee")


class Benefit(models.TextChoices):
    """What somebody is rewarded with."""

    POINTS = "POINTS", _("Points")
    COUPON = "COUPON", _("Coupon")


class RewardState(models.TextChoices):
    """Where a reward stands. The legal moves are in `rules.REWARD_MOVES`."""

    PENDING = "PENDING", _("Waits until the order is kept")
    HELD = "HELD", _("Under review")
    VESTED = "VESTED", _("The order is kept")
    ISSUED = "ISSUED", _("Yours")
    REJECTED = "REJECTED", _("Not granted")
    REVERSED = "REVERSED", _("Taken back after a refund")


class FraudRule(models.Model):
    """What each finding weighs and from which score on something happens. A version is never changed; a trigger
    keeps it. From `hold_from` a person looks, from `reject_from` it is refused with the reason; what is held
    is released at its deadline if its score is below `release_below`.
    """

    version = models.PositiveIntegerField(primary_key=True)
    weights = models.JSONField()
    hold_from = models.PositiveIntegerField()
    reject_from = models.PositiveIntegerField()
    release_below = models.PositiveIntegerField()
    review_days = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hold_from__gte=1, reject_from__gt=models.F("hold_from"), review_days__gte=1),
                name="fraud_rule_thresholds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class InviteReward(models.Model):
    """What one person was promised for the invitee's first order. Points are in their lot, a coupon in the hand.

    While it is held there is no lot: the budget keeps the points set aside.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    binding = models.ForeignKey(Binding, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices)
    level = models.PositiveSmallIntegerField(default=1, db_default=1)
    beneficiary = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="+")
    attribution = models.ForeignKey(Attribution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    rule = models.ForeignKey("promotions.CampaignRule", on_delete=models.PROTECT, related_name="+")
    benefit = models.CharField(max_length=6, choices=Benefit.choices, default=Benefit.POINTS, db_default="POINTS")
    points = models.PositiveIntegerField()
    lot = models.OneToOneField("membership.PointLot", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    template = models.ForeignKey(
        "promotions.CouponTemplate", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    coupon = models.ForeignKey("promotions.Coupon", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    facts = models.JSONField(default=dict, db_default={})
    state = models.CharField(max_length=8, choices=RewardState.choices, default="PENDING", db_default="PENDING")
    fraud_rule = models.ForeignKey(FraudRule, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    score = models.PositiveIntegerField(default=0, db_default=0)
    evidence = models.JSONField(default=list, db_default=[])
    weighed_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="", db_default="")
    objection = models.CharField(max_length=300, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["binding", "side", "level"], name="invite_reward_once_per_side_and_level"),
            models.CheckConstraint(
                condition=Q(level=1) | Q(level=2, side="INVITER"), name="invite_reward_two_levels_at_most"
            ),
            models.CheckConstraint(
                condition=Q(benefit="POINTS", points__gt=0, template__isnull=True)
                | Q(benefit="COUPON", points=0, lot__isnull=True, template__isnull=False),
                name="invite_reward_points_or_coupon",
            ),
            models.CheckConstraint(
                condition=~Q(state="HELD") | Q(held_until__isnull=False, lot__isnull=True),
                name="invite_reward_held_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | ~Q(note=""), name="invite_reward_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="ISSUED") | Q(lot__isnull=False) | Q(coupon__isnull=False),
                name="invite_reward_issued_is_there",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["beneficiary", "-created_at", "-id"], name="invite_reward_of_person"),
            models.Index(fields=["state", "-created_at", "-id"], name="invite_reward_by_state"),
            models.Index(fields=["order"], name="invite_reward_of_order"),
            models.Index(fields=["weighed_at"], condition=Q(state="HELD"), name="invite_reward_to_weigh"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.points} {self.state}"


class ScoreCause(models.TextChoices):
    """Why something was weighed."""

    FIRST = "FIRST", _("The reward was made")
    REFUND = "REFUND", _("Money went back")
    RETURN = "RETURN", _("A return was asked for")
    SIGNS = "SIGNS", _("New signs")


class RewardScore(models.Model):
    """What spoke against a reward at one moment, and what followed. Never changed; a trigger keeps it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reward = models.ForeignKey(InviteReward, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    cause = models.CharField(max_length=8, choices=ScoreCause.choices)
    score = models.PositiveIntegerField()
    evidence = models.JSONField(default=list)
    fraud_rule = models.ForeignKey(FraudRule, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=8, choices=RewardState.choices, blank=True)
    to_state = models.CharField(max_length=8, choices=RewardState.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reward", "sequence"], name="reward_score_once_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.reward_id} {self.score}"


class MissedReward(models.Model):
    """Why a first order of an invited person was not rewarded; shown to both."""

    order = models.OneToOneField(
        "orders.Order", primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    binding = models.ForeignKey(Binding, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.binding_id} {self.reason}"


class InviteSettings(models.Model):
    """What a person allows around invitations."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    shows_name = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.shows_name}"
