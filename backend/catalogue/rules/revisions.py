"""The way of a revision: which moves there are, who may make them, and what it would change."""

from collections.abc import Iterable, Mapping
from typing import Any

LEVELS = {"FIRST_CHECK": 1, "SECOND_CHECK": 2, "FINAL_APPROVAL": 3}
NEXT = {"FIRST_CHECK": "SECOND_CHECK", "SECOND_CHECK": "FINAL_APPROVAL", "FINAL_APPROVAL": "PUBLISHED"}
EDITABLE = frozenset({"DRAFT", "RETURNED"})
MOVES: Mapping[str, frozenset[str]] = {
    "DRAFT": frozenset({"FIRST_CHECK", "DISCARDED"}),
    "RETURNED": frozenset({"FIRST_CHECK", "DISCARDED"}),
    "FIRST_CHECK": frozenset({"SECOND_CHECK", "RETURNED", "DRAFT"}),
    "SECOND_CHECK": frozenset({"FINAL_APPROVAL", "RETURNED", "DRAFT"}),
    "FINAL_APPROVAL": frozenset({"PUBLISHED", "RETURNED", "DRAFT"}),
    "PUBLISHED": frozenset(),
    "DISCARDED": frozenset(),
}


def may_move(state: str, to: str) -> bool:
    """Whether a revision in this state may come into that one."""
    return to in MOVES[state]


def next_state(state: str, *, is_approved: bool) -> str:
    """Where a decision takes a revision that is in review."""
    return NEXT[state] if is_approved else "RETURNED"


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What two contents differ in: the path, what stood there and what would; lists count from one."""
    return list(_differences("", dict(before), dict(after)))


def _differences(path: str, before: Any, after: Any) -> Iterable[tuple[str, Any, Any]]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _differences(f"{path}.{key}" if path else key, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            yield from _differences(
                f"{path}.{place + 1}",
                before[place] if place < len(before) else None,
                after[place] if place < len(after) else None,
            )
    else:
        yield path, before, after
