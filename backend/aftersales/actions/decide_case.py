"""What the desk decides: take a case, approve it, decline it, hand it up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.selectors import people_with_role
from backend.aftersales.actions.hand_to_packers import hand_to_packers
from backend.aftersales.actions.hold_case import check_not_own, checked_words, hold_case, move_case, note_on_case
from backend.aftersales.actions.settle_case import refund
from backend.aftersales.errors import AmountTooHigh
from backend.aftersales.models import Actor, AfterSaleCase, CaseState, CaseType, Remedy
from backend.aftersales.rules import moves, windows
from backend.aftersales.selectors.cases import lines_of_case
from backend.core.errors import InvalidInput, NotFound
from backend.core.money import Money
from backend.inventory.actions import reserve


@transaction.atomic
def take_case(*, case_id: UUID, agent_id: UUID, now: datetime) -> AfterSaleCase:
    """Begin to look at a case; it is this agent's from then on.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, NotFound.
    Emits: AfterSaleMoved.
    """
    case = hold_case(case_id=case_id, now=now)
    check_not_own(case, agent_id)
    changes = {"agent_id": agent_id}
    if case.state == CaseState.APPLIED:
        move_case(case=case, to=CaseState.REVIEWING, actor=Actor.AGENT, actor_id=agent_id, changes=changes, now=now)
        return case
    AfterSaleCase.objects.filter(pk=case.pk).update(**changes)
    case.agent_id = agent_id
    note_on_case(case=case, kind="taken", actor=Actor.AGENT, actor_id=agent_id, is_internal=True, now=now)
    return case


@transaction.atomic
def approve_case(
    *,
    case_id: UUID,
    agent_id: UUID,
    version: int,
    amount_minor: int | None,
    remedy: str | None,
    note: str,
    now: datetime,
) -> AfterSaleCase:
    """Grant what was asked for, or a part of the money; the shop's own words go to the buyer.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, AmountTooHigh, OutOfStock, NothingToRefund, MoreThanBought, NotFound,
        InvalidInput.
    Emits: AfterSaleMoved, LinesRefunded, RefundRequested.
    """
    if len(note) > windows.MOST_TEXT:
        raise InvalidInput("note")
    case = hold_case(case_id=case_id, now=now, version=version)
    check_not_own(case, agent_id)
    _choose_remedy(case, remedy)
    decided = checked_amount(case, amount_minor)
    approve(case, decided_minor=decided, actor=Actor.AGENT, actor_id=agent_id, note=note.strip(), now=now)
    return case


@transaction.atomic
def reject_case(*, case_id: UUID, agent_id: UUID, version: int, note: str, now: datetime) -> AfterSaleCase:
    """Decline a case with reasons; the buyer may appeal within seven days.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, ReasonsNeeded, NotFound, InvalidInput.
    Emits: AfterSaleMoved.
    """
    words = checked_words(note)
    case = hold_case(case_id=case_id, now=now, version=version)
    check_not_own(case, agent_id)
    move_case(
        case=case,
        to=CaseState.REJECTED,
        actor=Actor.AGENT,
        actor_id=agent_id,
        note=words,
        changes={"decided_by_id": agent_id},
        now=now,
    )
    return case


@transaction.atomic
def escalate_case(
    *, case_id: UUID, agent_id: UUID, to_agent_id: UUID | None, note: str, now: datetime
) -> AfterSaleCase:
    """Hand a hard case up, to somebody or to whoever takes it; the note is for the desk.

    Raises: CaseMovedOn, DeadlineOver, ReasonsNeeded, NotFound, InvalidInput.
    """
    words = checked_words(note)
    if to_agent_id is not None and to_agent_id not in people_with_role("support", "admin"):
        raise NotFound
    case = hold_case(case_id=case_id, now=now)
    case.escalation = min(case.escalation + 1, 3)
    case.agent_id = to_agent_id
    case.save(update_fields=["escalation", "agent_id"])
    note_on_case(
        case=case,
        kind="escalated",
        actor=Actor.AGENT,
        actor_id=agent_id,
        note=words,
        facts={"level": case.escalation},
        is_internal=True,
        now=now,
    )
    return case


def approve(
    case: AfterSaleCase, *, decided_minor: int | None, actor: Actor, actor_id: UUID | None, note: str, now: datetime
) -> None:
    """Approve a held case and do what follows at once: wait for the parcel, send the money or the piece.

    Raises: CaseMovedOn, OutOfStock, NothingToRefund, MoreThanBought.
    Emits: AfterSaleMoved, LinesRefunded, RefundRequested.
    """
    if case.remedy == Remedy.REPLACE and case.type == CaseType.MISSING_OR_WRONG:
        demand = [(line.order_line.variant_id, line.quantity) for line in lines_of_case(case.id)]
        reserve(order_id=case.id, demand=demand, now=now)
    decided = case.requested_minor if decided_minor is None else decided_minor
    changes = {"decided_minor": decided, "remedy": case.remedy, "decided_by_id": actor_id}
    facts = {"minor": decided} if case.remedy == Remedy.REFUND else {}
    move_case(
        case=case,
        to=CaseState.APPROVED,
        actor=actor,
        actor_id=actor_id,
        note=note,
        facts=facts,
        changes=changes,
        now=now,
    )
    if case.type in moves.COMES_BACK:
        move_case(case=case, to=CaseState.WAIT_BUYER_SHIP, actor=Actor.SYSTEM, now=now)
    elif case.remedy == Remedy.REFUND:
        refund(case, actor=Actor.SYSTEM, actor_id=None, now=now)
    else:
        hand_to_packers(case, actor=Actor.SYSTEM, actor_id=None, now=now)


def checked_amount(case: AfterSaleCase, amount_minor: int | None) -> int | None:
    """An amount that may go back in this case.

    Raises: AmountTooHigh, InvalidInput.
    """
    if amount_minor is None:
        return None
    if case.remedy != Remedy.REFUND or amount_minor < 1:
        raise InvalidInput("amountMinor")
    if amount_minor > case.requested_minor:
        raise AmountTooHigh(most=Money(case.requested_minor, case.currency))
    return amount_minor


def _choose_remedy(case: AfterSaleCase, remedy: str | None) -> None:
    if remedy is None or remedy == case.remedy:
        return
    if case.type != CaseType.MISSING_OR_WRONG or remedy not in (Remedy.REFUND, Remedy.REPLACE):
        raise InvalidInput("remedy")
    case.remedy = remedy
