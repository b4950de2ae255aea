"""Ending a plan before its time: by its buyer, or because the piece went back; and by time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_many, lock_rows
from backend.core.outbox import emit
from backend.orders.models import Order, OrderLine
from backend.payments.actions import request_refund
from backend.protection.actions.move import move_coverage
from backend.protection.errors import CoverageOver, RepairRunning
from backend.protection.events import CoverageEnded
from backend.protection.models import Coverage, CoverageState
from backend.protection.selectors.coverages import (
    due_to_expire,
    has_open_repair,
    own_coverage,
    refund_now,
    shown_state,
)

BY_BUYER = "by_buyer"
PIECE_BACK = "piece_back"
MONEY_BACK = "money_back"
REASON = "protection"


def hold_coverages(order_ids: Sequence[UUID], line_ids: Sequence[UUID]) -> list[Coverage]:
    """Hold the orders that decide about coverages by id, then the coverages of the lines.

    Raises: NotFound.
    """
    lock_many(Order, order_ids)
    return lock_rows(Coverage.objects.filter(order_line_id__in=line_ids))


@transaction.atomic
def cancel_protection(*, coverage_id: UUID, buyer_id: UUID, now: datetime) -> Coverage:
    """Let the buyer end a plan; what goes back follows from the days that are left.

    Raises: CoverageOver, RepairRunning, NotFound.
    Emits: CoverageEnded, RefundRequested.
    """
    found = own_coverage(coverage_id=coverage_id, buyer_id=buyer_id)
    held = hold_coverages([found.order_line.order_id, found.plan_order_id], [found.order_line_id])
    coverage = next(each for each in held if each.pk == found.pk)
    state = shown_state(coverage, now=now)
    if state != CoverageState.ACTIVE:
        raise CoverageOver(state=state)
    if has_open_repair(coverage.pk):
        raise RepairRunning
    end_coverage(coverage, reason=BY_BUYER, actor_id=buyer_id, now=now)
    return coverage


@transaction.atomic
def end_of_returned_pieces(*, order_id: UUID, now: datetime) -> int:
    """End the plans of pieces of an order that went back, and say how many. A repeat ends none.

    Emits: CoverageEnded, RefundRequested.
    """
    over = (CoverageState.ENDED, CoverageState.EXPIRED)
    plan_orders = Coverage.objects.filter(order_line__order_id=order_id).exclude(state__in=over)
    lines = list(OrderLine.objects.filter(order_id=order_id).values_list("pk", flat=True))
    held = hold_coverages([order_id, *set(plan_orders.values_list("plan_order_id", flat=True))], lines)
    kept = {line.pk: line.quantity - line.refunded_quantity for line in OrderLine.objects.filter(pk__in=lines)}
    gone = [each for each in held if each.state == CoverageState.ACTIVE and each.piece > kept[each.order_line_id]]
    for coverage in gone:
        end_coverage(coverage, reason=PIECE_BACK, now=now)
    return len(gone)


@transaction.atomic
def note_plan_refunded(*, plan_order_id: UUID, now: datetime) -> int:
    """End the plans of an order whose money has all gone back another way; nothing more goes back.

    Emits: CoverageEnded.
    """
    found = Coverage.objects.filter(plan_order_id=plan_order_id)
    lines = set(found.values_list("order_line_id", flat=True))
    covered = set(found.values_list("order_line__order_id", flat=True))
    held = hold_coverages([plan_order_id, *covered], sorted(lines)) if lines else []
    live = [each for each in held if each.plan_order_id == plan_order_id and each.state == CoverageState.ACTIVE]
    for coverage in live:
        _end(coverage, refund_minor=0, reason=MONEY_BACK, actor_id=None, now=now)
    return len(live)


def expire_coverages(*, now: datetime, limit: int = 500) -> int:
    """Note the plans whose time is over, each by itself, and say how many."""
    return sum(
        move_coverage(coverage=each, to=CoverageState.EXPIRED, reason="time", now=now)
        for each in Coverage.objects.filter(pk__in=due_to_expire(now=now, limit=limit))
    )


def end_coverage(coverage: Coverage, *, reason: str, now: datetime, actor_id: UUID | None = None) -> None:
    """End a held coverage and send back what is due, once.

    Emits: CoverageEnded, RefundRequested.
    """
    _end(coverage, refund_minor=refund_now(coverage, now=now), reason=reason, actor_id=actor_id, now=now)


def _end(coverage: Coverage, *, refund_minor: int, reason: str, actor_id: UUID | None, now: datetime) -> None:
    if not move_coverage(
        coverage=coverage,
        to=CoverageState.ENDED,
        reason=reason,
        actor_id=actor_id,
        now=now,
        refunded_minor=refund_minor,
        ended_at=now,
        end_reason=reason,
    ):
        return
    if refund_minor:
        request_refund(
            order_id=coverage.plan_order_id,
            reason=REASON,
            cause=f"{REASON}:{coverage.pk}",
            amount_minor=refund_minor,
            now=now,
        )
    emit(
        CoverageEnded(
            coverage_id=coverage.pk,
            buyer_id=coverage.buyer_id,
            order_id=coverage.plan_order_id,
            refunded_minor=refund_minor,
            reason=reason,
            at=now,
        )
    )
