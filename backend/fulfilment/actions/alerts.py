"""Orders that should have left by now."""

from datetime import datetime

from django.db import transaction

from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.fulfilment.events import DispatchOverdue
from backend.fulfilment.models import DispatchAlert
from backend.fulfilment.rules import DISPATCH_WITHIN
from backend.fulfilment.selectors import overdue_orders
from backend.orders.models import Order


def alert_overdue_orders(*, now: datetime, limit: int = 200) -> int:
    """Raise the alarm for every order that was not sent in time, once per order, and say how many are new.

    Emits: DispatchOverdue.
    """
    late = Order.objects.filter(overdue_orders(now=now)).exclude(pk__in=DispatchAlert.objects.values("order_id"))
    return sum(_alert(order, now=now) for order in late.order_by("confirmed_at")[:limit])


@transaction.atomic
def _alert(order: Order, *, now: datetime) -> bool:
    if order.confirmed_at is None:
        return False
    dispatch_by = order.confirmed_at + DISPATCH_WITHIN
    if not insert_row_once(DispatchAlert(order=order, dispatch_by=dispatch_by, raised_at=now)):
        return False
    emit(DispatchOverdue(order_id=order.id, buyer_id=order.buyer_id, dispatch_by=dispatch_by, at=now))
    return True
