"""Reads of channels, their visits and their figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from backend.core.clock import BUSINESS_ZONE
from backend.core.errors import InvalidInput, NotFound
from backend.core.paging import Page, keyset_page
from referrals.channels import rules
from referrals.channels.models import Channel, ChannelCost, ChannelVisit

# What happened, one line per happening; each has its channel (none for orders without), its day, and what it adds.
HAPPENED = """
SELECT channel_id, (at AT TIME ZONE %(zone)s)::date AS day,
       1 AS visits, visitor, 0 AS sign_ups, 0 AS orders, 0 AS paid, 0 AS refunded, 0 AS cost
FROM growth_channels_channelvisit WHERE at >= %(begin)s AND at < %(end)s
UNION ALL
SELECT channel_id, (at AT TIME ZONE %(zone)s)::date, 0, NULL, 1, 0, 0, 0, 0
FROM growth_channels_channelsignup WHERE at >= %(begin)s AND at < %(end)s
UNION ALL
SELECT channel_id, (paid_at AT TIME ZONE %(zone)s)::date, 0, NULL, 0, 1, paid_minor, refunded_minor, 0
FROM growth_channels_channelorder WHERE paid_at >= %(begin)s AND paid_at < %(end)s
UNION ALL
SELECT channel_id, day, 0, NULL, 0, 0, 0, 0, amount_minor
FROM growth_channels_channelcost WHERE day >= %(since)s AND day <= %(until)s
"""
FIGURES = """
SELECT {by} AS said, sum(visits)::bigint, count(DISTINCT visitor), sum(sign_ups)::bigint, sum(orders)::bigint,
       sum(paid)::bigint, sum(refunded)::bigint, sum(cost)::bigint
FROM ({happened}) AS happened WHERE {which} GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Period:
    """Days of trade, both ends in."""

    since: date
    until: date

    def check(self) -> "Period":
        """Refuse what is no period, or too long a one.

        Raises: InvalidInput.
        """
        if not rules.is_fit_period(self.since, self.until):
            raise InvalidInput("until")
        return self

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.since + timedelta(days=count) for count in range((self.until - self.since).days + 1)]

    @property
    def bounds(self) -> dict[str, Any]:
        """Its days and moments, as the statements name them."""
        return {
            "since": self.since,
            "until": self.until,
            "begin": datetime.combine(self.since, time(), tzinfo=BUSINESS_ZONE),
            "end": datetime.combine(self.until + timedelta(days=1), time(), tzinfo=BUSINESS_ZONE),
            "zone": str(BUSINESS_ZONE),
        }


def channel_by_code(code: str) -> Channel | None:
    """Find a channel by the code in its address; people may type it in small letters."""
    wanted = code.upper()
    return Channel.objects.filter(code=wanted).first() if rules.CODE.fullmatch(wanted) else None


def channel_by_id(channel_id: UUID) -> Channel:
    """One channel, whatever its state.

    Raises: NotFound.
    """
    found = Channel.objects.filter(pk=channel_id).first()
    if found is None:
        raise NotFound
    return found


def all_channels() -> Sequence[Channel]:
    """Every channel, newest first."""
    return list(Channel.objects.order_by("-made_at", "-id"))


def channel_page(*, first: int | None, after: str | None) -> Page:
    """All channels, newest first."""
    return keyset_page(Channel.objects.all(), order=("-made_at", "-id"), first=first, after=after)


def cost_page(channel_id: UUID, *, first: int | None, after: str | None) -> Page:
    """The costs of a channel, newest day first."""
    costs = ChannelCost.objects.filter(channel_id=channel_id)
    return keyset_page(costs, order=("-day", "-id"), first=first, after=after)


def cost_of_day(channel_id: UUID, day: date) -> int:
    """What is recorded for a channel on a day, corrections included."""
    return ChannelCost.objects.filter(channel_id=channel_id, day=day).aggregate(sum=Sum("amount_minor"))["sum"] or 0


def last_visit_of_browser(digests: Sequence[str], *, at: datetime) -> ChannelVisit | None:
    """The last visit of a browser within the window before a moment."""
    return _last_visit(at, visitor__in=digests)


def last_visit_of_person(user_id: UUID, *, at: datetime) -> ChannelVisit | None:
    """The last visit of a person within the window before a moment."""
    return _last_visit(at, user_id=user_id)


def numbers_of(period: Period, *, channel_ids: Iterable[UUID] | None = None) -> dict[UUID | None, rules.Numbers]:
    """The figures of channels, of all of them if none are named; under None those of orders without a channel."""
    which = "TRUE" if channel_ids is None else "channel_id = ANY(%(channels)s)"
    return _figures("channel_id", which, {**period.bounds, "channels": list(channel_ids or [])})


def totals_of(period: Period, *, channel_id: UUID | None = None) -> rules.Numbers:
    """The figures of one channel, or of the whole shop; a browser that came by two channels is one visitor."""
    found: dict[bool, rules.Numbers] = _figures("TRUE", *_of_one(period, channel_id))
    return found.get(True, rules.Numbers())


def days_of(period: Period, *, channel_id: UUID | None = None) -> list[tuple[date, rules.Numbers]]:
    """The figures of each day, those without anything too."""
    found: dict[date, rules.Numbers] = _figures("day", *_of_one(period, channel_id))
    return [(day, found.get(day, rules.Numbers())) for day in period.days]


def _last_visit(at: datetime, **whose: Any) -> ChannelVisit | None:
    visits = ChannelVisit.objects.filter(at__lte=at, last_at__gte=at - rules.WINDOW, **whose)
    return visits.order_by("-last_at", "-pk").first()


def _of_one(period: Period, channel_id: UUID | None) -> tuple[str, dict[str, Any]]:
    which = "TRUE" if channel_id is None else "channel_id = %(channel)s"
    return which, {**period.bounds, "channel": channel_id}


def _figures(by: str, which: str, values: dict[str, Any]) -> dict[Any, rules.Numbers]:
    statement = FIGURES.format(by=by, happened=HAPPENED, which=which)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {said: rules.Numbers(*figures) for said, *figures in cursor.fetchall()}
