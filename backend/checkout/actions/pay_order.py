"""Paying an order that was placed before."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.orders.selectors import own_order
from backend.payments.actions import start_payment
from backend.payments.models import Payment


@transaction.atomic
def pay_order(*, order_id: UUID, buyer_id: UUID, provider: str, now: datetime) -> Payment:
    """Open a payment for one's own unpaid order, or hand back the open one.

    Raises: OrderNotPayable, NotFound.
    """
    return start_payment(order_id=own_order(order_id=order_id, buyer_id=buyer_id).id, provider=provider, now=now)
