"""Cases, what they claim, their history that nobody rewrites, and what is learnt from them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backend.core.ids import new_id
from backend.orders.models import Order, OrderLine


class CaseType(models.TextChoices):
    """What the shopper asks for."""

    REFUND_ONLY = "REFUND_ONLY", _("Refund without sending back")
    RETURN_REFUND = "RETURN_REFUND", _("Send back for a refund")
    EXCHANGE = "EXCHANGE", _("Exchange")
    REPAIR = "REPAIR", _("Repair")
    MISSING_OR_WRONG = "MISSING_OR_WRONG", _("Something is missing or wrong")
    PRICE_PROTECTION = "PRICE_PROTECTION", _("The price fell")


class CaseReason(models.TextChoices):
    """Why."""

    CHANGED_MIND = "CHANGED_MIND", _("I changed my mind")
    FITS_BADLY = "FITS_BADLY", _("It does not fit")
    NOT_AS_DESCRIBED = "NOT_AS_DESCRIBED", _("It is not as described")
    QUALITY = "QUALITY", _("It has a fault")
    DAMAGED = "DAMAGED", _("It arrived damaged")
    MISSING = "MISSING", _("A piece is missing")
    WRONG_ITEM = "WRONG_ITEM", _("It is the wrong thing")
    NOT_RECEIVED = "NOT_RECEIVED", _("It never arrived")
    PRICE_FELL = "PRICE_FELL", _("It is cheaper now")
    OTHER = "OTHER", _("Another reason")


class CaseState(models.TextChoices):
    """Where a case stands. The legal moves are in `rules.moves`."""

    APPLIED = "APPLIED", _("Received, waiting for an agent")
    REVIEWING = "REVIEWING", _("Being looked at")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", pgettext_lazy("case", "Declined")
    APPEALED = "APPEALED", _("Appealed")
    ARBITRATION = "ARBITRATION", _("Being decided by a third person")
    WAIT_BUYER_SHIP = "WAIT_BUYER_SHIP", _("Waiting for you to send it back")
    IN_TRANSIT = "IN_TRANSIT", _("On its way back")
    RECEIVED = "RECEIVED", _("Back at the warehouse")
    INSPECTING = "INSPECTING", _("Being inspected")
    ACCEPTED = "ACCEPTED", _("Inspected and accepted")
    DISPUTED = "DISPUTED", _("Not accepted after inspection")
    REFUNDING = "REFUNDING", _("The money is on its way")
    RESHIPPING = "RESHIPPING", _("A parcel is on its way to you")
    DONE = "DONE", _("Done")
    REVISIT = "REVISIT", _("Done, we ask how it went")
    ARCHIVED = "ARCHIVED", _("Closed and filed")
    BUYER_CANCELLED = "BUYER_CANCELLED", _("Withdrawn")
    CLOSED = "CLOSED", _("Closed")


class Remedy(models.TextChoices):
    """How a case is made good."""

    REFUND = "REFUND", _("Money back")
    REPLACE = "REPLACE", _("A new piece")
    REPAIR = "REPAIR", _("Repair")


class Actor(models.TextChoices):
    """Who did something in a case."""

    BUYER = "BUYER", _("You")
    AGENT = "AGENT", _("Customer service")
    SYSTEM = "SYSTEM", _("Automatic")


class AfterSaleCase(models.Model):
    """One request of a buyer about one order. `deadline_at` is when the state it stands in runs out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=20, choices=CaseType.choices)
    reason = models.CharField(max_length=20, choices=CaseReason.choices)
    detail = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.APPLIED)
    remedy = models.CharField(max_length=10, choices=Remedy.choices)
    currency = models.CharField(max_length=3, default="CNY")
    requested_minor = models.BigIntegerField()
    decided_minor = models.BigIntegerField(null=True, blank=True)
    shipping_minor = models.BigIntegerField(default=0)
    subsidy_minor = models.BigIntegerField(default=0)
    to_store_credit = models.BooleanField(default=False)
    arithmetic = models.JSONField(default=list)
    was_sent = models.BooleanField()
    opened_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    first_answer_by = models.DateTimeField()
    first_answered_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    escalation = models.PositiveSmallIntegerField(default=0)
    close_reason = models.CharField(max_length=40, blank=True)
    back_carrier = models.CharField(max_length=40, blank=True)
    back_tracking = models.CharField(max_length=40, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_words = models.CharField(max_length=300, blank=True)
    inspects_first = models.BooleanField(db_default=False, default=False)
    is_advanced = models.BooleanField(db_default=False, default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(requested_minor__gte=0, shipping_minor__gte=0, subsidy_minor__gte=0),
                name="after_sale_amounts_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(decided_minor=None) | Q(decided_minor__gte=0, decided_minor__lte=F("requested_minor")),
                name="after_sale_decided_within_requested",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="after_sale_rating_one_to_five"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["buyer", "-opened_at", "-id"], name="after_sale_of_buyer"),
            models.Index(fields=["order"], name="after_sale_of_order"),
            models.Index(fields=["state", "deadline_at"], name="after_sale_by_deadline"),
            models.Index(fields=["agent", "state"], name="after_sale_of_agent"),
            models.Index(fields=["-opened_at", "-id"], name="after_sale_newest"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def waits_for_a_look(self) -> bool:
        """Whether time accepts nothing: a flow asks to look first, or the money went ahead of the thing."""
        return self.inspects_first or self.is_advanced


class Claim(models.TextChoices):
    """What a line of a case claims: pieces, or a part of the price that was paid."""

    PIECES = "pieces"
    PRICE = "price"


class Standing(models.TextChoices):
    """Whether a claim still counts against what is left of an order line."""

    OPEN = "open"
    SETTLED = "settled"
    VOID = "void"


class CaseLine(models.Model):
    """So many pieces of one order line. `share_minor` is what was paid for them, `amount_minor` what goes back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(AfterSaleCase, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(max_length=8, choices=Claim.choices, default=Claim.PIECES)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.OPEN)
    quantity = models.PositiveIntegerField()
    share_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    wanted_variant = models.ForeignKey(
        "catalogue.Variant", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fit_quantity = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "order_line"], name="after_sale_line_once_per_case"),
            models.UniqueConstraint(
                fields=["order_line"],
                condition=Q(claim="price") & ~Q(standing="void"),
                name="after_sale_price_protected_once",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="after_sale_line_has_pieces"),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, amount_minor__lte=F("share_minor")),
                name="after_sale_line_amount_within_share",
            ),
            models.CheckConstraint(
                condition=Q(fit_quantity=None) | Q(fit_quantity__lte=F("quantity")),
                name="after_sale_line_fit_within_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.quantity}"


class CaseEvent(models.Model):
    """One line of the history of a case. Internal ones are for the desk; the shopper reads all others."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(AfterSaleCase, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=8, choices=Actor.choices)
    actor_id = models.UUIDField(null=True, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    facts = models.JSONField(default=dict)
    is_internal = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "at", "id"], name="after_sale_history")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Evidence(models.Model):
    """A picture that belongs to one line of the history."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(AfterSaleCase, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="+")
    picture = models.ForeignKey("core.Picture", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "picture"], name="after_sale_picture_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.picture_id}"


class CategoryTerms(models.Model):
    """How long things of a category can be sent back, where it differs from the rule of the shop."""

    category = models.OneToOneField("catalogue.Category", primary_key=True, on_delete=models.PROTECT, related_name="+")
    is_fresh = models.BooleanField(default=False)
    is_customised = models.BooleanField(default=False)
    no_reason_days = models.PositiveSmallIntegerField()
    quality_days = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(no_reason_days__lte=365, quality_days__lte=365), name="after_sale_terms_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.no_reason_days}/{self.quality_days}"


class CompensationState(models.TextChoices):
    """How far a compensation has come."""

    PROPOSED = "PROPOSED", _("Waiting for a second person")
    PAID = "PAID", _("Paid as store credit")
    REFUSED = "REFUSED", _("Not agreed")


class Compensation(models.Model):
    """Store credit that an agent gives of their own accord; above their own limit a second person agrees."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(AfterSaleCase, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=CompensationState.choices)
    needs_second = models.BooleanField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="compensation_above_zero"),
            models.CheckConstraint(
                condition=Q(needs_second=False) | Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="compensation_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="PAID") | Q(decided_by__isnull=False), name="compensation_paid_is_decided"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order"], name="compensation_of_order"),
            models.Index(fields=["-proposed_at"], condition=Q(state="PROPOSED"), name="compensation_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount_minor}"


class KnowledgeEntry(models.Model):
    """What a case taught: problem, cause, solution. Only the desk reads it until somebody publishes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(AfterSaleCase, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=CaseReason.choices)
    title = models.CharField(max_length=120)
    problem = models.TextField()
    cause = models.TextField()
    solution = models.TextField()
    is_published = models.BooleanField(default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False), name="knowledge_published_has_its_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-written_at", "-id"], name="knowledge_newest")]

    def __str__(self) -> str:
        return self.title
