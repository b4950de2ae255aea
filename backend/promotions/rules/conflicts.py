"""Which of several promotions work together: the best for the customer, and always the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

MOST_WEIGHED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A promotion that would take something off."""

    id: UUID
    per_line: Mapping[UUID, int]
    priority: int = 0
    exclusive_group: str = ""
    stack_class: str = ""
    extra_minor: int = 0

    @property
    def worth_minor(self) -> int:
        """What the customer saves by it."""
        return sum(self.per_line.values()) + self.extra_minor


Clash = Callable[[Candidate, Candidate], bool]


def share_a_group(one: Candidate, other: Candidate) -> bool:
    """Two of one exclusive group never work together."""
    return bool(one.exclusive_group) and one.exclusive_group == other.exclusive_group


def share_a_line(one: Candidate, other: Candidate) -> bool:
    """A line has at most one line promotion."""
    return share_a_group(one, other) or not one.per_line.keys().isdisjoint(other.per_line)


def share_a_class(one: Candidate, other: Candidate) -> bool:
    """An order has at most one reduction of each class."""
    return share_a_group(one, other) or one.stack_class == other.stack_class


def best_together(candidates: Sequence[Candidate], clash: Clash) -> list[Candidate]:
    """The set without a clash that saves most. Equal sets are decided by priority, then by id.

    The candidates are put in that order first and each is tried before it is left out, so the first best set found is
    the preferred one, whatever order they came in. At most twelve are weighed: those that save most.
    """
    worthy = [each for each in candidates if each.worth_minor > 0]
    weighed = sorted(worthy, key=lambda each: (-each.worth_minor, -each.priority, str(each.id)))[:MOST_WEIGHED]
    ordered = sorted(weighed, key=lambda each: (-each.priority, str(each.id)))
    ahead = [0] * (len(ordered) + 1)
    for at in range(len(ordered) - 1, -1, -1):
        ahead[at] = ahead[at + 1] + ordered[at].worth_minor
    best: list[Candidate] = []
    best_worth = 0

    def search(at: int, chosen: list[Candidate], worth: int) -> None:
        nonlocal best, best_worth
        if worth > best_worth:
            best, best_worth = list(chosen), worth
        if at == len(ordered) or worth + ahead[at] <= best_worth:
            return
        one = ordered[at]
        if not any(clash(one, other) for other in chosen):
            search(at + 1, [*chosen, one], worth + one.worth_minor)
        search(at + 1, chosen, worth)

    search(0, [], 0)
    return best
