"""What a case comes to: money goes back, pieces go back to the shelf, a new parcel leaves, or nothing happens."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.credit import pay_subsidy
from backend.aftersales.actions.hand_to_packers import call_off, hand_to_packers
from backend.aftersales.actions.hold_advance import end_advance
from backend.aftersales.actions.hold_case import move_case, note_on_case
from backend.aftersales.events import AfterSaleClosed, LinesRefunded
from backend.aftersales.models import (
    Actor,
    AdvanceState,
    AfterSaleCase,
    CaseLine,
    CaseState,
    CaseType,
    Claim,
    Remedy,
    Standing,
)
from backend.aftersales.rules import amounts, moves
from backend.aftersales.selectors.cases import (
    has_other_open,
    lines_of_case,
    open_refunds,
    refund_cause,
    refunding_cases,
    refunds_of_case,
    shipping_cause,
)
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.inventory.actions import give_back, release, stock_up
from backend.orders.actions import refund_lines, resume_completion
from backend.payments.actions import request_refund

REASON = "after_sale"


def accept(case: AfterSaleCase, *, actor: Actor, actor_id: UUID | None, note: str, now: datetime) -> None:
    """Take a returned case as good: pay what was promised for sending it back, and the money or the new piece.

    Raises: CaseMovedOn, NothingToRefund, MoreThanBought.
    Emits: AfterSaleMoved, LinesRefunded, RefundRequested.
    """
    move_case(case=case, to=CaseState.ACCEPTED, actor=actor, actor_id=actor_id, note=note, now=now)
    end_advance(case, to=AdvanceState.ARRIVED, actor_id=actor_id, now=now)
    put_on_shelf(case, now=now)
    if case.remedy == Remedy.REFUND:
        refund(case, actor=actor, actor_id=actor_id, now=now)
    elif case.remedy == Remedy.REPLACE:
        hand_to_packers(case, actor=Actor.SYSTEM, actor_id=None, now=now)
    pay_subsidy(case, now=now)


def refund(case: AfterSaleCase, *, actor: Actor, actor_id: UUID | None, now: datetime) -> None:
    """Send the money of a case back, unless it went ahead of the thing; the provider is asked later.

    Raises: CaseMovedOn, NothingToRefund, MoreThanBought.
    Emits: AfterSaleMoved, AfterSaleClosed, LinesRefunded, RefundRequested.
    """
    if case.is_advanced and not open_refunds(case):
        finish(case, actor=actor, actor_id=actor_id, now=now)
        return
    sent = sum(each.amount_minor for each in refunds_of_case(case)) if case.is_advanced else give_money(case, now=now)
    move_case(case=case, to=CaseState.REFUNDING, actor=actor, actor_id=actor_id, now=now, facts={"minor": sent})
    finish_if_refunded(case, now=now)


def give_money(case: AfterSaleCase, *, now: datetime) -> int:
    """Count the pieces of a held case as given up, ask for one refund per line, and say how much goes back.

    Raises: NothingToRefund, MoreThanBought.
    Emits: LinesRefunded, RefundRequested.
    """
    lines = lines_of_case(case.id)
    parts, shipping = decided_parts(case, lines)
    if not case.was_sent:
        put_on_shelf(case, now=now)
    pieces = [
        (line.order_line_id, 0 if line.claim == Claim.PRICE else line.quantity, part)
        for line, part in zip(lines, parts, strict=True)
    ]
    refund_lines(order_id=case.order_id, pieces=pieces, now=now)
    for line, part in zip(lines, parts, strict=True):
        _send_back(case, refund_cause(line.id), part, now=now)
        CaseLine.objects.filter(pk=line.pk).update(amount_minor=part, standing=Standing.SETTLED)
    _send_back(case, shipping_cause(case.id), shipping, now=now)
    emit(
        LinesRefunded(
            order_id=case.order_id,
            buyer_id=case.buyer_id,
            case_id=case.id,
            lines=tuple(pieces),
            shipping_minor=shipping,
            at=now,
        )
    )
    return sum(parts) + shipping


def decided_parts(case: AfterSaleCase, lines: list[CaseLine]) -> tuple[list[int], int]:
    """What goes back per line, and of the shipping, after what was decided."""
    asked = [line.amount_minor for line in lines]
    decided = case.requested_minor if case.decided_minor is None else case.decided_minor
    return amounts.cut_to(decided, amounts=asked, shipping_minor=case.shipping_minor)


def finish_if_refunded(case: AfterSaleCase, *, now: datetime) -> bool:
    """Finish a case whose money has all arrived back.

    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    if case.state != CaseState.REFUNDING or open_refunds(case):
        return False
    finish(case, actor=Actor.SYSTEM, actor_id=None, now=now)
    return True


