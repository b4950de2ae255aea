"""What the payment of a plan does to its coverages."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.outbox import emit
from backend.orders.models import Order, OrderLine
from backend.orders.rules import KEPT
from backend.protection import rules
from backend.protection.actions.end_coverage import PIECE_BACK, end_coverage, hold_coverages
from backend.protection.actions.move import move_coverage
from backend.protection.events import CoverageActivated
from backend.protection.models import Coverage, CoverageState

UNPAID = (CoverageState.PENDING, CoverageState.VOID)


@transaction.atomic
def activate_coverages(*, plan_order_id: UUID, now: datetime) -> int:
    """Put the paid plans of an order in force, and say how many. A repeat does nothing.

    A piece that went back meanwhile, or got another plan after this one was not paid in time, is not covered: the
    money of its plan goes back. Both orders are held, so a return of the piece is either seen here or sees the plan.

    Emits: CoverageActivated, CoverageEnded, RefundRequested.
    """
    found = Coverage.objects.filter(plan_order_id=plan_order_id)
    covered = set(found.values_list("order_line__order_id", flat=True))
    lines = sorted(set(found.values_list("order_line_id", flat=True)))
    if not lines:
        return 0
    held = hold_coverages([plan_order_id, *covered], lines)
    if Order.objects.get(pk=plan_order_id).state not in KEPT:
        return 0
    kept = {line.pk: line.quantity - line.refunded_quantity for line in OrderLine.objects.filter(pk__in=lines)}
    waiting = [each for each in held if each.plan_order_id == plan_order_id and each.state in UNPAID]
    taken = {(each.order_line_id, each.piece) for each in held if each.state in rules.LIVE and each not in waiting}
    return sum(
        _activate(
            each,
            is_there=each.piece <= kept[each.order_line_id] and (each.order_line_id, each.piece) not in taken,
            now=now,
        )
        for each in waiting
    )


@transaction.atomic
def drop_unpaid(*, plan_order_id: UUID, now: datetime) -> int:
    """Free the pieces of a plan that nobody paid, and say how many."""
    waiting = Coverage.objects.filter(plan_order_id=plan_order_id, state=CoverageState.PENDING)
    lines = sorted(set(waiting.values_list("order_line_id", flat=True)))
    held = hold_coverages([plan_order_id], lines)
    if Order.objects.get(pk=plan_order_id).state in KEPT:
        return 0
    return sum(
        move_coverage(coverage=each, to=CoverageState.VOID, reason="not paid", now=now)
        for each in held
        if each.plan_order_id == plan_order_id
    )


def _activate(coverage: Coverage, *, is_there: bool, now: datetime) -> bool:
    if not is_there:
        end_coverage(coverage, reason=PIECE_BACK, now=now)
        return False
    if not move_coverage(coverage=coverage, to=CoverageState.ACTIVE, reason="paid", now=now, activated_at=now):
        return False
    emit(
        CoverageActivated(
            coverage_id=coverage.pk,
            buyer_id=coverage.buyer_id,
            order_id=coverage.plan_order_id,
            starts_at=coverage.starts_at,
            ends_at=coverage.ends_at,
            at=now,
        )
    )
    return True
