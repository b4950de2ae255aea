"""What a plan costs, how long it lasts, and how much of it goes back. No database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from backend.aftersales.rules.windows import REPAIR_DAYS
from backend.core.languages import LOCALES
from backend.core.money import Money, share_bps
from backend.core.months import months_later
from backend.protection.models import CoverageState as S

OFFER_DAYS = 30
FULL_REFUND = timedelta(days=14)
MOST_BANDS = 8
MOST_MINOR = 10_000_000
LONGEST_TITLE = 60
LONGEST_COVERS = 600

MOVES: Mapping[str, frozenset[str]] = {
    S.PENDING: frozenset({S.ACTIVE, S.VOID, S.ENDED}),
    S.VOID: frozenset({S.ACTIVE, S.ENDED}),
    S.ACTIVE: frozenset({S.ENDED, S.EXPIRED}),
    S.ENDED: frozenset(),
    S.EXPIRED: frozenset(),
}
LIVE = (S.PENDING, S.ACTIVE)


def is_legal(*, from_state: str, to_state: str) -> bool:
    """Say whether a coverage may move so."""
    return to_state in MOVES[from_state]


def price_of(bands: Sequence[Mapping[str, Any]], *, piece_minor: int) -> int | None:
    """What the plan costs for a piece that cost so much; nothing if it is not offered for so little."""
    reached = [band for band in bands if piece_minor >= band["fromMinor"]]
    if not reached:
        return None
    band = max(reached, key=lambda each: each["fromMinor"])
    if "fixedMinor" in band:
        return int(band["fixedMinor"])
    return max(1, share_bps(Money(piece_minor), band["shareBps"]).minor)


def period(*, delivered_at: datetime, months: int) -> tuple[datetime, datetime]:
    """From when until when a plan covers: so many months after the shop's own time for repairs is over."""
    starts_at = delivered_at + timedelta(days=REPAIR_DAYS)
    return starts_at, months_later(starts_at, months)


def refund_of(
    *, price_minor: int, activated_at: datetime, starts_at: datetime, ends_at: datetime, now: datetime
) -> int:
    """What of the price goes back now: all of it within 14 days and before it covers, then by the days left.

    A day that has begun is used. It is never more than was paid, and never grows with time.
    """
    if now < activated_at + FULL_REFUND or now <= starts_at:
        return price_minor
    days = _days(starts_at, ends_at)
    used = min(days, _days(starts_at, now))
    return price_minor * (days - used) // days


def offer_ends(*, delivered_at: datetime) -> datetime:
    """Until when a plan can be bought for what arrived then."""
    return delivered_at + timedelta(days=OFFER_DAYS)


def free_pieces(*, quantity: int, refunded: int, covered: Iterable[int]) -> list[int]:
    """The pieces of a line that are kept and have no plan. What goes back is counted from the last piece on."""
    taken = set(covered)
    return [piece for piece in range(1, quantity - refunded + 1) if piece not in taken]


def is_complete(*, title: Any, covers: Any, bands: Any, shelves_count: int) -> bool:
    """Whether a version says all that it must."""
    said = all(
        isinstance(text, Mapping)
        and all(isinstance(text.get(each), str) and 0 < len(text[each].strip()) <= most for each in LOCALES)
        for text, most in ((title, LONGEST_TITLE), (covers, LONGEST_COVERS))
    )
    return said and shelves_count > 0 and _are_bands(bands)


def _are_bands(bands: Any) -> bool:
    if not isinstance(bands, list) or not 1 <= len(bands) <= MOST_BANDS:
        return False
    return all(_is_band(band) for band in bands) and len({band["fromMinor"] for band in bands}) == len(bands)


def _is_band(band: Any) -> bool:
    if not isinstance(band, Mapping) or not _within(band.get("fromMinor"), 0, MOST_MINOR):
        return False
    if set(band) == {"fromMinor", "fixedMinor"}:
        return _within(band["fixedMinor"], 1, MOST_MINOR)
    return set(band) == {"fromMinor", "shareBps"} and _within(band["shareBps"], 1, 5000)


def _within(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _days(since: datetime, until: datetime) -> int:
    """The days between, a day that has begun counted whole."""
    return -((since - until) // timedelta(days=1))
