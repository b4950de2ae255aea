"""Offers, groups, seats, and what an order wants of group buying."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.core.ids import new_id
from backend.orders.models import Order
from backend.promotions.models import Campaign, CampaignRule


class GroupState(models.TextChoices):
    """Where a group stands."""

    FORMING = "FORMING", _("Forming")
    FILLED = "FILLED", _("Full")
    COMMITTED = "COMMITTED", _("Sealed, to be drawn")
    DRAWN = "DRAWN", _("Drawn")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    EXPIRED = "EXPIRED", _("Not filled in time")
    REFUNDING = "REFUNDING", _("Being refunded")
    FAILED = "FAILED", _("Refunded")
    CANCELLED = "CANCELLED", _("Cancelled")
    MERGED = "MERGED", _("Joined another group")


class SeatState(models.TextChoices):
    """Where a seat stands."""

    HELD = "HELD", _("Held until it is paid")
    PAID = "PAID", _("Paid")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    RELEASED = "RELEASED", pgettext_lazy("seat", "Given back")
    REFUNDING = "REFUNDING", _("Being refunded")
    REFUNDED = "REFUNDED", _("Refunded")
    LOST = "LOST", _("Not drawn, refunded")


class LateChoice(models.TextChoices):
    """What a buyer wants when the money arrives too late for the group."""

    OPEN_OWN = "OPEN_OWN", _("Open my own group")
    AUTO_MATCH = "AUTO_MATCH", _("Find me another group")
    REFUND = "REFUND", _("Refund me")


class Joiners(models.TextChoices):
    """Who may join a group; anyone of the campaign's audience may lead one."""

    ALL = "all", _("Everybody")
    NEW = "new", _("Newcomers only")


class QuotaMode(models.TextChoices):
    """When a place of the quota is taken: by each seat, or all places of a group as soon as it opens."""

    SEAT = "seat", _("Seat by seat")
    GROUP = "group", _("Whole groups")


class MoneyTaken(models.TextChoices):
    """When the money of a seat is taken; until a group is full it can only be held by providers that hold money."""

    AT_PAYMENT = "payment", _("At payment")
    WHEN_FULL = "full", _("When the group is full")


class Intent(models.TextChoices):
    """Whether an order opens a group or joins one."""

    OPEN = "OPEN", _("Open a group")
    JOIN = "JOIN", _("Join a group")


class GroupOrderState(models.TextChoices):
    """Where an order stands with group buying."""

    PLACED = "PLACED", _("Waiting for payment")
    SEATED = "SEATED", _("Seated")
    MATCHING = "MATCHING", _("Looking for another group")
    RETURNED = "RETURNED", _("The money goes back")
    DROPPED = "DROPPED", _("Not paid")


class Offer(models.Model):
    """One product under one version of a group price rule. It never changes; a new rule version makes a new one.

    With a ladder, `size` is its last step and `prices` or `discount_bps` its first: what everybody pays beforehand.
    `quota` is how many people may sit down in all, in every version of the campaign's offer for this product.
    `leader_discount_minor` is what a leader pays less at once; with `leader_discount_bps` it is the most of that share.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(CampaignRule, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField()
    ttl_hours = models.PositiveSmallIntegerField()
    discount_bps = models.PositiveIntegerField(null=True, blank=True)
    prices = models.JSONField(default=dict)
    open_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    join_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    joiners = models.CharField(max_length=4, choices=Joiners.choices, default=Joiners.ALL)
    may_leave = models.BooleanField(default=True)
    ladder = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    winners = models.PositiveSmallIntegerField(null=True, blank=True)
    consolation_points = models.PositiveIntegerField(default=0, db_default=0)
    platform_seats = models.PositiveSmallIntegerField(default=0, db_default=0)
    leader_points = models.PositiveIntegerField(default=0, db_default=0)
    leader_spare = models.PositiveSmallIntegerField(default=0, db_default=0)
    leader_discount_bps = models.PositiveIntegerField(null=True, blank=True)
    leader_discount_minor = models.BigIntegerField(default=0, db_default=0)
    quantity_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    order_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    allow_merge = models.BooleanField(default=False, db_default=False)
    quota = models.PositiveIntegerField(null=True, blank=True)
    quota_mode = models.CharField(
        max_length=5, choices=QuotaMode.choices, default=QuotaMode.SEAT, db_default=QuotaMode.SEAT
    )
    money_taken = models.CharField(
        max_length=7, choices=MoneyTaken.choices, default=MoneyTaken.AT_PAYMENT, db_default=MoneyTaken.AT_PAYMENT
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "product"], name="offer_one_per_rule_and_product"),
            models.CheckConstraint(condition=Q(size__gte=2, size__lte=50), name="offer_size_sane"),
            models.CheckConstraint(condition=Q(ttl_hours__gte=1, ttl_hours__lte=168), name="offer_hours_sane"),
            models.CheckConstraint(
                condition=Q(discount_bps=None) | Q(discount_bps__gte=1, discount_bps__lte=9900),
                name="offer_discount_sane",
            ),
            models.CheckConstraint(
                condition=Q(winners=None) | Q(winners__gte=1, winners__lt=F("size")), name="offer_winners_below_size"
            ),
        ]
        indexes = [models.Index(fields=["product", "rule"], name="offer_of_product")]

    def __str__(self) -> str:
        return f"{self.product_id} for {self.size}"


class Group(models.Model):
    """People who buy one product together; it exists once its leader has paid.

    `seats_taken` counts held and paid seats, `seats_paid` the paid ones, `seats_issued` numbers seats for good.
    At its deadline it succeeds if at most `may_lack` seats are not paid. `prices` is what a seat pays; with a ladder
    `reached_size` is the step that was reached when the group closed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prices = models.JSONField()
    size = models.PositiveSmallIntegerField()
    seats_taken = models.PositiveSmallIntegerField(default=0)
    seats_paid = models.PositiveSmallIntegerField(default=0)
    seats_issued = models.PositiveIntegerField(default=0)
    may_lack = models.PositiveSmallIntegerField(default=0, db_default=0)
    ladder = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    reached_size = models.PositiveSmallIntegerField(null=True, blank=True)
    platform_seats = models.PositiveSmallIntegerField(default=0, db_default=0)
    platform_minor = models.BigIntegerField(default=0, db_default=0)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=10, choices=GroupState.choices, default=GroupState.FORMING)
    is_listed = models.BooleanField(default=True)
    room_id = models.UUIDField(null=True, blank=True)
    opened_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    filled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seats_paid__lte=F("seats_taken")) & Q(seats_taken__lte=F("size")),
                name="group_seats_within_size",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["FILLED", "COMMITTED", "DRAWN", "CONFIRMED"]) | Q(filled_at__isnull=False),
                name="group_full_has_its_time",
            ),
            models.CheckConstraint(condition=Q(deadline_at__gt=F("opened_at")), name="group_deadline_after_opening"),
            models.CheckConstraint(
                condition=Q(state="MERGED", merged_into__isnull=False) | ~Q(state="MERGED") & Q(merged_into=None),
                name="group_merged_says_where",
            ),
            models.CheckConstraint(
                condition=Q(platform_seats__lte=F("may_lack"), platform_minor__gte=0),
                name="group_platform_seats_within_promise",
            ),
            models.CheckConstraint(
                condition=Q(may_lack__lte=F("size") - 2) | Q(may_lack=0), name="group_lacks_less_than_a_pair"
            ),
        ]
        indexes = [
            models.Index(fields=["deadline_at"], name="group_to_expire", condition=Q(state="FORMING")),
            models.Index(fields=["product", "deadline_at"], name="group_open_of_product", condition=Q(state="FORMING")),
            models.Index(fields=["campaign", "-opened_at"], name="group_of_campaign"),
            models.Index(fields=["closed_at"], name="group_to_refund", condition=Q(state__in=["EXPIRED", "REFUNDING"])),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.seats_taken}/{self.size} {self.state}"


