"""The legal moves of a case, and the seven stages that a shopper sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.aftersales.models import CaseState, CaseType, Remedy
from backend.core.clock import business_day
from backend.core.ids import short_code

S = CaseState

MOVES: Mapping[CaseState, frozenset[CaseState]] = {
    S.APPLIED: frozenset({S.REVIEWING, S.APPROVED, S.REJECTED, S.BUYER_CANCELLED, S.CLOSED}),
    S.REVIEWING: frozenset({S.APPROVED, S.REJECTED, S.BUYER_CANCELLED, S.CLOSED}),
    S.APPROVED: frozenset({S.WAIT_BUYER_SHIP, S.REFUNDING, S.RESHIPPING, S.CLOSED}),
    S.REJECTED: frozenset({S.APPEALED, S.BUYER_CANCELLED, S.CLOSED}),
    S.APPEALED: frozenset({S.ARBITRATION, S.CLOSED}),
    S.ARBITRATION: frozenset({S.APPROVED, S.ACCEPTED, S.CLOSED}),
    S.WAIT_BUYER_SHIP: frozenset({S.IN_TRANSIT, S.BUYER_CANCELLED, S.CLOSED}),
    S.IN_TRANSIT: frozenset({S.RECEIVED, S.ACCEPTED, S.BUYER_CANCELLED, S.CLOSED}),
    S.RECEIVED: frozenset({S.INSPECTING, S.ACCEPTED}),
    S.INSPECTING: frozenset({S.ACCEPTED, S.DISPUTED}),
    S.ACCEPTED: frozenset({S.REFUNDING, S.RESHIPPING, S.DONE}),
    S.DISPUTED: frozenset({S.ACCEPTED, S.APPEALED, S.CLOSED}),
    S.REFUNDING: frozenset({S.DONE}),
    S.RESHIPPING: frozenset({S.DONE, S.REFUNDING}),
    S.DONE: frozenset({S.REVISIT, S.ARCHIVED}),
    S.REVISIT: frozenset({S.ARCHIVED}),
    S.BUYER_CANCELLED: frozenset(),
    S.CLOSED: frozenset({S.ARCHIVED}),
    S.ARCHIVED: frozenset(),
}

OVER = frozenset({S.DONE, S.REVISIT, S.ARCHIVED, S.BUYER_CANCELLED, S.CLOSED})
OPEN = frozenset(S) - OVER
WITHOUT_EFFECT = frozenset({S.BUYER_CANCELLED, S.CLOSED})
CANCELLABLE = frozenset({S.APPLIED, S.REVIEWING, S.REJECTED, S.WAIT_BUYER_SHIP, S.IN_TRANSIT})
UNDECIDED = frozenset({S.APPLIED, S.REVIEWING})
APPEALABLE = frozenset({S.REJECTED, S.DISPUTED})
WITH_THE_DESK = frozenset(
    {S.APPLIED, S.REVIEWING, S.APPROVED, S.APPEALED, S.ARBITRATION, S.IN_TRANSIT, S.RECEIVED, S.INSPECTING, S.ACCEPTED}
)

COMES_BACK = frozenset({CaseType.RETURN_REFUND, CaseType.EXCHANGE, CaseType.REPAIR})
REMEDY_OF: Mapping[str, Remedy] = {
    CaseType.REFUND_ONLY: Remedy.REFUND,
    CaseType.RETURN_REFUND: Remedy.REFUND,
    CaseType.EXCHANGE: Remedy.REPLACE,
    CaseType.REPAIR: Remedy.REPAIR,
    CaseType.MISSING_OR_WRONG: Remedy.REFUND,
    CaseType.PRICE_PROTECTION: Remedy.REFUND,
}

# How long each state may last, and what time makes of it.
REVIEW_WITHIN = timedelta(hours=48)
FIRST_ANSWER_WITHIN = timedelta(minutes=30)
VALUED_ANSWER_WITHIN = timedelta(minutes=10)
SEND_BACK_WITHIN = timedelta(days=7)
CONFIRM_WITHIN = timedelta(days=10)
APPEAL_WITHIN = timedelta(days=7)
ANSWER_APPEAL_WITHIN = timedelta(hours=48)
RESHIPPED_ARRIVES_WITHIN = timedelta(days=15)
REVISIT_AFTER = timedelta(days=7)
ARCHIVE_AFTER = timedelta(days=7)
LASTS: Mapping[CaseState, timedelta] = {
    S.APPLIED: REVIEW_WITHIN,
    S.REVIEWING: REVIEW_WITHIN,
    S.REJECTED: APPEAL_WITHIN,
    S.APPEALED: ANSWER_APPEAL_WITHIN,
    S.WAIT_BUYER_SHIP: SEND_BACK_WITHIN,
    S.IN_TRANSIT: CONFIRM_WITHIN,
    S.DISPUTED: APPEAL_WITHIN,
    S.RESHIPPING: RESHIPPED_ARRIVES_WITHIN,
    S.DONE: REVISIT_AFTER,
    S.REVISIT: ARCHIVE_AFTER,
}
# The ten days to confirm begin when the parcel leaves the buyer; receiving and inspecting do not start them anew.
KEEPS_DEADLINE = frozenset({S.REVIEWING, S.RECEIVED, S.INSPECTING})
AFTER_DEADLINE: Mapping[CaseState, CaseState] = {
    S.REJECTED: S.CLOSED,
    S.APPEALED: S.ARBITRATION,
    S.WAIT_BUYER_SHIP: S.CLOSED,
    S.IN_TRANSIT: S.ACCEPTED,
    S.RECEIVED: S.ACCEPTED,
    S.INSPECTING: S.ACCEPTED,
    S.DISPUTED: S.CLOSED,
    S.DONE: S.REVISIT,
    S.REVISIT: S.ARCHIVED,
}

STAGES = ("apply", "verify", "diagnose", "decide", "return", "settle", "revisit")
STAGE_OF: Mapping[CaseState, int] = {
    S.APPLIED: 2,
    S.REVIEWING: 3,
    S.APPROVED: 4,
    S.REJECTED: 4,
    S.APPEALED: 4,
    S.ARBITRATION: 4,
    S.WAIT_BUYER_SHIP: 5,
    S.IN_TRANSIT: 5,
    S.RECEIVED: 5,
    S.INSPECTING: 6,
    S.ACCEPTED: 6,
    S.DISPUTED: 6,
    S.REFUNDING: 6,
    S.RESHIPPING: 6,
    S.DONE: 7,
    S.REVISIT: 7,
    S.ARCHIVED: 7,
    S.BUYER_CANCELLED: 7,
    S.CLOSED: 7,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the seven stages: when it was reached, whether it is behind, and whether it is left out."""

    key: str
    at: datetime | None
    is_done: bool
    is_current: bool
    is_skipped: bool


