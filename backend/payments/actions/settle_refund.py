"""What the provider said about a refund."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.orders.models import Order
from backend.payments.actions.request_refund import complete_refund
from backend.payments.events import RefundNeedsHelp
from backend.payments.models import Payment, Refund, RefundState
from backend.payments.rules import needs_a_person, next_attempt
from backend.payments.rules.transfers import goes_by_hand

LONGEST_PROBLEM = 300


@transaction.atomic
def settle_refund(*, refund_id: UUID, now: datetime) -> bool:
    """Record that the money of a refund has gone back, once.

    Raises: NotFound.
    Emits: RefundSettled, OrderRefunded.
    """
    found = Refund.objects.filter(pk=refund_id).values_list("order_id", "payment_id").first()
    order_id, payment_id = found or (None, None)
    order = lock_one(Order, order_id)
    payment = lock_one(Payment, payment_id)
    refund = lock_one(Refund, refund_id)
    return complete_refund(order=order, payment=payment, refund=refund, now=now)


@transaction.atomic
def note_refund_failed(*, refund_id: UUID, problem: str, now: datetime, is_final: bool = False) -> Refund:
    """Plan the next try of a refund, or hand it to a person after too many or when `is_final`.

    One that goes by bank needs no help: sending it is a person's work, and the watch tells when it is late.

    Raises: NotFound.
    Emits: RefundNeedsHelp.
    """
    refund = lock_one(Refund, refund_id)
    if refund.state in (RefundState.SUCCEEDED, RefundState.MANUAL):
        return refund
    gives_up = is_final or needs_a_person(attempts=refund.attempts)
    refund.state = RefundState.MANUAL if gives_up else RefundState.FAILED
    refund.problem = problem[:LONGEST_PROBLEM]
    refund.next_attempt_at = None if gives_up else next_attempt(attempts=refund.attempts, now=now)
    refund.save(update_fields=["state", "problem", "next_attempt_at"])
    if gives_up and not goes_by_hand(refund.problem):
        emit(
            RefundNeedsHelp(
                refund_id=refund.id,
                payment_id=refund.payment_id,
                order_id=refund.order_id,
                amount_minor=refund.amount_minor,
                problem=refund.problem,
                at=now,
            )
        )
    return refund
