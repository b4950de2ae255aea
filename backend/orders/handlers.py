"""Reactions to what happens to orders: hints and notifications for the buyer, and counters of the shelf."""

from collections import Counter
from typing import Any
from uuid import UUID

from backend.catalogue.actions import count_sales, note_paid_prices
from backend.core.realtime import publish
from backend.messaging.actions import notify
from backend.messaging.selectors import unread_of
from backend.orders.events import (
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
    OrderShipped,
)
from backend.orders.models import Order, OrderLine

AnyOrderEvent = (
    OrderPlaced
    | OrderPaid
    | OrderConfirmed
    | OrderClosed
    | OrderCancelled
    | OrderShipped
    | OrderDelivered
    | OrderCompleted
    | OrderRefunded
)


def hint_buyer(event: AnyOrderEvent) -> None:
    """Tell the buyer's browsers to look at the order again."""
    hint = {**unread_of(event.buyer_id), "reason": "order", "order_id": str(event.order_id)}
    publish(f"user:{event.buyer_id}", hint)


def notify_of_payment(event: OrderPaid) -> None:
    """Tell the buyer that the money has arrived, or that it is held until the group is full."""
    _tell(event, kind="order_held" if event.is_held else "order_paid", params={"amount": _yuan(event.total_minor)})


def notify_of_closing(event: OrderClosed) -> None:
    """Tell the buyer that an order was not paid in time; whoever closed it knows already."""
    if event.reason == "not_paid_in_time":
        _tell(event, kind="order_closed", params={})


def notify_of_late_payment(event: OrderCancelled) -> None:
    """Tell the buyer that money came too late and goes back."""
    if event.reason == "late_payment":
        _tell(event, kind="order_late", params={})


def notify_of_refund(event: OrderRefunded) -> None:
    """Tell the buyer that money has gone back."""
    params = {"amount": _yuan(event.amount_minor)}
    _tell(event, kind="order_refunded", params=params, key=f"order_refunded:{event.refund_id}")


def count_sold(event: OrderConfirmed) -> None:
    """Add what was sold to the counters of the products."""
    quantities: Counter[UUID] = Counter()
    for product_id, quantity in OrderLine.objects.filter(order_id=event.order_id).values_list("product_id", "quantity"):
        quantities[product_id] += quantity
    count_sales(quantities=quantities, now=event.at)


def note_paid(event: OrderConfirmed) -> None:
    """Keep what a piece of each product was really sold for, so that later prices are compared with it."""
    paid: dict[UUID, int] = {}
    lines = OrderLine.objects.filter(order_id=event.order_id, is_gift=False)
    for product_id, quantity, total_minor in lines.values_list("product_id", "quantity", "total_minor"):
        paid[product_id] = min(total_minor // quantity, paid.get(product_id, total_minor))
    note_paid_prices(lowest_minor={each: minor for each, minor in paid.items() if minor > 0}, now=event.at)


def _tell(
    event: OrderPaid | OrderClosed | OrderCancelled | OrderRefunded,
    *,
    kind: str,
    params: dict[str, Any],
    key: str = "",
) -> None:
    number = Order.objects.values_list("number", flat=True).get(pk=event.order_id)
    notify(
        user_id=event.buyer_id,
        kind=kind,
        params={**params, "number": number},
        url=f"/orders/{event.order_id}",
        dedupe_key=key or f"{kind}:{event.order_id}",
        now=event.at,
    )


def _yuan(minor: int) -> str:
    return f"¥{minor // 100}.{minor % 100:02d}"
