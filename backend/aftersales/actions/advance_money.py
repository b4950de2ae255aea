"""Money that goes back at the carrier's scan, and what a person makes of it when the thing does not come as hoped."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.hold_advance import end_advance
from backend.aftersales.actions.hold_case import check_not_own, checked_words, note_on_case
from backend.aftersales.actions.settle_case import accept, close, give_money
from backend.aftersales.errors import AdvanceSettled, LookFirst
from backend.aftersales.events import AdvancePaid
from backend.aftersales.models import Actor, Advance, AdvanceState, AfterSaleCase, CaseState
from backend.aftersales.rules import advances, moves
from backend.aftersales.selectors.care import flow_of
from backend.aftersales.selectors.cases import was_sent_back
from backend.core.errors import InvalidInput
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.orders.errors import MoreThanBought
from backend.payments.errors import NothingToRefund

CLOSE_REASON = {AdvanceState.KEPT: "advance_kept", AdvanceState.NOT_ARRIVED: "advance_lost"}


@transaction.atomic
def pay_advance(*, case_id: UUID, scanned_at: datetime, now: datetime) -> bool:
    """Send the promised money of a case back because the carrier has its parcel; a repeat answers False.

    A promise lapses where the parcel is back already, a person has set an own return flow in the meantime, or the money
    cannot go; then the case goes the usual way, where somebody sees why.

    Raises: NotFound.
    Emits: LinesRefunded, RefundRequested, AfterSaleNoted, AdvancePaid.
    """
    case = lock_one(AfterSaleCase, case_id)
    advance = Advance.objects.filter(case=case, state=AdvanceState.PROMISED).first()
    if advance is None:
        return False
    if case.state != CaseState.IN_TRANSIT or flow_of(case.buyer_id, now=now) is not None:
        end_advance(case, to=AdvanceState.LAPSED, actor_id=None, now=now)
        return False
    try:
        with transaction.atomic():
            sent = give_money(case, now=now)
    except (NothingToRefund, MoreThanBought):
        end_advance(case, to=AdvanceState.LAPSED, actor_id=None, now=now)
        return False
    advance.state, advance.paid_at, advance.due_at = AdvanceState.PAID, now, now + advances.ARRIVES_WITHIN
    advance.save(update_fields=["state", "paid_at", "due_at"])
    case.is_advanced, case.deadline_at = True, advance.due_at
    case.save(update_fields=["is_advanced", "deadline_at"])
    note_on_case(case=case, kind="advanced", actor=Actor.SYSTEM, facts={"minor": sent}, now=now)
    emit(AdvancePaid(case_id=case.id, buyer_id=case.buyer_id, amount_minor=sent, scanned_at=scanned_at, at=now))
    return True


@transaction.atomic
def settle_advance(*, case_id: UUID, agent_id: UUID, outcome: str, note: str, now: datetime) -> AfterSaleCase:
    """Decide what became of a thing whose money went ahead. No outcome takes money from the buyer.

    A thing that arrives and passes the inspection settles its advance by itself. A person decides about one that was
    not accepted (all is well after all, or the buyer keeps it) or never came.

    Raises: AdvanceSettled, LookFirst, OwnCase, ReasonsNeeded, CaseMovedOn, NotFound, InvalidInput.
    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    if outcome not in (AdvanceState.ARRIVED, AdvanceState.KEPT, AdvanceState.NOT_ARRIVED):
        raise InvalidInput("outcome")
    words = checked_words(note)
    case = lock_one(AfterSaleCase, case_id)
    check_not_own(case, agent_id)
    if not Advance.objects.filter(case=case, state=AdvanceState.PAID).exists():
        raise AdvanceSettled
    to = AdvanceState(outcome)
    if case.state not in moves.OVER and case.state not in (CaseState.IN_TRANSIT, CaseState.DISPUTED):
        raise LookFirst
    if to != AdvanceState.KEPT and was_sent_back(case) != (to == AdvanceState.ARRIVED):
        raise InvalidInput("outcome")
    end_advance(case, to=to, actor_id=agent_id, now=now)
    if case.state in moves.OVER:
        note_on_case(case=case, kind="advance_settled", actor=Actor.AGENT, actor_id=agent_id, note=words,
                     is_internal=True, now=now)  # fmt: skip
    elif to == AdvanceState.ARRIVED:
        accept(case, actor=Actor.AGENT, actor_id=agent_id, note=words, now=now)
    else:
        close(
            case, to=CaseState.CLOSED, reason=CLOSE_REASON[to], actor=Actor.AGENT, actor_id=agent_id, note=words,
            now=now,
        )  # fmt: skip
    return case
