"""Where channels lead, what counts as a visit, how long it counts, and what the figures mean.

The window is seven days after a click, what the reports of Meta's ads count by default. A longer one would give a
channel what it did not do.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from django.db.models import TextChoices

from backend.core.clock import business_day
from referrals.channels.models import Channel, TargetKind

WINDOW = timedelta(days=7)
HALF_HOUR_SECONDS = 1800
# People at one stand or in one office share an address; a machine that drops its cookies asks more often.
MOST_VISITS_OF_ADDRESS = 120
ADDRESS_SECONDS = 60
CODE_LENGTH = 6
CODE = re.compile(r"[A-Z0-9]{3,12}")
LONGEST_PERIOD_DAYS = 366
OLDEST_COST_DAYS = 730
LONGEST_NOTE = 120
MOST_COST_MINOR = 1_000_000_000_00
HOME = "/"
PATHS: Mapping[str, str] = {
    TargetKind.HOME: HOME,
    TargetKind.PRODUCT: "/p/{slug}",
    TargetKind.CATEGORY: "/c/{slug}",
    TargetKind.GROUPS: "/groups",
    TargetKind.COUPONS: "/coupons",
}
# What browsers say when they fetch a page that nobody asked for yet.
FETCHED_AHEAD = {"prefetch", "prerender", "preview"}


class ChannelState(TextChoices):
    """Whether a channel counts today."""

    OPEN = "OPEN"
    PLANNED = "PLANNED"
    ENDED = "ENDED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of a channel, or of all of them, in a period."""

    visits: int = 0
    visitors: int = 0
    sign_ups: int = 0
    orders: int = 0
    paid_minor: int = 0
    refunded_minor: int = 0
    cost_minor: int = 0

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def without_orders_of(self, other: "Numbers") -> "Numbers":
        """These figures less somebody else's orders."""
        return replace(
            self,
            orders=self.orders - other.orders,
            paid_minor=self.paid_minor - other.paid_minor,
            refunded_minor=self.refunded_minor - other.refunded_minor,
        )

    @property
    def cost_per_visit_minor(self) -> int | None:
        """What a visit cost."""
        return _each(self.cost_minor, self.visits)

    @property
    def cost_per_sign_up_minor(self) -> int | None:
        """What a sign-up cost."""
        return _each(self.cost_minor, self.sign_ups)

    @property
    def cost_per_order_minor(self) -> int | None:
        """What an order cost."""
        return _each(self.cost_minor, self.orders)

    @property
    def return_on_cost(self) -> float | None:
        """What came in and stayed for each yuan that was spent."""
        return round((self.paid_minor - self.refunded_minor) / self.cost_minor, 2) if self.cost_minor else None


def _each(minor: int, count: int) -> int | None:
    """An amount shared among so many, rounded to the nearest fen; nothing among nobody."""
    return (minor * 2 + count) // (count * 2) if count else None


def path_to(target: str, slug: str) -> str:
    """Where a channel leads: always one of our own pages."""
    return PATHS[target].format(slug=slug)


def state_of(channel: Channel, *, now: datetime) -> ChannelState:
    """Whether a channel counts at a moment; its days are days of trade, and both ends are in."""
    today = business_day(now)
    if channel.closed_at is not None:
        return ChannelState.CLOSED
    if channel.ends_on is not None and today > channel.ends_on:
        return ChannelState.ENDED
    if channel.starts_on is not None and today < channel.starts_on:
        return ChannelState.PLANNED
    return ChannelState.OPEN


def is_fetched_ahead(headers: Mapping[str, str]) -> bool:
    """Say whether a browser only gets ready for a visit that may never be."""
    said = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return bool(FETCHED_AHEAD & set(re.split(r"[;,\s]+", said.lower())))


def half_hour_of(at: datetime) -> int:
    """The number of the half hour of the clock that a moment lies in."""
    return int(at.timestamp()) // HALF_HOUR_SECONDS


def visitor_digest(visitor: str, *, key: bytes) -> str:
    """A browser's token as it may be kept: nobody learns the token from it, and without the key nobody finds it."""
    return hmac.new(key, f"channel:{visitor}".encode(), hashlib.sha256).hexdigest()


def is_fit_period(since: date, until: date) -> bool:
    """Say whether a report can be made of these days."""
    return timedelta(0) <= until - since < timedelta(days=LONGEST_PERIOD_DAYS)
