"""When a figure asks for a person, which team it goes to, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.core.clock import business_day
from backend.core.ids import short_code
from backend.core.money import BASIS_POINTS
from backend.quality.models import Sign, Team
from backend.surveys.rules.figures import Share, differs

# A share of few pieces says nothing; the limit of the share itself belongs to after-sales.
LEAST_SOLD = 20
LEAST_CASES = 10
MOST_HANDLING_MINUTES = 72 * 60
FALL_BPS = 500
TEAM_OF: Mapping[str, Team] = {
    Sign.RETURN_RATE: Team.QUALITY,
    Sign.HANDLING_TIME: Team.SERVICE,
    Sign.CARRIER_ON_TIME: Team.LOGISTICS,
}
WITHIN = timedelta(days=14)
LONGEST_TITLE, LONGEST_WORDS, LONGEST_CHANGED = 120, 1000, 500


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure of a sign: basis points, or minutes for times. `asks` says that it is past its limit."""

    sign: Sign
    subject: str
    names: Mapping[str, str]
    value: int
    limit: int
    asks: bool


def due_on(*, now: datetime) -> date:
    """Until when something is to be better, if nobody says otherwise."""
    return business_day(now) + WITHIN


def new_number(*, now: datetime) -> str:
    """A number that people can read aloud."""
    return f"IM{business_day(now):%y%m%d}{short_code(6)}"


def returns_ask(*, sold: int, rate_bps: int, limit_bps: int) -> bool:
    """Whether so much of a product comes back that somebody should look."""
    return sold >= LEAST_SOLD and rate_bps >= limit_bps


def handling_asks(*, cases: int, minutes: int) -> bool:
    """Whether the middle case takes longer than it should."""
    return cases >= LEAST_CASES and minutes > MOST_HANDLING_MINUTES


def falls(*, now: Share, before: Share) -> bool:
    """Whether a carrier comes late more often than before, by more than chance and by enough to matter."""
    fallen = bps(before) - bps(now)
    return fallen >= FALL_BPS and differs(now, before)


def bps(share: Share) -> int:
    """A share in basis points."""
    return share.part * BASIS_POINTS // share.count if share.count else 0