def is_legal(*, from_state: str, to_state: str) -> bool:
    """Say whether a case may move so."""
    return CaseState(to_state) in MOVES[CaseState(from_state)]


def deadline_after(state: CaseState, *, before: datetime | None, now: datetime) -> datetime | None:
    """When a state that begins now runs out."""
    if state in KEEPS_DEADLINE and before is not None:
        return before
    return now + LASTS[state] if state in LASTS else None


def shown_state(
    *, state: str, deadline_at: datetime | None, auto_approves: bool, now: datetime, inspects_first: bool = False
) -> CaseState:
    """The state to show: one that has run out counts as what time makes of it, even if nobody has moved it yet.

    Where somebody has to inspect first, time accepts nothing.
    """
    here = CaseState(state)
    if deadline_at is None or now < deadline_at:
        return here
    if inspects_first and AFTER_DEADLINE.get(here) == S.ACCEPTED:
        return here
    if here in UNDECIDED:
        return S.APPROVED if auto_approves else here
    return AFTER_DEADLINE.get(here, here)


def stages(
    history: Iterable[tuple[str, datetime]], *, state: str, comes_back: bool, opened_at: datetime
) -> list[Stage]:
    """The seven stages with the time at which each was first reached."""
    reached: dict[int, datetime] = {1: opened_at, 2: opened_at}
    for to_state, at in history:
        if to_state:
            reached.setdefault(STAGE_OF[CaseState(to_state)], at)
    here = STAGE_OF[CaseState(state)]
    # Time or a short way may pass stages over; what has been passed counts as done.
    return [
        Stage(
            key=key,
            at=reached.get(number),
            is_done=number < here or (number == here and state == S.ARCHIVED),
            is_current=number == here and state != S.ARCHIVED,
            is_skipped=number not in reached and (number < here or (number == 5 and not comes_back)),
        )
        for number, key in enumerate(STAGES, start=1)
    ]


def new_number(*, now: datetime) -> str:
    """A number that people can read aloud."""
    return f"AS{business_day(now):%y%m%d}{short_code(6)}"
