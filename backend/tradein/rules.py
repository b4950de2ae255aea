"""What a thing is worth by what is said of it, and until when each step waits. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.core.clock import business_day
from backend.core.ids import short_code
from backend.core.languages import LOCALES
from backend.payments.rules import LARGEST_GRANT_MINOR
from backend.tradein.models import TradeInState as S

MOST_OPEN = 5
MOST_PICTURES = 6
LONGEST_WORDS = 300
SHORTEST_REASONS = 10
LONGEST_REASONS = 500
MOST_QUESTIONS = 8
MOST_ANSWERS = 6
MOST_STEPS = 20
MOST_MINOR = LARGEST_GRANT_MINOR

MOVES: Mapping[str, frozenset[str]] = {
    S.OFFERED: frozenset({S.TO_SEND, S.EXPIRED, S.WITHDRAWN}),
    S.TO_SEND: frozenset({S.ON_THE_WAY, S.RECEIVED, S.CLOSED, S.WITHDRAWN}),
    S.ON_THE_WAY: frozenset({S.RECEIVED}),
    S.RECEIVED: frozenset({S.CREDITED, S.LOWERED, S.GOING_BACK}),
    S.LOWERED: frozenset({S.CREDITED, S.GOING_BACK}),
    S.GOING_BACK: frozenset({S.RETURNED}),
    S.CREDITED: frozenset(),
    S.RETURNED: frozenset(),
    S.EXPIRED: frozenset(),
    S.CLOSED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
LASTS: Mapping[str, timedelta] = {
    S.OFFERED: timedelta(days=14),
    S.TO_SEND: timedelta(days=10),
    S.LOWERED: timedelta(days=7),
}
AFTER_DEADLINE: Mapping[str, S] = {S.OFFERED: S.EXPIRED, S.TO_SEND: S.CLOSED, S.LOWERED: S.GOING_BACK}
OVER = frozenset({S.CREDITED, S.RETURNED, S.EXPIRED, S.CLOSED, S.WITHDRAWN})
OPEN = frozenset(S) - OVER
# The money that a month keeps for a thing is kept as long as the thing may still be credited.
PROMISED = frozenset({S.TO_SEND, S.ON_THE_WAY, S.RECEIVED, S.LOWERED})
WITH_THE_DESK = (S.ON_THE_WAY, S.TO_SEND, S.RECEIVED, S.GOING_BACK)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic: the base price, or what an answer takes off."""

    ask: Mapping[str, str]
    answer: Mapping[str, str]
    steps: int
    minor: int


@dataclass(frozen=True, slots=True)
class Worth:
    """What a thing is worth by what was said of it. Nothing is offered where an answer says that it is not taken."""

    steps: tuple[Step, ...]
    offered_minor: int
    is_taken: bool


def worth_of(
    *,
    title: Mapping[str, str],
    base_minor: int,
    step_minor: int,
    questions: Sequence[Mapping[str, Any]],
    answers: Mapping[str, str],
) -> Worth | None:
    """The base price less the steps of every answer, never below nothing; None while a question is open."""
    lines = [Step(title, {}, 0, base_minor)]
    is_taken, left = True, base_minor
    for question in questions:
        chosen = next((each for each in question["answers"] if each["key"] == answers.get(question["key"])), None)
        if chosen is None:
            return None
        if chosen["steps"] is None:
            is_taken = False
        steps = chosen["steps"] or 0
        off = min(left, steps * step_minor)
        left -= off
        lines.append(Step(question["ask"], chosen["label"], steps, -off))
    return Worth(tuple(lines), left, is_taken and left > 0)


def is_legal(*, from_state: str, to_state: str) -> bool:
    """Say whether a trade-in may move so."""
    return to_state in MOVES[from_state]


def deadline_after(state: str, *, now: datetime) -> datetime | None:
    """When a state that begins now runs out."""
    return now + LASTS[state] if state in LASTS else None


def shown_state(*, state: str, deadline_at: datetime | None, now: datetime) -> S:
    """The state to show: one whose time is over counts as what time makes of it, even if nobody has moved it."""
    if deadline_at is not None and now >= deadline_at and state in AFTER_DEADLINE:
        return AFTER_DEADLINE[state]
    return S(state)


def is_complete(*, title: Any, base_minor: Any, step_minor: Any, questions: Any) -> bool:
    """Whether a price list says all that it must."""
    if not _said(title) or not _whole(base_minor, MOST_MINOR) or not _whole(step_minor, MOST_MINOR):
        return False
    if not 0 < step_minor < base_minor or not isinstance(questions, list) or not 1 <= len(questions) <= MOST_QUESTIONS:
        return False
    return all(_is_question(each) for each in questions) and len({each["key"] for each in questions}) == len(questions)


def new_number(*, now: datetime) -> str:
    """A number that people can read aloud."""
    return f"TI{business_day(now):%y%m%d}{short_code(6)}"


def _is_question(question: Any) -> bool:
    if not isinstance(question, Mapping) or set(question) != {"key", "ask", "answers"}:
        return False
    answers = question["answers"]
    if not _key(question["key"]) or not _said(question["ask"]) or not isinstance(answers, list):
        return False
    return 2 <= len(answers) <= MOST_ANSWERS and all(_is_answer(each) for each in answers)


def _is_answer(answer: Any) -> bool:
    if not isinstance(answer, Mapping) or set(answer) != {"key", "label", "steps"}:
        return False
    steps = answer["steps"]
    return _key(answer["key"]) and _said(answer["label"]) and (steps is None or _whole(steps, MOST_STEPS))


def _said(text: Any) -> bool:
    return isinstance(text, Mapping) and all(
        isinstance(text.get(each), str) and 0 < len(text[each].strip()) <= 80 for each in LOCALES
    )


def _key(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 40


def _whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
