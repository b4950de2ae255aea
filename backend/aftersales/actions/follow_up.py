"""What both sides add to a case, how it is withdrawn, and how it is looked back at."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.hold_case import add_pictures, check_not_own, hold_case, move_case, note_on_case
from backend.aftersales.actions.settle_case import close
from backend.aftersales.errors import CaseMovedOn, MoneyWentAhead
from backend.aftersales.models import Actor, AfterSaleCase, CaseState
from backend.aftersales.rules import moves, windows
from backend.aftersales.selectors.cases import open_cases, own_case
from backend.core.errors import InvalidInput
from backend.core.locks import lock_one
from backend.fulfilment.errors import ResendUnderway

LONGEST_RATING_WORDS = 300


@transaction.atomic
def cancel_after_sale(*, case_id: UUID, buyer_id: UUID, now: datetime) -> AfterSaleCase:
    """Withdraw one's own case; possible until the parcel is back.

    Raises: CaseMovedOn, DeadlineOver, MoneyWentAhead, NotFound.
    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    own_case(case_id=case_id, buyer_id=buyer_id)
    case = hold_case(case_id=case_id, now=now)
    if case.is_advanced:
        raise MoneyWentAhead
    close(
        case,
        to=CaseState.BUYER_CANCELLED,
        reason="cancelled_by_buyer",
        actor=Actor.BUYER,
        actor_id=buyer_id,
        note="",
        now=now,
    )
    return case


@transaction.atomic
def close_cases_of_order(*, order_id: UUID, reason: str, now: datetime) -> int:
    """Close the open cases of an order that was given up, and say how many.

    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    closed = 0
    for case_id in open_cases(order_id):
        case = lock_one(AfterSaleCase, case_id)
        if moves.is_legal(from_state=case.state, to_state=CaseState.CLOSED):
            closed += _close_unless_sent(case, reason=reason, now=now)
    return closed


def _close_unless_sent(case: AfterSaleCase, *, reason: str, now: datetime) -> bool:
    """Close a case, unless its parcel has just left: then it arrives, and the case ends with it."""
    try:
        with transaction.atomic():
            close(case, to=CaseState.CLOSED, reason=reason, actor=Actor.SYSTEM, actor_id=None, note="", now=now)
    except ResendUnderway:
        return False
    return True


@transaction.atomic
def write_to_case(
    *,
    case_id: UUID,
    writer_id: UUID,
    is_agent: bool,
    note: str,
    picture_ids: Sequence[UUID],
    is_internal: bool,
    now: datetime,
) -> AfterSaleCase:
    """Add words or pictures to an open case; internal notes of the desk are never shown to the buyer.

    Raises: CaseMovedOn, OwnCase, NotFound, InvalidInput.
    Emits: AfterSaleNoted.
    """
    words = note.strip()
    if not (words or picture_ids) or len(words) > windows.MOST_TEXT:
        raise InvalidInput("note")
    if not is_agent:
        own_case(case_id=case_id, buyer_id=writer_id)
    case = lock_one(AfterSaleCase, case_id)
    if is_agent:
        check_not_own(case, writer_id)
    if case.state in moves.OVER and not is_internal:
        raise CaseMovedOn(state=case.state)
    event = note_on_case(
        case=case,
        kind="note" if is_internal else "message",
        actor=Actor.AGENT if is_agent else Actor.BUYER,
        actor_id=writer_id,
        note=words,
        is_internal=is_internal and is_agent,
        now=now,
    )
    add_pictures(event, picture_ids, owner_id=writer_id)
    return case


@transaction.atomic
def rate_after_sale(*, case_id: UUID, buyer_id: UUID, rating: int, words: str, now: datetime) -> AfterSaleCase:
    """Say how it went, from 1 to 5, once the case is done; that files it.

    Raises: CaseMovedOn, NotFound, InvalidInput.
    Emits: AfterSaleMoved.
    """
    if not 1 <= rating <= 5 or len(words) > LONGEST_RATING_WORDS:
        raise InvalidInput("rating")
    own_case(case_id=case_id, buyer_id=buyer_id)
    case = lock_one(AfterSaleCase, case_id)
    if case.state not in (CaseState.DONE, CaseState.REVISIT, CaseState.ARCHIVED) or case.rating is not None:
        raise CaseMovedOn(state=case.state)
    changes = {"rating": rating, "rating_words": words.strip()}
    if case.state == CaseState.ARCHIVED:
        AfterSaleCase.objects.filter(pk=case.pk).update(**changes)
        case.rating = rating
        return case
    move_case(
        case=case,
        to=CaseState.ARCHIVED,
        actor=Actor.BUYER,
        actor_id=buyer_id,
        facts={"rating": rating},
        changes=changes,
        now=now,
    )
    return case
