"""Reads of parcels."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.orders.models import Order, OrderState

RETURN_WINDOW = timedelta(days=7)


def orders_to_complete(*, now: datetime, limit: int) -> list[UUID]:
    """The orders that were delivered long enough ago, the oldest first."""
    kept = Order.objects.filter(state=OrderState.DELIVERED, delivered_at__lte=now - RETURN_WINDOW)
    return list(kept.order_by("delivered_at").values_list("pk", flat=True)[:limit])
