"""Placing an order for something that nobody sends."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.checkout.actions.place_order import PlacedOrder
from backend.checkout.selectors import terms
from backend.orders.actions import create_service_order
from backend.payments.actions import open_payment


@transaction.atomic
def place_service_order(
    *, buyer_id: UUID, service: Mapping[str, str], total_minor: int, provider: str, now: datetime
) -> PlacedOrder:
    """Place an order for a service and open its payment; it is paid, closed and refunded like any other.

    Nothing lowers its price and nothing is sent. Call it inside the transaction that decides what is bought.

    Emits: OrderPlaced.
    """
    order = create_service_order(
        buyer_id=buyer_id,
        service=service,
        total_minor=total_minor,
        pay_deadline_at=now + terms().pay_within,
        now=now,
    )
    return PlacedOrder(order, open_payment(order=order, provider=provider, now=now))
