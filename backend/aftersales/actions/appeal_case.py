"""When the two sides do not agree: appeal, answer, and the decision of a third person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.decide_case import approve, checked_amount
from backend.aftersales.actions.hold_case import add_pictures, check_not_own, checked_words, hold_case, move_case
from backend.aftersales.actions.settle_case import accept, close
from backend.aftersales.errors import NeedsAnother
from backend.aftersales.models import Actor, AfterSaleCase, CaseState
from backend.aftersales.selectors.cases import own_case, was_sent_back


@transaction.atomic
def appeal_case(
    *, case_id: UUID, buyer_id: UUID, note: str, picture_ids: Sequence[UUID], now: datetime
) -> AfterSaleCase:
    """Let the buyer contradict a refusal or a failed inspection, in their own words.

    Raises: CaseMovedOn, DeadlineOver, ReasonsNeeded, NotFound, InvalidInput.
    Emits: AfterSaleMoved.
    """
    words = checked_words(note)
    own_case(case_id=case_id, buyer_id=buyer_id)
    case = hold_case(case_id=case_id, now=now)
    event = move_case(
        case=case, to=CaseState.APPEALED, actor=Actor.BUYER, actor_id=buyer_id, note=words,
        facts={"statement": "buyer"}, now=now,
    )  # fmt: skip
    add_pictures(event, picture_ids, owner_id=buyer_id)
    return case


@transaction.atomic
def answer_appeal(*, case_id: UUID, agent_id: UUID, note: str, now: datetime) -> AfterSaleCase:
    """Let the shop say its side, and hand the case to a third person.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, ReasonsNeeded, NotFound, InvalidInput.
    Emits: AfterSaleMoved.
    """
    words = checked_words(note)
    case = hold_case(case_id=case_id, now=now)
    check_not_own(case, agent_id)
    move_case(
        case=case, to=CaseState.ARBITRATION, actor=Actor.AGENT, actor_id=agent_id, note=words,
        facts={"statement": "shop"}, now=now,
    )  # fmt: skip
    return case


@transaction.atomic
def arbitrate_case(
    *,
    case_id: UUID,
    judge_id: UUID,
    version: int,
    is_for_buyer: bool,
    amount_minor: int | None,
    note: str,
    now: datetime,
) -> AfterSaleCase:
    """Decide between the two sides, with reasons; whoever decided before cannot.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, NeedsAnother, ReasonsNeeded, AmountTooHigh, OutOfStock, NothingToRefund,
        MoreThanBought, NotFound, InvalidInput.
    Emits: AfterSaleMoved, AfterSaleClosed, LinesRefunded, RefundRequested.
    """
    words = checked_words(note)
    case = hold_case(case_id=case_id, now=now, version=version)
    check_not_own(case, judge_id)
    if case.state != CaseState.ARBITRATION:
        move_case(case=case, to=CaseState.ARBITRATION, actor=Actor.SYSTEM, now=now)
    if case.decided_by_id == judge_id:
        raise NeedsAnother
    if not is_for_buyer:
        close(case, to=CaseState.CLOSED, reason="arbitrated", actor=Actor.AGENT, actor_id=judge_id, note=words, now=now)
        return case
    decided = checked_amount(case, amount_minor)
    if was_sent_back(case):
        if not case.is_advanced:
            case.decided_minor = case.requested_minor if decided is None else decided
            case.save(update_fields=["decided_minor"])
        accept(case, actor=Actor.AGENT, actor_id=judge_id, note=words, now=now)
    else:
        approve(case, decided_minor=decided, actor=Actor.AGENT, actor_id=judge_id, note=words, now=now)
    return case
