"""The group is full: its orders will be sent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.orders.actions import confirm_order
from backend.orders.models import Order, OrderState
from backend.payments.actions import book_as_sale, decide_capture
from backend.payments.models import Payment, PaymentState
from backend.payments.selectors import settling_payment


@transaction.atomic
def confirm_group_order(*, order_id: UUID, now: datetime) -> bool:
    """Confirm one order of a full group and count its money as a sale; a repeat answers False.

    Money that the provider only holds is now to be taken; the order is confirmed when it is in.

    Raises: NotFound.
    Emits: OrderConfirmed, AuthorisationDecided.
    """
    order = lock_one(Order, order_id)
    if order.state != OrderState.AWAITING_GROUP:
        return False
    payment = lock_one(Payment, settling_payment(order_id=order_id).id)
    if payment.state == PaymentState.AUTHORISED:
        decide_capture(payment=payment, now=now)
        return False
    confirm_order(order=order, now=now)
    book_as_sale(payment=payment, now=now)
    return True
