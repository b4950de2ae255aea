"""When a group and its seats move, and what becomes of money that comes too late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from groupbuy.models import GroupState, LateChoice, SeatState

HOLD = timedelta(minutes=10)
SHORTEST_HOLD = timedelta(minutes=1)
TOLD_FOR = timedelta(minutes=3)
MATCH_WITHIN = timedelta(minutes=1)

# A group whose money is only held is over so long before the shortest hold ends: it still has to be taken.
TIME_TO_CAPTURE = timedelta(hours=24)

GROUP_MOVES: dict[str, frozenset[str]] = {
    GroupState.FORMING: frozenset({GroupState.FILLED, GroupState.EXPIRED, GroupState.CANCELLED, GroupState.MERGED}),
    GroupState.FILLED: frozenset({GroupState.CONFIRMED, GroupState.COMMITTED}),
    GroupState.COMMITTED: frozenset({GroupState.DRAWN}),
    GroupState.DRAWN: frozenset({GroupState.CONFIRMED}),
    GroupState.CONFIRMED: frozenset(),
    GroupState.EXPIRED: frozenset({GroupState.REFUNDING, GroupState.FAILED}),
    GroupState.REFUNDING: frozenset({GroupState.FAILED}),
    GroupState.FAILED: frozenset(),
    GroupState.CANCELLED: frozenset(),
    GroupState.MERGED: frozenset(),
}
SEAT_MOVES: dict[str, frozenset[str]] = {
    SeatState.HELD: frozenset({SeatState.PAID, SeatState.RELEASED}),
    SeatState.PAID: frozenset({SeatState.CONFIRMED, SeatState.REFUNDING, SeatState.LOST, SeatState.RELEASED}),
    SeatState.CONFIRMED: frozenset(),
    SeatState.RELEASED: frozenset(),
    SeatState.REFUNDING: frozenset({SeatState.REFUNDED}),
    SeatState.REFUNDED: frozenset(),
    SeatState.LOST: frozenset(),
}


def hold_until(*, now: datetime, deadline_at: datetime) -> datetime:
    """How long a seat waits for its payment: ten minutes, half of what is left near the deadline, never beyond it."""
    left = deadline_at - now
    return now + min(left, max(SHORTEST_HOLD, min(HOLD, left / 2)))


def shown_state(state: str, *, deadline_at: datetime, now: datetime, is_enough: bool = False) -> str:
    """The state of a group at this moment; past its deadline it is over, even if nobody has closed it yet.

    `is_enough` says that the seats that are paid suffice at the deadline.
    """
    if state == GroupState.FORMING and now >= deadline_at:
        return (GroupState.FILLED if is_enough else GroupState.EXPIRED).value
    return state


def is_enough(*, seats_paid: int, size: int, may_lack: int) -> bool:
    """Say whether a group with so many paid seats succeeds at its deadline."""
    return seats_paid >= size - may_lack


def can_be_joined(state: str, *, seats_taken: int, size: int, deadline_at: datetime, now: datetime) -> bool:
    """Say whether a seat is free and the group still open."""
    return shown_state(state, deadline_at=deadline_at, now=now) == GroupState.FORMING and seats_taken < size


def is_over(state: str, *, deadline_at: datetime, now: datetime) -> bool:
    """Say whether the group takes nobody any more, whatever its seats."""
    return shown_state(state, deadline_at=deadline_at, now=now) != GroupState.FORMING


def after_too_late(choice: str, *, offer_is_live: bool, may_join: bool) -> str:
    """What becomes of money that came too late: the buyer's choice, where it can still be had, else a refund.

    A newcomer who is none any more may still lead, not join.
    """
    if choice == LateChoice.OPEN_OWN and offer_is_live:
        return LateChoice.OPEN_OWN
    if choice == LateChoice.AUTO_MATCH and may_join:
        return LateChoice.AUTO_MATCH
    return LateChoice.REFUND


def choices_instead(*, offer_is_live: bool, open_groups: Iterable[tuple[UUID, int]]) -> list[dict[str, Any]]:
    """What can be done when a group cannot be joined. `open_groups` are (group, seats left), best first.

    Without another open group the search is still offered, naming none.
    """
    choices: list[dict[str, Any]] = []
    if offer_is_live:
        choices.append(_choice(LateChoice.OPEN_OWN))
    choices += [_choice(LateChoice.AUTO_MATCH, *found) for found in open_groups] or [_choice(LateChoice.AUTO_MATCH)]
    choices.append(_choice(LateChoice.REFUND))
    return choices


def _choice(kind: LateChoice, group_id: UUID | None = None, seats_left: int = 0) -> dict[str, Any]:
    return {"kind": kind.value, "groupId": group_id, "seatsLeft": seats_left}