class Seat(models.Model):
    """One place in a group, held by one buyer with one order.

    `difference_minor` is what the seat paid beyond the price that its ladder reached. `household` and `phone` are
    digests by which one address and one number are known again; a flagged seat is somebody's second, and earns its
    leader nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=SeatState.choices, default=SeatState.HELD)
    held_until = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    difference_minor = models.BigIntegerField(default=0, db_default=0)
    difference_sent_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)
    household = models.CharField(max_length=64, blank=True, default="", db_default="")
    phone = models.CharField(max_length=64, blank=True, default="", db_default="")
    is_flagged = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="seat_one_per_number"),
            models.UniqueConstraint(
                fields=["group", "buyer"],
                name="seat_one_per_buyer",
                condition=~Q(state__in=["RELEASED", "REFUNDED"]),
            ),
            models.UniqueConstraint(
                fields=["order"], name="seat_one_per_order", condition=~Q(state__in=["RELEASED", "REFUNDED"])
            ),
            models.CheckConstraint(
                condition=~Q(state="HELD") | Q(held_until__isnull=False), name="seat_held_has_its_end"
            ),
            models.CheckConstraint(condition=Q(difference_minor__gte=0), name="seat_difference_not_below_zero"),
        ]
        indexes = [
            models.Index(fields=["held_until"], name="seat_to_release", condition=Q(state="HELD")),
            models.Index(fields=["buyer", "-taken_at", "-id"], name="seat_of_buyer"),
            models.Index(fields=["household"], name="seat_of_household", condition=~Q(household="")),
            models.Index(fields=["phone"], name="seat_of_phone", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return f"seat {self.number} of {self.group_id} {self.state}"


class GroupOrder(models.Model):
    """What an order wants of group buying: to open or to join, at which prices, and what to do when it is too late.

    `discount_minor` is what the order holds of the campaign's budget; with a ladder that of the lowest price, until
    the reached one is known. `leader_discount_minor` is the part of it that the leader pays less.
    `signs` are digests by which a newcomer is known again until the group is decided.
    """

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    intent = models.CharField(max_length=4, choices=Intent.choices)
    late_choice = models.CharField(max_length=10, choices=LateChoice.choices, default=LateChoice.AUTO_MATCH)
    state = models.CharField(max_length=8, choices=GroupOrderState.choices, default=GroupOrderState.PLACED)
    prices = models.JSONField()
    ladder = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    quantity = models.PositiveIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    leader_discount_minor = models.BigIntegerField(default=0, db_default=0)
    match_until = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True, default="")
    signs = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    placed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="MATCHING") | Q(match_until__isnull=False), name="group_order_matching_has_its_end"
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "campaign", "intent"], name="group_order_of_buyer"),
            models.Index(fields=["match_until"], name="group_order_matching", condition=Q(state="MATCHING")),
            models.Index(fields=["offer"], name="group_order_with_signs", condition=~Q(signs=[])),
        ]

    def __str__(self) -> str:
        return f"{self.intent} {self.order_id} {self.state}"
