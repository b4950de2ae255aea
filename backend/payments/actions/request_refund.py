"""Deciding that money goes back. Nobody calls the provider here: a worker does, later."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.locks import lock_one
from backend.core.money import Money
from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.orders.actions import mark_refunded
from backend.orders.models import Order
from backend.payments.actions.authorise_payment import decide_void
from backend.payments.errors import NothingToRefund
from backend.payments.events import RefundRequested, RefundSettled
from backend.payments.models import Payment, PaymentState, Refund, RefundState
from backend.payments.rules import BY_PROVIDER, REFUND_IN_FLIGHT, REFUNDED_OUT, STORE_CREDIT, Split, split_refund
from backend.payments.selectors import settled_minor, settling_payment


@transaction.atomic
def request_refund(
    *,
    order_id: UUID,
    reason: str,
    cause: str,
    now: datetime,
    amount_minor: int | None = None,
    payment_id: UUID | None = None,
    to_credit: bool = False,
) -> Refund | None:
    """Send money of an order back: the given amount, or all that is left.

    What was paid with money goes back first and by the way it came, what was paid from store credit after it and
    into store credit. `to_credit` sends all of it into store credit; only the buyer may wish that.

    `cause` names what makes the refund due; the same cause on the same payment refunds once and hands back
    the first refund. Without `payment_id` the payment that settled the order is meant. An order that cost
    nothing has nothing to send back, and the answer is None. Money that is only held is released instead.

    Call it inside the transaction that decides. The provider is asked later by a worker.

    Raises: NothingToRefund, NotFound.
    Emits: RefundRequested, and RefundSettled and OrderRefunded if no provider is needed; AuthorisationDecided if the
        money is only held.
    """
    order = lock_one(Order, order_id)
    payment = lock_one(Payment, payment_id or settling_payment(order_id=order_id).id)
    if known := Refund.objects.filter(payment=payment, cause=cause).first():
        return known
    if payment.captured_minor + payment.credit_minor == 0:
        if payment.state == PaymentState.AUTHORISED:
            if amount_minor is not None:
                raise NothingToRefund(refundable=Money(0, payment.currency))
            decide_void(payment=payment, now=now)
        return None

    left = _left_of(payment)
    wanted = left.whole_minor if amount_minor is None else amount_minor
    if not 0 < wanted <= left.whole_minor:
        raise NothingToRefund(refundable=Money(left.whole_minor, payment.currency))
    parts = split_refund(wanted_minor=wanted, left=left)
    refund = _take_from_payment(
        payment, parts, buyer_id=order.buyer_id, to_credit=to_credit, reason=reason, cause=cause, now=now
    )
    emit(
        RefundRequested(
            refund_id=refund.id,
            payment_id=payment.id,
            order_id=payment.order_id,
            buyer_id=order.buyer_id,
            amount_minor=wanted,
            reason=reason,
            at=now,
        )
    )
    if refund.provider_minor == 0:
        complete_refund(order=order, payment=payment, refund=refund, now=now)
    return refund


@transaction.atomic
def record_provider_refund(*, payment: Payment, amount_minor: int, cause: str, now: datetime) -> Refund | None:
    """Record a refund that the provider made on its own; None says that it asks for more than there is.

    Emits: RefundSettled, OrderRefunded.
    """
    order = lock_one(Order, payment.order_id)
    payment = lock_one(Payment, payment.id)
    if known := Refund.objects.filter(payment=payment, cause=cause).first():
        return known
    if not 0 < amount_minor <= _left_of(payment).cash_minor:
        return None
    parts = Split(amount_minor, 0)
    refund = _take_from_payment(
        payment, parts, buyer_id=order.buyer_id, to_credit=False, reason=BY_PROVIDER, cause=cause, now=now
    )
    complete_refund(order=order, payment=payment, refund=refund, now=now)
    return refund


def complete_refund(*, order: Order, payment: Payment, refund: Refund, now: datetime) -> bool:
    """Finish a refund whose order and payment are locked; a repeat answers False.

    Emits: RefundSettled, OrderRefunded.
    """
    finished = (
        Refund.objects.filter(pk=refund.pk)
        .exclude(state=RefundState.SUCCEEDED)
        .update(state=RefundState.SUCCEEDED, settled_at=now, next_attempt_at=None, problem="")
    )
    refund.refresh_from_db()
    if not finished:
        return False
    _book(
        refund, kind="refund_paid", out_of=REFUND_IN_FLIGHT, into={(REFUNDED_OUT, None): refund.provider_minor}, now=now
    )
    settled = settled_minor(payment_id=payment.id)
    is_full = settled >= payment.captured_minor + payment.credit_minor
    payment.state = PaymentState.REFUNDED if is_full else PaymentState.PARTIALLY_REFUNDED
    payment.save(update_fields=["state"])
    emit(
        RefundSettled(
            refund_id=refund.id,
            payment_id=payment.id,
            order_id=order.id,
            buyer_id=order.buyer_id,
            amount_minor=refund.amount_minor,
            reason=refund.reason,
            at=now,
        )
    )
    if payment.settles_order:
        mark_refunded(
            order=order,
            refund_id=refund.id,
            amount_minor=refund.amount_minor,
            refunded_minor=settled,
            reason=refund.reason,
            now=now,
        )
    return True


def _left_of(payment: Payment) -> Split:
    """How much of a payment has neither gone back nor is on its way back."""
    return Split(payment.captured_minor - payment.refunded_minor, payment.credit_minor - payment.credit_refunded_minor)


def _take_from_payment(
    payment: Payment, parts: Split, *, buyer_id: UUID, to_credit: bool, reason: str, cause: str, now: datetime
) -> Refund:
    Payment.objects.filter(pk=payment.pk).update(
        refunded_minor=F("refunded_minor") + parts.cash_minor,
        credit_refunded_minor=F("credit_refunded_minor") + parts.credit_minor,
    )
    payment.refresh_from_db(fields=["refunded_minor", "credit_refunded_minor"])
    refund = Refund.objects.create(
        payment=payment,
        order_id=payment.order_id,
        cause=cause,
        reason=reason,
        currency=payment.currency,
        amount_minor=parts.whole_minor,
        credit_minor=parts.whole_minor if to_credit else parts.credit_minor,
        to_credit=to_credit,
        requested_at=now,
        next_attempt_at=now,
    )
    into = {(REFUND_IN_FLIGHT, None): refund.provider_minor, (STORE_CREDIT, buyer_id): refund.credit_minor}
    _book(refund, kind="refund_due", out_of=payment.booked_in, into=into, now=now)
    return refund


def _book(
    refund: Refund, *, kind: str, out_of: str, into: Mapping[tuple[str, UUID | None], int], now: datetime
) -> None:
    legs = [Leg(account, owner_id, amount, refund.currency) for (account, owner_id), amount in into.items() if amount]
    if not legs:
        return
    post_transfer(
        kind=kind,
        source=("refund", refund.id),
        legs=[Leg(out_of, None, -sum(leg.amount for leg in legs), refund.currency), *legs],
        facts={"orderId": refund.order_id, "reason": refund.reason},
        now=now,
    )
