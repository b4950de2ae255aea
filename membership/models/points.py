"""Points: the rules that give and take them, the lots they lie in, and what became of each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Expiry(models.TextChoices):
    """At which moment points lapse: always at the end of a day of trade."""

    DAY_END = "DAY_END", _("At the end of the day")
    MONTH_END = "MONTH_END", _("At the end of the month")


class EarningRule(models.Model):
    """How many points kept spending earns. A version is never changed, only followed by the next one."""

    version = models.PositiveIntegerField(primary_key=True)
    points_per_yuan = models.PositiveIntegerField()
    vest_days_after_delivery = models.PositiveIntegerField()
    expires_days_after_vesting = models.PositiveIntegerField()
    expiry = models.CharField(max_length=10, choices=Expiry.choices, default=Expiry.DAY_END, db_default=Expiry.DAY_END)
    valid_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"v{self.version}"


class LotState(models.TextChoices):
    """Where a lot of points stands. The legal moves are in `rules.LOT_MOVES`."""

    PENDING = "PENDING", _("Waiting")
    ACTIVE = "ACTIVE", _("Usable")
    EXPIRED = "EXPIRED", _("Expired")
    REVOKED = "REVOKED", _("Taken back")


class PointLot(models.Model):
    """Points that came from one cause, with the facts and the rule version that computed them.

    Of what it earned, `reversed` was taken back, `repaid` went for what was owed and `lapsed` was not used in time.
    `life` holds what its last day was computed from.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=30)
    source_type = models.CharField(max_length=30)
    source_id = models.UUIDField()
    rule_version = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=LotState.choices, default=LotState.PENDING)
    earned = models.PositiveIntegerField()
    remaining = models.PositiveIntegerField()
    reversed = models.PositiveIntegerField(default=0)
    repaid = models.PositiveIntegerField(default=0, db_default=0)
    lapsed = models.PositiveIntegerField(default=0, db_default=0)
    life = models.JSONField(default=dict, db_default={})
    created_at = models.DateTimeField()
    vests_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "cause", "source_type", "source_id"], name="lot_one_per_cause"),
            models.CheckConstraint(condition=Q(earned__gt=0), name="lot_earned_above_zero"),
            models.CheckConstraint(
                condition=Q(remaining__lte=F("earned") - F("reversed")), name="lot_remaining_within_earned"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="lot_of_user"),
            models.Index(fields=["source_type", "source_id"], name="lot_of_source"),
            models.Index(fields=["vests_at"], condition=Q(state="PENDING"), name="lot_to_vest"),
            models.Index(fields=["expires_at"], condition=Q(state="ACTIVE"), name="lot_to_expire"),
            models.Index(
                fields=["user", "expires_at", "created_at", "id"], condition=Q(state="ACTIVE"), name="lot_to_spend"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.earned}"


class SpendingRule(models.Model):
    """What points are worth and how much of a line they may pay. A version is never changed, only followed."""

    version = models.PositiveIntegerField(primary_key=True)
    points_per_yuan = models.PositiveIntegerField()
    max_line_bps = models.PositiveIntegerField()
    valid_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(points_per_yuan__gt=0, max_line_bps__lte=10_000), name="spending_rule_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class PointWallet(models.Model):
    """The one row that everybody holds who moves the usable points of a person."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    def __str__(self) -> str:
        return str(self.user_id)


class PointSpend(models.Model):
    """Points that went for one source, such as an order. Spent anew after all came back, it is another attempt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    source_type = models.CharField(max_length=30)
    source_id = models.UUIDField()
    attempt = models.PositiveSmallIntegerField(default=1)
    amount = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)
    rule_version = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_type", "source_id", "attempt"], name="spend_one_per_attempt"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="spend_above_zero"),
            models.CheckConstraint(condition=Q(returned__lte=F("amount")), name="spend_returned_within_amount"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "-created_at", "-id"], name="spend_of_user")]

    def __str__(self) -> str:
        return f"{self.source_type} {self.amount}"


class PointAllocation(models.Model):
    """What a spend took from one lot, and what of it went back.

    `elsewhere` is the part of it that repaid what was owed or went to a new lot.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    spend = models.ForeignKey(PointSpend, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(PointLot, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    restored = models.PositiveIntegerField(default=0)
    elsewhere = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["spend", "lot"], name="allocation_one_per_lot"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_above_zero"),
            models.CheckConstraint(condition=Q(restored__lte=F("amount")), name="allocation_restored_within_amount"),
            models.CheckConstraint(condition=Q(elsewhere__lte=F("restored")), name="allocation_elsewhere_within"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.amount}"


class PointDebt(models.Model):
    """Points that had to go back and were spent already. What is earned next repays them first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(PointLot, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    repaid = models.PositiveIntegerField(default=0)
    forgiven = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="debt_above_zero"),
            models.CheckConstraint(
                condition=Q(amount__gte=F("repaid") + F("forgiven")), name="debt_settled_within_amount"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "created_at"],
                condition=Q(amount__gt=F("repaid") + F("forgiven")),
                name="debt_unsettled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.amount}"


class ExpiryNotice(models.Model):
    """A person was told that points lapse on a day; each of the three times once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "expires_on", "days_before"], name="expiry_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_on}"


class GrantState(models.TextChoices):
    """Where a grant of staff stands."""

    ASKED = "ASKED", _("Waits for a second person")
    GIVEN = "GIVEN", _("Given")
    REFUSED = "REFUSED", _("Refused")


class PointGrant(models.Model):
    """Points that staff give by hand. Above a limit a second person decides, never the one who asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=GrantState.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    needs_second = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(points__gt=0) & ~Q(reason=""), name="grant_says_why"),
            models.CheckConstraint(
                condition=Q(needs_second=False)
                | Q(state="ASKED")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="grant_by_two_persons",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-asked_at", "-id"], name="grant_newest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.points}"


class DebtPardon(models.Model):
    """What was forgiven of a debt, by whom and why. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    debt = models.ForeignKey(PointDebt, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(points__gt=0) & ~Q(reason=""), name="pardon_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.debt_id} {self.points}"
