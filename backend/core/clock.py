"""The one clock. Only doors read it; everything else is given the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")


class FrozenClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = _aware(at)

    def move_to(self, at: datetime) -> None:
        """Jump to the given time."""
        self.at = _aware(at)

    def advance(self, by: timedelta) -> datetime:
        """Move on by the given span and say what time it is then."""
        self.at += by
        return self.at


_frozen: list[FrozenClock] = []


def now() -> datetime:
    """Say what time it is, aware and in UTC."""
    return _frozen[-1].at if _frozen else datetime.now(UTC)


def business_day(at: datetime) -> date:
    """Say which day of trade a moment belongs to."""
    return _aware(at).astimezone(BUSINESS_ZONE).date()


@contextmanager
def frozen(at: datetime) -> Iterator[FrozenClock]:
    """Hold the clock for a test, in every thread of the process."""
    held = FrozenClock(at)
    _frozen.append(held)
    try:
        yield held
    finally:
        _frozen.remove(held)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone has no place here.")
    return at.astimezone(UTC)
