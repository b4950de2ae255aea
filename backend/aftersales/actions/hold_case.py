"""Holding a case, moving it on, and writing its history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.aftersales.errors import CaseMovedOn, DeadlineOver, OwnCase, ReasonsNeeded
from backend.aftersales.events import AfterSaleMoved, AfterSaleNoted
from backend.aftersales.models import Actor, AfterSaleCase, CaseEvent, CaseState, Evidence
from backend.aftersales.rules import moves, windows
from backend.aftersales.selectors.claims import auto_approves
from backend.core.errors import InvalidInput
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.pictures.selectors import owns_pictures
from backend.core.state_log import log_move


@transaction.atomic(savepoint=False)
def hold_case(*, case_id: UUID, now: datetime, version: int | None = None) -> AfterSaleCase:
    """Hold a case; one whose time is over counts as what time makes of it, even if nobody has moved it yet.

    Raises: CaseMovedOn, DeadlineOver, NotFound.
    """
    case = lock_one(AfterSaleCase, case_id)
    shown = moves.shown_state(
        state=case.state, deadline_at=case.deadline_at, auto_approves=auto_approves(case), now=now,
        inspects_first=case.waits_for_a_look,
    )  # fmt: skip
    if shown != case.state:
        raise DeadlineOver(state=shown)
    if version is not None and version != case.version:
        raise CaseMovedOn(state=case.state)
    return case


@transaction.atomic(savepoint=False)
def move_case(
    *,
    case: AfterSaleCase,
    to: CaseState,
    now: datetime,
    actor: Actor,
    actor_id: UUID | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    keep_deadline: bool = False,
) -> CaseEvent:
    """Move a case from the state it was read in to another; the condition in the statement decides.

    Raises: CaseMovedOn.
    Emits: AfterSaleMoved.
    """
    if not moves.is_legal(from_state=case.state, to_state=to):
        raise CaseMovedOn(state=case.state)
    came_from = case.state
    deadline = case.deadline_at if keep_deadline else moves.deadline_after(to, before=case.deadline_at, now=now)
    columns = {"state": to, "deadline_at": deadline, **_answered(case, actor, now=now), **(changes or {})}
    if not AfterSaleCase.objects.filter(pk=case.pk, state=came_from).update(version=F("version") + 1, **columns):
        raise CaseMovedOn(state=came_from)
    case.version += 1
    for name, value in columns.items():
        setattr(case, name, value)
    log_move(
        entity_type="after_sale", entity_id=case.id, from_state=came_from, to_state=to, now=now, actor_id=actor_id,
        reason=str((facts or {}).get("reason", "")),
    )  # fmt: skip
    event = _write(case, kind="moved", to=to, actor=actor, actor_id=actor_id, note=note, facts=facts, now=now)
    emit(
        AfterSaleMoved(
            case_id=case.id, order_id=case.order_id, buyer_id=case.buyer_id, from_state=came_from, state=to, at=now
        )
    )
    return event


@transaction.atomic(savepoint=False)
def note_on_case(
    *,
    case: AfterSaleCase,
    kind: str,
    now: datetime,
    actor: Actor,
    actor_id: UUID | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    is_internal: bool = False,
) -> CaseEvent:
    """Add a line to the history of a case without moving it.

    Emits: AfterSaleNoted.
    """
    answered = {} if is_internal else _answered(case, actor, now=now)
    AfterSaleCase.objects.filter(pk=case.pk).update(version=F("version") + 1, **answered)
    case.refresh_from_db(fields=["version", "first_answered_at"])
    event = _write(
        case, kind=kind, to="", actor=actor, actor_id=actor_id, note=note, facts=facts, now=now, is_internal=is_internal
    )
    if not is_internal:
        emit(
            AfterSaleNoted(
                case_id=case.id, event_id=event.id, order_id=case.order_id, buyer_id=case.buyer_id, actor=actor, at=now
            )
        )
    return event


def add_pictures(event: CaseEvent, picture_ids: Sequence[UUID], *, owner_id: UUID) -> None:
    """Put pictures that this person sent beside a line of the history.

    Raises: InvalidInput.
    """
    wanted = list(dict.fromkeys(picture_ids))
    if len(wanted) > windows.MOST_PICTURES:
        raise InvalidInput("pictureIds")
    if not owns_pictures(owner_id, wanted):
        raise InvalidInput("pictureIds")
    if Evidence.objects.filter(case_id=event.case_id, picture_id__in=wanted).exists():
        raise InvalidInput("pictureIds")
    Evidence.objects.bulk_create([Evidence(case_id=event.case_id, event=event, picture_id=each) for each in wanted])


def check_not_own(case: AfterSaleCase, agent_id: UUID) -> None:
    """Refuse an agent who would decide about their own order.

    Raises: OwnCase.
    """
    if case.buyer_id == agent_id:
        raise OwnCase


def checked_words(note: str, *, most: int = windows.MOST_TEXT) -> str:
    """The reasons without blanks around them; too few words are refused.

    Raises: ReasonsNeeded, InvalidInput.
    """
    words = note.strip()
    if len(words) < windows.SHORTEST_REASONS:
        raise ReasonsNeeded
    if len(words) > most:
        raise InvalidInput("note")
    return words


def _answered(case: AfterSaleCase, actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The first thing an agent does that the buyer sees counts as the first answer."""
    return {"first_answered_at": now} if actor == Actor.AGENT and case.first_answered_at is None else {}


def _write(
    case: AfterSaleCase,
    *,
    kind: str,
    to: str,
    actor: Actor,
    actor_id: UUID | None,
    note: str,
    facts: Mapping[str, Any] | None,
    now: datetime,
    is_internal: bool = False,
) -> CaseEvent:
    return CaseEvent.objects.create(
        case=case, kind=kind, to_state=to, actor=actor, actor_id=actor_id, note=note, facts=dict(facts or {}),
        is_internal=is_internal, at=now,
    )  # fmt: skip
