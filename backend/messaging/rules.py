"""Pure decisions about rooms, notifications and outgoing messages."""

import re
import uuid
from datetime import datetime, time, timedelta
from uuid import UUID

from backend.core.clock import BUSINESS_ZONE

BODY_LENGTH = 4000
RECALL_MINUTES = 2
BURST = 10
BURST_SECONDS = 2
REQUEST_MESSAGES = 3
LINK_FREE_DAYS = 3
UNREAD_CAP = 100
EVENTS_PAGE = 200
PERSONAL_HINTS_UP_TO = 50
COLLAPSE_HOURS = 24

MOST_ATTEMPTS = 8
FIRST_PAUSE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 15 * 60
LEASE_SECONDS = 60

STICKERS = frozenset({"feast", "plus-one", "thanks", "want", "who-else", "yummy", "arrived", "good-night"})

_LINK = re.compile(r"https?://|www\.|[a-z0-9-]+\.(com|cn|net|org|io|top|xyz|cc|me|shop)\b", re.IGNORECASE)
_PAIRS = uuid.UUID("0190f7a0-0000-7000-8000-000000000001")


def pair_id(one_id: UUID, other_id: UUID) -> UUID:
    """The subject of the direct room of two people, whoever opens it."""
    low, high = sorted((str(one_id), str(other_id)))
    return uuid.uuid5(_PAIRS, f"{low}:{high}")


def may_recall(*, sent_at: datetime, now: datetime) -> bool:
    """Whether the author may still take a message back."""
    return now - sent_at <= timedelta(minutes=RECALL_MINUTES)


def holds_link(body: str) -> bool:
    """Whether a text holds something that could be opened."""
    return _LINK.search(body) is not None


def may_send_links(*, joined_at: datetime, now: datetime) -> bool:
    """Whether an account is old enough to send links to single people."""
    return now - joined_at >= timedelta(days=LINK_FREE_DAYS)


def is_too_fast(*, tenth_newest_at: datetime | None, now: datetime) -> bool:
    """Whether somebody has sent a whole burst within its span."""
    return tenth_newest_at is not None and now - tenth_newest_at < timedelta(seconds=BURST_SECONDS)


def next_attempt(*, attempts: int, now: datetime) -> datetime:
    """When a message that failed is tried again: 2, 4, 8 … seconds later, at most a quarter of an hour."""
    pause = min(FIRST_PAUSE_SECONDS * 2 ** max(attempts - 1, 0), LONGEST_PAUSE_SECONDS)
    return now + timedelta(seconds=pause)


def is_given_up(*, attempts: int, expires_at: datetime | None, retry_at: datetime) -> bool:
    """Whether trying again is of no use: tried too often, or the text has lost its meaning by then."""
    return attempts >= MOST_ATTEMPTS or (expires_at is not None and retry_at >= expires_at)


def quiet_until(*, begins_minute: int, ends_minute: int, now: datetime) -> datetime | None:
    """When the quiet hours in which this moment lies are over; none if it lies outside of them."""
    there = now.astimezone(BUSINESS_ZONE)
    minute = there.hour * 60 + there.minute
    over_midnight = begins_minute > ends_minute
    inside = minute >= begins_minute or minute < ends_minute if over_midnight else begins_minute <= minute < ends_minute
    if not inside:
        return None
    day = there.date() + timedelta(days=1 if over_midnight and minute >= begins_minute else 0)
    return datetime.combine(day, time(ends_minute // 60, ends_minute % 60), tzinfo=BUSINESS_ZONE)
