"""The money of a payment is in: everything that follows from it happens together, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.checkout.actions.holding import HeldOrder, hold_order, release_adjustments, tell_paid
from backend.checkout.rules import LATE, NOT_PAID, SECOND
from backend.core.locks import lock_one
from backend.inventory import actions as stock
from backend.inventory.errors import OutOfStock
from backend.orders.actions import cancel_paid, close_unpaid, flag_late_payment, mark_paid
from backend.orders.models import Order, OrderLine, OrderState
from backend.orders.rules import is_past_deadline
from backend.payments.actions import (
    authorise_payment,
    capture_payment,
    expire_payments,
    request_refund,
    start_payment,
)
from backend.payments.models import Payment, PaymentState, Verdict
from backend.payments.rules import HELD_FOR_GROUP, SALES
from backend.promotions.basket import Late

OPEN = (PaymentState.CREATED, PaymentState.FAILED, PaymentState.EXPIRED)
FREE = "free"


class TooLate(Exception):
    """The order cannot be kept any more; what was tried is undone."""


@dataclass(frozen=True, slots=True)
class TakeIn:
    """What the provider told of a payment: its own number, and whether the money is only held."""

    provider_reference: str
    is_hold: bool

    def take(
        self, payment: Payment, *, booked_in: str, settles_order: bool, now: datetime, credit_minor: int = 0
    ) -> None:
        """Record the money: as held, which books nothing, or as in."""
        known: dict[str, Any] = {
            "payment": payment,
            "settles_order": settles_order,
            "provider_reference": self.provider_reference,
            "now": now,
        }
        if self.is_hold:
            authorise_payment(**known)
        else:
            capture_payment(**known, booked_in=booked_in, credit_minor=credit_minor)


@transaction.atomic(savepoint=False)
def settle_payment(
    *,
    payment: Payment,
    amount_minor: int,
    currency: str,
    provider_reference: str,
    now: datetime,
    is_hold: bool = False,
) -> Verdict:
    """Take in the money of a payment and do all that it decides, in one transaction.

    `is_hold` says that the provider only holds the money: then nothing is booked, and what cannot be kept is released.

    An unpaid order becomes paid; its adjustments and stock become final. An order that was closed for want of
    payment is revived at its own price if it can be; if not, or if its buyer gave it up, the money goes back.
    So does money for an order that is paid already. Another amount than the agreed one changes nothing, and neither
    does a second charge of the same payment: a person must look at both.

    Raises: NotFound.
    Emits: PaymentCaptured, OrderPaid, OrderConfirmed, OrderClosed, OrderCancelled, RefundRequested,
        AuthorisationDecided.
    """
    held = hold_order(payment.order_id)
    payment = lock_one(Payment, payment.id)
    payment.order = held.order
    if (amount_minor, currency) != (payment.amount_minor, payment.currency):
        return Verdict.AMOUNT_MISMATCH
    if payment.state not in OPEN:
        is_same_money = not provider_reference or provider_reference == payment.provider_reference
        return Verdict.REPEATED if is_same_money else Verdict.SECOND_CHARGE

    if held.order.state in (OrderState.PENDING_PAYMENT, OrderState.CLOSED):
        _settle_order(held, payment, TakeIn(provider_reference, is_hold), now=now)
    else:
        _return_second_payment(held.order, payment, TakeIn(provider_reference, is_hold), now=now)
    return Verdict.APPLIED


@transaction.atomic
def settle_free_order(*, order_id: UUID, now: datetime) -> Payment:
    """Pay an order that costs nothing, without any provider; a payment of nothing stays as the record.

    Emits: PaymentCaptured, OrderPaid, OrderConfirmed.
    """
    payment = start_payment(order_id=order_id, provider=FREE, now=now)
    settle_payment(payment=payment, amount_minor=0, currency=payment.currency, provider_reference="", now=now)
    payment.refresh_from_db()
    return payment


def _settle_order(held: HeldOrder, payment: Payment, told: TakeIn, *, now: datetime) -> None:
    try:
        with transaction.atomic():
            _keep(held, payment, told, now=now)
    except (TooLate, OutOfStock):
        held.order.refresh_from_db()
        payment.refresh_from_db()
        _give_back(held, payment, told, now=now)


def _keep(held: HeldOrder, payment: Payment, told: TakeIn, *, now: datetime) -> None:
    """Make the order paid, or raise so that nothing of the try remains."""
    order = held.order
    overdue = is_past_deadline(state=order.state, pay_deadline_at=order.pay_deadline_at, now=now)
    is_late = overdue or order.state == OrderState.CLOSED
    was_closed = order.state == OrderState.CLOSED
    if was_closed and order.close_reason != NOT_PAID:
        raise TooLate
    answer = tell_paid(held, now=now, is_hold=told.is_hold)
    if isinstance(answer, Late):
        raise TooLate
    if was_closed:
        # After the sources: what one of them hands to the order, such as a piece of a sale, leaves the shelf alone.
        stock.reserve(order_id=order.id, demand=_demand(order.id), now=now)
    told.take(
        payment,
        booked_in=HELD_FOR_GROUP if answer else SALES,
        settles_order=True,
        credit_minor=order.tendered_minor,
        now=now,
    )
    if not mark_paid(order=order, awaits_group=answer, is_late=is_late, is_held=told.is_hold, now=now):
        raise TooLate
    stock.commit(order_id=order.id, now=now)


def _give_back(held: HeldOrder, payment: Payment, told: TakeIn, *, now: datetime) -> None:
    """The money came, but the order can no longer be kept: close it and send everything back."""
    order = held.order
    told.take(payment, booked_in=SALES, settles_order=True, now=now)
    close_unpaid(order=order, reason=LATE, now=now)
    release_adjustments(held, reason=LATE, now=now)
    stock.release(order_id=order.id, now=now)
    expire_payments(order_id=order.id)
    flag_late_payment(order=order)
    cancel_paid(order=order, reason=LATE, now=now)
    request_refund(order_id=order.id, reason=LATE, cause=LATE, payment_id=payment.id, now=now)


def _return_second_payment(order: Order, payment: Payment, told: TakeIn, *, now: datetime) -> None:
    """Keep the first payment of an order and send this one back."""
    told.take(payment, booked_in=SALES, settles_order=False, now=now)
    request_refund(order_id=order.id, reason=SECOND, cause=SECOND, payment_id=payment.id, now=now)


def _demand(order_id: UUID) -> list[tuple[UUID, int]]:
    return list(OrderLine.objects.filter(order_id=order_id).values_list("variant_id", "quantity"))
