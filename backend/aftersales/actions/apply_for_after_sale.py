"""Asking for something about an order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.care import agent_for
from backend.aftersales.actions.decide_case import approve
from backend.aftersales.actions.hold_case import add_pictures, note_on_case
from backend.aftersales.events import AfterSaleOpened
from backend.aftersales.models import Actor, AfterSaleCase, CaseLine, CaseType, Claim, Remedy
from backend.aftersales.ports import repair_cover
from backend.aftersales.rules import moves, windows
from backend.aftersales.selectors.care import care_of
from backend.aftersales.selectors.claims import Wanted, WorkedOut, auto_approves, work_out
from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.ids import new_id
from backend.core.locks import lock_one, lock_rows
from backend.core.outbox import emit
from backend.inventory.actions import reserve
from backend.orders.actions import pause_completion
from backend.orders.models import Order, OrderLine
from backend.orders.selectors import own_order


@transaction.atomic
def apply_for_after_sale(
    *,
    order_id: UUID,
    buyer_id: UUID,
    wanted: Wanted,
    remedy: str | None,
    detail: str,
    picture_ids: Sequence[UUID],
    to_store_credit: bool,
    idempotency_key: UUID,
    now: datetime,
) -> AfterSaleCase:
    """Ask for a return, an exchange, a repair, a missing piece or a price difference.

    Pieces that are claimed cannot be claimed again while the case is open. A price difference that stays below the
    limit is approved at once, for there is nothing to look at.

    Raises: NotEligible, AwaitsGroup, TypeNotPossible, WindowClosed, NeverReturnable, TooManyPieces, NothingToGiveBack,
        PriceNotLower, ProtectedAlready, VariantNotPossible, OutOfStock, NotFound, InvalidInput, KeyReused.
    Emits: AfterSaleOpened, AfterSaleMoved.
    """
    key: dict[str, Any] = {"principal_id": buyer_id, "action": "apply_for_after_sale", "key": idempotency_key}
    own_order(order_id=order_id, buyer_id=buyer_id)
    request = {
        "order": order_id,
        "type": wanted.type,
        "reason": wanted.reason,
        "pieces": sorted([str(line), quantity] for line, quantity in wanted.pieces.items()),
        "instead": sorted([str(line), str(variant)] for line, variant in wanted.instead.items()),
    }
    if answered := replay_or_reserve(**key, request=request):
        return AfterSaleCase.objects.get(pk=answered["caseId"])
    if len(detail) > windows.LONGEST_DETAIL:
        raise InvalidInput("detail")

    case_id = new_id()
    if wanted.type == CaseType.EXCHANGE:
        reserve(order_id=case_id, demand=_demand(wanted), now=now)
    order = lock_one(Order, order_id)
    lines = lock_rows(OrderLine.objects.filter(order_id=order_id))
    worked_out = work_out(order, lines, wanted, now=now)
    chosen = chosen_remedy(wanted.type, remedy)
    case = _write(case_id, worked_out, wanted, detail.strip(), remedy=chosen, to_store_credit=to_store_credit, now=now)
    _begin(case, picture_ids, now=now)
    _use_cover(case, worked_out, now=now)
    remember(**key, answer={"caseId": case.id})
    return case


def chosen_remedy(kind: str, remedy: str | None) -> Remedy:
    """How the case would be made good; only for a missing or wrong piece there is a choice.

    Raises: InvalidInput.
    """
    usual = moves.REMEDY_OF[kind]
    if remedy is None or remedy == usual:
        return usual
    if kind == CaseType.MISSING_OR_WRONG and remedy == Remedy.REPLACE:
        return Remedy.REPLACE
    raise InvalidInput("remedy")


def _use_cover(case: AfterSaleCase, worked_out: WorkedOut, *, now: datetime) -> None:
    """Count a repair after the shop's own time against the plan that covers it."""
    cover = repair_cover()
    if cover is None or not worked_out.under_cover:
        return
    cover.use(case_id=case.id, pieces=worked_out.under_cover, now=now)
    note_on_case(case=case, kind="covered", actor=Actor.SYSTEM, now=now)


def _demand(wanted: Wanted) -> list[tuple[UUID, int]]:
    return [
        (wanted.instead[line_id], quantity) for line_id, quantity in wanted.pieces.items() if line_id in wanted.instead
    ]


def _write(
    case_id: UUID,
    worked_out: WorkedOut,
    wanted: Wanted,
    detail: str,
    *,
    remedy: Remedy,
    to_store_credit: bool,
    now: datetime,
) -> AfterSaleCase:
    order, total = worked_out.order, worked_out.sum
    plan = care_of(order.buyer_id, now=now)
    case = AfterSaleCase.objects.create(
        id=case_id,
        number=moves.new_number(now=now),
        order=order,
        buyer_id=order.buyer_id,
        type=wanted.type,
        reason=wanted.reason,
        detail=detail,
        remedy=remedy,
        currency=order.currency,
        requested_minor=total.total_minor,
        shipping_minor=total.shipping_minor,
        subsidy_minor=worked_out.subsidy_minor,
        to_store_credit=to_store_credit,
        arithmetic=list(worked_out.steps),
        was_sent=worked_out.is_sent,
        opened_at=now,
        deadline_at=now + moves.REVIEW_WITHIN,
        first_answer_by=now + plan.first_answer_within,
        agent_id=agent_for(order.buyer_id, plan=plan, now=now),
        inspects_first=plan.flow is not None,
    )
    CaseLine.objects.bulk_create(
        [
            CaseLine(
                case=case,
                order_line_id=line.line_id,
                claim=Claim.PRICE if wanted.type == CaseType.PRICE_PROTECTION else Claim.PIECES,
                quantity=line.quantity,
                share_minor=line.share_minor,
                amount_minor=line.amount_minor,
                wanted_variant_id=wanted.instead.get(line.line_id) if wanted.type == CaseType.EXCHANGE else None,
            )
            for line in total.lines
        ]
    )
    return case


def _begin(case: AfterSaleCase, picture_ids: Sequence[UUID], *, now: datetime) -> None:
    """Write the first line of the history, stop the order's clock, and approve what needs no look."""
    event = note_on_case(
        case=case, kind="applied", actor=Actor.BUYER, actor_id=case.buyer_id, note=case.detail, now=now
    )
    add_pictures(event, picture_ids, owner_id=case.buyer_id)
    note_on_case(case=case, kind="verified", actor=Actor.SYSTEM, facts={"orderNumber": case.order.number}, now=now)
    pause_completion(order_id=case.order_id, now=now)
    emit(
        AfterSaleOpened(
            case_id=case.id,
            order_id=case.order_id,
            buyer_id=case.buyer_id,
            type=case.type,
            reason=case.reason,
            requested_minor=case.requested_minor,
            at=now,
        )
    )
    if case.type == CaseType.PRICE_PROTECTION and auto_approves(case):
        approve(case, decided_minor=None, actor=Actor.SYSTEM, actor_id=None, note="", now=now)
