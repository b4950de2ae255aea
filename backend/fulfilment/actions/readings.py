"""Reading where a buyer lives: only by name, with a reason, and written down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from backend.fulfilment.models import AddressReading
from backend.orders.models import Order


@transaction.atomic
def read_address(*, order_id: UUID, reader_id: UUID, reason: str, now: datetime) -> dict[str, Any]:
    """Give the whole address of an order, and note who read it and why.

    Raises: InvalidInput, NotFound.
    """
    reason = " ".join(reason.split())
    if not 2 <= len(reason) <= 120 or "\x00" in reason:
        raise InvalidInput("reason")
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound
    AddressReading.objects.create(order=order, reader_id=reader_id, reason=reason, at=now)
    return dict(order.address)
