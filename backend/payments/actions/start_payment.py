"""Starting and expiring payments."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.ids import new_id
from backend.core.locks import lock_one
from backend.core.rows import insert_row
from backend.orders.models import Order, OrderState
from backend.orders.rules import is_past_deadline
from backend.payments.errors import OrderNotPayable
from backend.payments.models import Payment, PaymentState
from backend.payments.ports import provider_named
from backend.payments.rules.transfers import transfer_reference


@transaction.atomic
def start_payment(*, order_id: UUID, provider: str, now: datetime) -> Payment:
    """Open a payment for an unpaid order, or hand back the one that is open already.

    Raises: OrderNotPayable, NotFound.
    """
    order = lock_one(Order, order_id)
    is_late = is_past_deadline(state=order.state, pay_deadline_at=order.pay_deadline_at, now=now)
    if order.state != OrderState.PENDING_PAYMENT or is_late:
        raise OrderNotPayable(state=OrderState.CLOSED if is_late else order.state)
    open_one = Payment.objects.filter(
        order=order, provider=provider, state__in=[PaymentState.CREATED, PaymentState.FAILED], expires_at__gt=now
    ).first()
    return open_one or open_payment(order=order, provider=provider, now=now)


@transaction.atomic
def expire_payments(*, order_id: UUID) -> int:
    """Mark the open payments of a closed order; money that still comes for them counts as late."""
    return Payment.objects.filter(order_id=order_id, state__in=[PaymentState.CREATED, PaymentState.FAILED]).update(
        state=PaymentState.EXPIRED
    )


def open_payment(*, order: Order, provider: str, now: datetime) -> Payment:
    """Open the first payment of an order that this transaction has just written."""
    payment_id = new_id()
    taker = provider_named(provider)
    is_transfer = taker is not None and taker.transfer is not None
    payment = Payment(
        id=payment_id,
        order=order,
        provider=provider,
        reference=transfer_reference(payment_id) if is_transfer else payment_id.hex,
        currency=order.currency,
        amount_minor=order.payable_minor,
        is_hold=order.captures_later and taker is not None and taker.authorises_for is not None,
        created_at=now,
        expires_at=order.pay_deadline_at,
    )
    return insert_row(payment)
