"""What time makes of a case that nobody moved."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.decide_case import approve
from backend.aftersales.actions.hold_case import move_case, note_on_case
from backend.aftersales.actions.settle_case import accept, close, finish
from backend.aftersales.models import Actor, AfterSaleCase, CaseState
from backend.aftersales.rules import moves
from backend.aftersales.selectors.cases import overdue_cases
from backend.aftersales.selectors.claims import auto_approves
from backend.core.errors import DomainError
from backend.core.locks import lock_one

logger = logging.getLogger(__name__)
IN_TIME = "not_in_time"


def keep_deadlines(*, now: datetime, limit: int = 200) -> int:
    """Move every case whose time is over, each in its own transaction, and say how many moved.

    Emits: AfterSaleMoved, AfterSaleClosed, LinesRefunded, RefundRequested.
    """
    return sum(_kept(case_id, now=now) for case_id in overdue_cases(now=now, limit=limit))


@transaction.atomic
def pass_deadline(*, case_id: UUID, now: datetime) -> bool:
    """Do with one case what its time says; a repeat, or one that has moved meanwhile, answers False.

    Raises: NotFound, OutOfStock, NothingToRefund, MoreThanBought.
    Emits: AfterSaleMoved, AfterSaleClosed, LinesRefunded, RefundRequested.
    """
    case = lock_one(AfterSaleCase, case_id)
    if case.deadline_at is None or now < case.deadline_at:
        return False
    state = CaseState(case.state)
    facts = {"reason": IN_TIME}
    if state in moves.UNDECIDED:
        return _pass_review(case, now=now)
    if state == CaseState.RESHIPPING:
        return _miss_parcel(case, now=now)
    match moves.AFTER_DEADLINE.get(state):
        case CaseState.ACCEPTED if case.waits_for_a_look:
            _hand_up(case, now=now)
        case CaseState.ACCEPTED:
            accept(case, actor=Actor.SYSTEM, actor_id=None, note="", now=now)
        case CaseState.CLOSED:
            close(case, to=CaseState.CLOSED, reason=IN_TIME, actor=Actor.SYSTEM, actor_id=None, note="", now=now)
        case CaseState.DONE:
            finish(case, actor=Actor.SYSTEM, actor_id=None, now=now)
        case None:
            return False
        case to:
            move_case(case=case, to=to, actor=Actor.SYSTEM, facts=facts, now=now)
    return True


def hand_over_to_people(*, case_id: UUID, problem: str, now: datetime) -> None:
    """Leave a case that time could not move to the desk, and look again in two days."""
    with transaction.atomic():
        case = lock_one(AfterSaleCase, case_id)
        case.escalation = min(case.escalation + 1, 3)
        case.deadline_at = now + moves.REVIEW_WITHIN
        case.save(update_fields=["escalation", "deadline_at"])
        note_on_case(case=case, kind="escalated", actor=Actor.SYSTEM, note=problem, is_internal=True, now=now)


def _kept(case_id: UUID, *, now: datetime) -> bool:
    try:
        return pass_deadline(case_id=case_id, now=now)
    except DomainError as refusal:
        logger.warning("Time could not move the after-sale case %s: %s", case_id, refusal.code)
        hand_over_to_people(case_id=case_id, problem=refusal.code, now=now)
        return False


def _miss_parcel(case: AfterSaleCase, *, now: datetime) -> bool:
    """The new or repaired piece should be there by now and nobody said so: a person asks the carrier."""
    case.escalation = min(case.escalation + 1, 3)
    case.deadline_at = now + moves.REVIEW_WITHIN
    case.save(update_fields=["escalation", "deadline_at"])
    note_on_case(case=case, kind="parcel_missed", actor=Actor.SYSTEM, now=now)
    return True


def _pass_review(case: AfterSaleCase, *, now: datetime) -> bool:
    """Nobody decided: where little is at stake the buyer gets what was asked for, else it goes up."""
    if auto_approves(case):
        approve(case, decided_minor=None, actor=Actor.SYSTEM, actor_id=None, note="", now=now)
        return True
    _hand_up(case, now=now)
    return True


def _hand_up(case: AfterSaleCase, *, now: datetime) -> None:
    case.escalation = min(case.escalation + 1, 3)
    case.deadline_at = now + moves.REVIEW_WITHIN
    case.save(update_fields=["escalation", "deadline_at"])
    note_on_case(case=case, kind="escalated", actor=Actor.SYSTEM, facts={"reason": IN_TIME}, is_internal=True, now=now)
