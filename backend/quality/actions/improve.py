"""Opening an improvement case, giving it to somebody, writing into it, closing it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.selectors import people_with_role
from backend.core.clock import business_day
from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.quality.errors import ImprovementIsClosed
from backend.quality.events import ImprovementClosed, ImprovementGiven, ImprovementOpened
from backend.quality.models import ImprovementCase, ImprovementNote, ImprovementState, Sign, Team
from backend.quality.rules import alerts

STAFF = ("support", "growth", "admin")


@transaction.atomic
def open_improvement(
    *, title: str, team: str, words: str, due: date | None, opener_id: UUID, idempotency_key: UUID, now: datetime
) -> ImprovementCase:
    """Write down that something is to become better, and which team sees to it.

    Raises: InvalidInput, KeyReused.
    Emits: ImprovementOpened.
    """
    request = {"title": title, "team": team, "words": words, "due": str(due or "")}
    told = replay_or_reserve(principal_id=opener_id, action="open_improvement", key=idempotency_key, request=request)
    if told is not None:
        return ImprovementCase.objects.get(pk=told["case_id"])
    if not 2 <= len(title.strip()) <= alerts.LONGEST_TITLE:
        raise InvalidInput("title")
    if team not in Team.values:
        raise InvalidInput("team")
    case = ImprovementCase.objects.create(
        number=alerts.new_number(now=now), sign=Sign.PERSON, title=title.strip(), team=team,
        due_on=_checked_day(due, now=now) or alerts.due_on(now=now), opened_by_id=opener_id, opened_at=now,
    )  # fmt: skip
    if words.strip():
        _write(case, author_id=opener_id, words=words, now=now)
    emit(ImprovementOpened(case_id=case.id, sign=case.sign, subject="", team=team, by_id=opener_id, at=now))
    remember(principal_id=opener_id, action="open_improvement", key=idempotency_key, answer={"case_id": str(case.id)})
    return case


@transaction.atomic
def give_improvement(*, case_id: UUID, owner_id: UUID, team: str, due: date, now: datetime) -> ImprovementCase:
    """Say who sees to it, in which team and until when.

    Raises: ImprovementIsClosed, NotFound, InvalidInput.
    Emits: ImprovementGiven.
    """
    case = _open_case(case_id)
    if owner_id not in people_with_role(*STAFF):
        raise InvalidInput("ownerId")
    if team not in Team.values:
        raise InvalidInput("team")
    is_new = case.owner_id != owner_id
    case.owner_id, case.team, case.due_on = owner_id, team, _checked_day(due, now=now) or due
    case.save(update_fields=["owner", "team", "due_on"])
    if is_new:
        emit(ImprovementGiven(case_id=case.id, number=case.number, owner_id=owner_id, due_on=case.due_on, at=now))
    return case


@transaction.atomic
def note_improvement(*, case_id: UUID, author_id: UUID, words: str, now: datetime) -> ImprovementCase:
    """Write down what was tried or found.

    Raises: ImprovementIsClosed, NotFound, InvalidInput.
    """
    case = _open_case(case_id)
    _write(case, author_id=author_id, words=words, now=now)
    return case


@transaction.atomic
def close_improvement(*, case_id: UUID, closer_id: UUID, changed: str, now: datetime) -> ImprovementCase:
    """Close a case by saying what was changed; the last figure stays beside the first.

    Raises: ImprovementIsClosed, NotFound, InvalidInput.
    Emits: ImprovementClosed.
    """
    case = _open_case(case_id)
    if not 5 <= len(changed.strip()) <= alerts.LONGEST_CHANGED:
        raise InvalidInput("changed")
    case.state, case.closed_at, case.closed_by_id = ImprovementState.CLOSED, now, closer_id
    case.changed = changed.strip()
    case.save(update_fields=["state", "closed_at", "closed_by", "changed"])
    emit(
        ImprovementClosed(
            case_id=case.id, by_id=closer_id, value_before=case.value_before, value_after=case.value_now, at=now
        )
    )
    return case


def _open_case(case_id: UUID) -> ImprovementCase:
    case = lock_one(ImprovementCase, case_id)
    if case.state != ImprovementState.OPEN:
        raise ImprovementIsClosed
    return case


def _write(case: ImprovementCase, *, author_id: UUID, words: str, now: datetime) -> None:
    if not 2 <= len(words.strip()) <= alerts.LONGEST_WORDS:
        raise InvalidInput("words")
    ImprovementNote.objects.create(case=case, author_id=author_id, words=words.strip(), at=now)


def _checked_day(due: date | None, *, now: datetime) -> date | None:
    if due is not None and not business_day(now) <= due <= date(2100, 1, 1):
        raise InvalidInput("due")
    return due
