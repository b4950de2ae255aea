"""Help articles with every version of them, whether they helped, and what people ask of staff."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backend.core.ids import new_id
from backend.orders.models import Order


class HelpSection(models.TextChoices):
    """What an article is about, in the order of the help centre."""

    BUYING = "BUYING", _("Buying together")
    ORDERS = "ORDERS", _("Orders and payment")
    DELIVERY = "DELIVERY", _("Delivery")
    AFTER_SALES = "AFTER_SALES", _("Returns and repairs")
    POINTS = "POINTS", _("Points and levels")
    OFFERS = "OFFERS", _("Coupons and invitations")
    ACCOUNT = "ACCOUNT", _("Account and contact")


class HelpWay(models.TextChoices):
    """Where the reader can do at once what an article is about."""

    NONE = "NONE", _("Nowhere")
    GROUPS = "GROUPS", _("See open groups")
    FLASH = "FLASH", _("See the flash sale")
    ORDERS = "ORDERS", _("See my orders")
    PARCEL = "PARCEL", _("See where a parcel is")
    CANCEL = "CANCEL", _("Cancel an order")
    ADDRESS = "ADDRESS", _("Change the address of an order")
    INVOICE = "INVOICE", _("Ask for an invoice")
    RETURN = "RETURN", _("Ask for after-sales")
    AFTER_SALES = "AFTER_SALES", _("See my cases")
    WALLET = "WALLET", _("See my store credit")
    POINTS = "POINTS", _("See my points")
    TASKS = "TASKS", _("See my tasks")
    LEVELS = "LEVELS", _("See my level")
    COUPONS = "COUPONS", _("See my coupons")
    INVITES = "INVITES", _("See my invitations")
    CREATOR = "CREATOR", _("See the programme for creators")
    SETTINGS = "SETTINGS", _("Open the settings")
    CONTACT = "CONTACT", _("Ask a person")


class HelpArticle(models.Model):
    """One answer. `phrases` are the ways in which people ask for it, by language; `version` names its latest text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    section = models.CharField(max_length=20, choices=HelpSection.choices)
    way = models.CharField(max_length=20, choices=HelpWay.choices, default=HelpWay.NONE)
    title = models.JSONField()
    body = models.JSONField()
    phrases = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    is_published = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    helpful_count = models.PositiveIntegerField(default=0)
    unhelpful_count = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(version__gte=1), name="help_article_version_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["position", "id"], name="help_article_in_order")]

    def __str__(self) -> str:
        return self.slug


class HelpRevision(models.Model):
    """One version of an article, kept as it was written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(HelpArticle, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    title = models.JSONField()
    body = models.JSONField()
    phrases = models.JSONField(default=dict)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "version"], name="help_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.version}"


class HelpVote(models.Model):
    """What one reader says about an article: a person, or a browser without one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(HelpArticle, on_delete=models.PROTECT, related_name="+")
    voter = models.CharField(max_length=64)
    is_helpful = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "voter"], name="help_vote_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.is_helpful}"


class TicketKind(models.TextChoices):
    """What somebody wants of us."""

    QUESTION = "QUESTION", _("A question")
    COMPLAINT = "COMPLAINT", _("A complaint")
    SUGGESTION = "SUGGESTION", _("A suggestion")


class TicketNature(models.TextChoices):
    """What it is about."""

    PRODUCT = "PRODUCT", _("A product")
    DELIVERY = "DELIVERY", _("Delivery")
    PAYMENT = "PAYMENT", _("Payment or a charge")
    OFFER = "OFFER", _("A group, a coupon or points")
    SERVICE = "SERVICE", _("How I was treated")
    SAFETY = "SAFETY", _("Safety or health")
    PRIVACY = "PRIVACY", _("Privacy")
    ACCOUNT = "ACCOUNT", _("My account")
    OTHER = "OTHER", _("Something else")


class Severity(models.TextChoices):
    """How pressing it is; each has its promised time."""

    NORMAL = "NORMAL", _("Normal")
    SERIOUS = "SERIOUS", _("Serious")
    URGENT = "URGENT", _("Urgent")


class TicketState(models.TextChoices):
    """Whose turn it is."""

    OPEN = "OPEN", _("Waiting for an answer")
    ANSWERED = "ANSWERED", _("Answered")
    CLOSED = "CLOSED", pgettext_lazy("ticket", "Closed")


class Ticket(models.Model):
    """Something that a person asked of staff. While it is open, `due_at` is when the answer was promised."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=TicketKind.choices)
    nature = models.CharField(max_length=12, choices=TicketNature.choices)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    state = models.CharField(max_length=8, choices=TicketState.choices, default=TicketState.OPEN)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(adopted_at=None) | Q(kind="SUGGESTION"), name="ticket_only_suggestions_are_adopted"
            ),
            models.CheckConstraint(
                condition=Q(state="CLOSED", closed_at__isnull=False) | (~Q(state="CLOSED") & Q(closed_at=None)),
                name="ticket_closed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5), answered_at__isnull=False),
                name="ticket_rating_one_to_five_after_an_answer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(state="OPEN"), name="ticket_by_due_time"),
            models.Index(fields=["person", "-opened_at", "-id"], name="ticket_of_person"),
            models.Index(fields=["-opened_at", "-id"], name="ticket_newest"),
            models.Index(fields=["agent", "due_at"], condition=Q(state="OPEN"), name="ticket_of_agent"),
        ]

    def __str__(self) -> str:
        return self.number


class TicketMessage(models.Model):
    """One thing that was said in a ticket."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_from_staff = models.BooleanField()
    words = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ticket", "at", "id"], name="ticket_message_in_order")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(words=""), name="ticket_message_says_something")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.at}"


class Duty(models.Model):
    """Until when somebody at the desk takes new questions."""

    agent = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="duty_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.until}"