@transaction.atomic
def finish_refunded_cases(*, order_id: UUID, now: datetime) -> int:
    """Finish the cases of an order whose money has all arrived back, and say how many.

    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    held = [lock_one(AfterSaleCase, case_id) for case_id in refunding_cases(order_id)]
    return sum(finish_if_refunded(case, now=now) for case in held)


def finish(case: AfterSaleCase, *, actor: Actor, actor_id: UUID | None, now: datetime) -> None:
    """Close a case that came to something; exchanged and repaired pieces can be claimed anew.

    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    CaseLine.objects.filter(case=case, standing=Standing.OPEN).update(standing=Standing.VOID)
    move_case(case=case, to=CaseState.DONE, actor=actor, actor_id=actor_id, now=now, changes={"finished_at": now})
    _leave(case, now=now)


def close(
    case: AfterSaleCase, *, to: CaseState, reason: str, actor: Actor, actor_id: UUID | None, note: str, now: datetime
) -> None:
    """Close a case without effect: what it claimed is free again, what it reserved goes back, nothing is packed.

    Raises: CaseMovedOn, ResendUnderway.
    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    CaseLine.objects.filter(case=case, standing=Standing.OPEN).update(standing=Standing.VOID)
    move_case(
        case=case,
        to=to,
        actor=actor,
        actor_id=actor_id,
        note=note,
        facts={"reason": reason},
        now=now,
        changes={"close_reason": reason, "finished_at": now},
    )
    end_advance(case, to=AdvanceState.LAPSED, actor_id=actor_id, now=now)
    release(order_id=case.id, now=now)
    call_off(case, now=now)
    _leave(case, now=now)


def put_on_shelf(case: AfterSaleCase, *, now: datetime) -> None:
    """Put back what can be sold again: everything that never left, or what the inspection found fit.

    Emits: AvailabilityChanged.
    """
    if case.type == CaseType.REPAIR or (case.was_sent and case.type not in moves.COMES_BACK):
        return
    counts: Counter[UUID] = Counter()
    for line in lines_of_case(case.id):
        if quantity := (line.fit_quantity or 0) if case.was_sent else line.quantity:
            counts[line.order_line.variant_id] += quantity
    if not counts:
        return
    given = give_back(order_id=case.order_id, quantities=counts, reason=case.number, now=now)
    rest = {variant_id: quantity for variant_id, quantity in counts.items() if variant_id not in given}
    stock_up(quantities=rest, reason=case.number, reference=f"after_sale:{case.id}", now=now)
    note_on_case(
        case=case, kind="shelved", actor=Actor.SYSTEM, facts={"pieces": counts.total()}, is_internal=True, now=now
    )


def _send_back(case: AfterSaleCase, cause: str, amount_minor: int, *, now: datetime) -> None:
    if amount_minor > 0:
        request_refund(
            order_id=case.order_id,
            reason=REASON,
            cause=cause,
            amount_minor=amount_minor,
            to_credit=case.to_store_credit,
            now=now,
        )


def _leave(case: AfterSaleCase, *, now: datetime) -> None:
    """The order's clock runs on once no case of it is open."""
    if not has_other_open(case):
        resume_completion(order_id=case.order_id, now=now)
    emit(AfterSaleClosed(case_id=case.id, order_id=case.order_id, buyer_id=case.buyer_id, state=case.state, at=now))
