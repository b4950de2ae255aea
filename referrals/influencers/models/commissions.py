"""What creators earn: one commission per order line, the entries it makes, the statements they stand in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from referrals.influencers.models.collaborations import Collaboration, Content, Rate
from referrals.influencers.models.payouts import PayoutItem
from referrals.influencers.models.promoters import Promoter


class ProgrammeTerms(models.Model):
    """The numbers of the programme. A version is never changed, only followed by the next one."""

    version = models.PositiveIntegerField(primary_key=True)
    tax_bps = models.PositiveIntegerField()
    return_days = models.PositiveSmallIntegerField()
    extra_days = models.PositiveSmallIntegerField()
    cut_days = models.PositiveSmallIntegerField()
    notice_days = models.PositiveSmallIntegerField()
    appeal_days = models.PositiveSmallIntegerField()
    reapply_days = models.PositiveSmallIntegerField()
    least_payout_minor = models.BigIntegerField()
    valid_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"v{self.version}"


class CommissionState(models.TextChoices):
    """Where the commission of an order line stands."""

    ESTIMATED = "ESTIMATED", _("Estimated")
    CONFIRMED = "CONFIRMED", _("Confirmed, in the return window")
    VESTED = "VESTED", _("Earned")
    IN_STATEMENT = "IN_STATEMENT", _("In a statement")
    PAID = "PAID", _("Paid out")
    REVERSED = "REVERSED", _("Taken back")
    DISPUTED = "DISPUTED", _("Disputed")


class Commission(models.Model):
    """What a creator earns of one order line, by the rate of that day.

    `base_minor` and `amount_minor` follow from the line as it was confirmed; `kept_minor` is what is left after
    refunds. Both are computed again by the auditor from the line and the stored rate. `campaign_rule` is the version
    that raised the locked rate, and `campaign_minor` what of the rest is there because of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="+")
    line = models.OneToOneField("orders.OrderLine", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="+")
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    rate = models.ForeignKey(Rate, on_delete=models.PROTECT, related_name="+")
    terms = models.ForeignKey(ProgrammeTerms, on_delete=models.PROTECT, related_name="+")
    touch = models.ForeignKey("invites.Touch", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    source = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=CommissionState.choices, default=CommissionState.ESTIMATED)
    bps = models.PositiveIntegerField()
    paid_minor = models.BigIntegerField()
    base_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    kept_minor = models.BigIntegerField()
    cap_left_minor = models.BigIntegerField(null=True, blank=True)
    campaign_rule = models.ForeignKey(
        "promotions.CampaignRule", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    campaign_minor = models.BigIntegerField(default=0, db_default=0)
    facts = models.JSONField(default=dict)
    estimated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    vests_at = models.DateTimeField(null=True, blank=True)
    vested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(bps__lte=10_000), name="commission_rate_within_all"),
            models.CheckConstraint(
                condition=Q(base_minor__gte=0, base_minor__lte=F("paid_minor")), name="commission_base_within_paid"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, amount_minor__lte=F("base_minor")),
                name="commission_amount_within_base",
            ),
            models.CheckConstraint(
                condition=Q(kept_minor__gte=0, kept_minor__lte=F("amount_minor")), name="commission_kept_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("paid_minor")),
                name="commission_refunded_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(campaign_minor__gte=0, campaign_minor__lte=F("kept_minor")),
                name="commission_campaign_within_kept",
            ),
            models.CheckConstraint(
                condition=Q(campaign_minor=0) | Q(campaign_rule__isnull=False), name="commission_campaign_has_a_rule"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["promoter", "-estimated_at", "-id"], name="commission_of_promoter"),
            models.Index(fields=["order"], name="commission_of_order"),
            models.Index(fields=["vests_at"], condition=Q(state="CONFIRMED"), name="commission_to_vest"),
            models.Index(fields=["collaboration", "estimated_at"], name="commission_of_collaboration"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.kept_minor}"


class Statement(models.Model):
    """What a creator earned up to a day, closed. Its total may be below zero; then it is netted later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    until = models.DateTimeField()
    entries_count = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    item = models.ForeignKey(PayoutItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promoter", "sequence"], name="statement_once_in_sequence"),
            models.CheckConstraint(condition=Q(entries_count__gte=1), name="statement_has_entries"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["promoter", "-closed_at", "-id"], name="statement_of_promoter"),
            models.Index(fields=["item"], name="statement_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.promoter_id} {self.sequence}"


class EntryKind(models.TextChoices):
    """Why something was added to or taken from what a creator has earned."""

    COMMISSION = "COMMISSION", _("Commission")
    REFUND = "REFUND", _("Taken back after a refund")
    FEE = "FEE", _("Fee for content")
    DISPUTE = "DISPUTE", _("Settled dispute")


class CommissionEntry(models.Model):
    """One movement of what a creator has earned; below zero when something was refunded after it had vested."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    collaboration = models.ForeignKey(Collaboration, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    amount_minor = models.BigIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "commission", "collaboration", "sequence"],
                nulls_distinct=False,
                name="commission_entry_once_per_cause",
            ),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="commission_entry_moves_something"),
            models.CheckConstraint(
                condition=Q(commission__isnull=False) | Q(collaboration__isnull=False),
                name="commission_entry_has_a_cause",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["promoter", "at"], condition=Q(statement=None), name="commission_entry_open"),
            models.Index(fields=["statement", "at", "id"], name="commission_entry_of_statement"),
            models.Index(fields=["commission"], name="commission_entry_of_line"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor:+d}"


class DisputeState(models.TextChoices):
    """Where a dispute stands."""

    OPEN = "OPEN", _("Being looked at")
    UPHELD = "UPHELD", _("Agreed; an amount was added")
    DECLINED = "DECLINED", _("The computation stands")


class Dispute(models.Model):
    """A creator says that a line is wrong. While it is open the line does not vest and goes into no statement."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=DisputeState.choices, default=DisputeState.OPEN)
    words = models.CharField(max_length=500)
    answer = models.CharField(max_length=500, blank=True)
    added_minor = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["commission"], condition=Q(state="OPEN"), name="dispute_one_open_per_line"),
            models.CheckConstraint(condition=Q(added_minor__gte=0), name="dispute_adds_not_below_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "opened_at"], name="dispute_queue")]

    def __str__(self) -> str:
        return f"{self.commission_id} {self.state}"
