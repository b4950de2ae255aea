"""Who may promote: the application, the person's sealed particulars, the membership and what hangs over it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class ApplicationState(models.TextChoices):
    """Where an application stands. The legal moves are in `rules.moves`."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Sent, waiting for a look")
    IN_REVIEW = "IN_REVIEW", _("Being looked at")
    NEED_INFO = "NEED_INFO", _("We need to know more")
    APPROVED = "APPROVED", _("Approved as a creator")
    REJECTED = "REJECTED", _("Declined")


class TaxKind(models.TextChoices):
    """How what a creator earns is taxed."""

    INDIVIDUAL = "INDIVIDUAL", _("A person; we withhold income tax")
    BUSINESS = "BUSINESS", _("A business that sends invoices")


class PromoterIdentity(models.Model):
    """Who a creator is before the law and where the money goes. Sealed; only the tails can be read."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    legal_name_sealed = models.BinaryField()
    id_number_sealed = models.BinaryField()
    id_digest = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    id_tail = models.CharField(max_length=4)
    bank_name = models.CharField(max_length=40)
    bank_account_sealed = models.BinaryField()
    bank_tail = models.CharField(max_length=4)
    tax_kind = models.CharField(max_length=10, choices=TaxKind.choices)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} ****{self.id_tail}"


class Application(models.Model):
    """One attempt of a person to become a creator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    introduction = models.CharField(max_length=500, blank=True)
    channels = models.JSONField(default=list)
    is_adult_declared = models.BooleanField(default=False)
    terms_accepted_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    reapply_from = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["DRAFT", "SUBMITTED", "IN_REVIEW", "NEED_INFO"]),
                name="creator_application_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | (~Q(answer="") & Q(reapply_from__isnull=False)),
                name="creator_application_rejected_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-created_at", "-id"], name="creator_application_queue"),
            models.Index(fields=["user", "-created_at"], name="creator_application_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"


class PromoterState(models.TextChoices):
    """Where a membership stands."""

    ACTIVE = "ACTIVE", _("Active")
    PAUSED = "PAUSED", _("Paused")
    TERMINATED = "TERMINATED", _("Ended")


class CreatorTier(models.TextChoices):
    """What a creator has shown: kept sales with few returns and complaints. Followers do not count."""

    SEED = "SEED", _("Seedling")
    GROWING = "GROWING", _("Growing")
    STAR = "STAR", _("Star")
    PRIME = "PRIME", _("Prime")


class Promoter(models.Model):
    """A creator: an approved person with a code. Whoever moves a creator's money holds this row first."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    state = models.CharField(max_length=10, choices=PromoterState.choices, default=PromoterState.ACTIVE)
    code = models.CharField(max_length=12, unique=True)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=8, choices=CreatorTier.choices, default=CreatorTier.SEED)
    tier_facts = models.JSONField(default=dict)
    since = models.DateTimeField()
    state_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-since", "-user"], name="promoter_newest")]

    def __str__(self) -> str:
        return self.code


class ViolationState(models.TextChoices):
    """Where a breach of the rules stands. All but the last hold the creator's commission."""

    RECORDED = "RECORDED", _("May be appealed")
    APPEALED = "APPEALED", _("Appealed")
    UPHELD = "UPHELD", _("Upheld")
    LIFTED = "LIFTED", _("Lifted")


class Violation(models.Model):
    """A breach of the rules: new orders earn nothing and nothing vests until it is lifted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="violations")
    state = models.CharField(max_length=8, choices=ViolationState.choices, default=ViolationState.RECORDED)
    words = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    appeal_until = models.DateTimeField()
    appeal = models.CharField(max_length=500, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["promoter", "-recorded_at"], name="violation_of_promoter"),
        ]

    def __str__(self) -> str:
        return f"{self.promoter_id} {self.state}"
