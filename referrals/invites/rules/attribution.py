"""Who gets the credit for an order: a pure decision over everybody who may claim it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from referrals.invites.models import TouchOrder

KINDS = ("creator_code", "friend", "creator_link")


class Claim(Protocol):
    """What the decision must know of a candidate."""

    @property
    def payee_id(self) -> UUID: ...
    @property
    def touched_at(self) -> datetime: ...
    @property
    def source(self) -> str: ...
    @property
    def priority_key(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def refusal(self) -> str: ...


C = TypeVar("C", bound=Claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a version of the rule says."""

    window_days: int
    touch_order: str
    kinds: Sequence[str]
    binding_days: int | None = None


@dataclass(frozen=True, slots=True)
class Loser(Generic[C]):
    """A candidate that did not win, and why."""

    candidate: C
    reason: str


@dataclass(frozen=True, slots=True)
class Decision(Generic[C]):
    """Who gets the credit, or nobody; and why not the others."""

    winner: C | None
    losers: Sequence[Loser[C]]


def decide(candidates: Iterable[C], *, terms: Terms, buyer_id: UUID, at: datetime) -> Decision[C]:
    """Pick one candidate: the kinds in their order, within a kind the last visit, or the first."""
    able: list[C] = []
    losers: list[Loser[C]] = []
    for candidate in candidates:
        reason = reason_against(candidate, terms=terms, buyer_id=buyer_id, at=at)
        if reason:
            losers.append(Loser(candidate, reason))
        else:
            able.append(candidate)
    able.sort(key=lambda each: _rank(each, terms))
    winner = able[0] if able else None
    for beaten in able[1:]:
        same_kind = winner is not None and beaten.priority_key == winner.priority_key
        other_visit = "a_later_visit_counts" if terms.touch_order == TouchOrder.LAST else "an_earlier_visit_counts"
        losers.append(Loser(beaten, other_visit if same_kind else "another_kind_goes_first"))
    return Decision(winner, losers)


def reason_against(candidate: Claim, *, terms: Terms, buyer_id: UUID, at: datetime) -> str:
    """Why a candidate cannot get the credit, or nothing."""
    if candidate.refusal:
        return candidate.refusal
    if candidate.payee_id == buyer_id:
        return "own_link"
    if candidate.priority_key not in terms.kinds:
        return "kind_not_in_rule"
    if not _is_in_time(candidate, terms=terms, at=at):
        return "outside_window"
    return ""


def _is_in_time(candidate: Claim, *, terms: Terms, at: datetime) -> bool:
    if candidate.touched_at > at:
        return False
    if at <= candidate.touched_at + timedelta(days=terms.window_days):
        return True
    bound_at = candidate.facts.get("bound_at")
    if terms.binding_days is None or not bound_at:
        return False
    return at <= datetime.fromisoformat(bound_at) + timedelta(days=terms.binding_days)


def _rank(candidate: Claim, terms: Terms) -> tuple[int, float, str]:
    moment = candidate.touched_at.timestamp()
    by_time = -moment if terms.touch_order == TouchOrder.LAST else moment
    return (terms.kinds.index(candidate.priority_key), by_time, candidate.source)
