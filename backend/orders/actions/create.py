"""Making an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.outbox import emit
from backend.core.rows import insert_row, insert_rows
from backend.orders.events import OrderPlaced
from backend.orders.models import Order, OrderKind, OrderLine
from backend.orders.rules import new_number


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One line of an order that is about to be placed, with its words and prices fixed."""

    variant_id: UUID
    product_id: UUID
    product_slug: str
    title: Mapping[str, str]
    option_title: Mapping[str, str]
    picture_id: UUID | None
    quantity: int
    unit_minor: int
    discount_minor: int
    is_gift: bool = False


@transaction.atomic(savepoint=False)
def create_order(
    *,
    buyer_id: UUID,
    kind: OrderKind,
    lines: Sequence[NewLine],
    shipping_minor: int,
    address: Mapping[str, object],
    campaign_id: UUID | None,
    via: str,
    pay_deadline_at: datetime,
    now: datetime,
    tendered_minor: int = 0,
    note: str = "",
    captures_later: bool = False,
) -> Order:
    """Write a new order and its lines, waiting for payment.

    Emits: OrderPlaced.
    """
    items_minor = sum(line.unit_minor * line.quantity for line in lines)
    discount_minor = sum(line.discount_minor for line in lines)
    order = Order(
        number=new_number(now=now),
        buyer_id=buyer_id,
        kind=kind,
        campaign_id=campaign_id,
        via=via,
        note=note,
        items_minor=items_minor,
        discount_minor=discount_minor,
        shipping_minor=shipping_minor,
        total_minor=items_minor - discount_minor + shipping_minor,
        tendered_minor=tendered_minor,
        captures_later=captures_later,
        address=dict(address),
        placed_at=now,
        pay_deadline_at=pay_deadline_at,
    )
    insert_row(order)
    insert_rows([_row(order, position, line) for position, line in enumerate(lines)])
    emit(
        OrderPlaced(
            order_id=order.id,
            buyer_id=buyer_id,
            total_minor=order.total_minor,
            kind=order.kind,
            campaign_id=campaign_id,
            at=now,
        )
    )
    return order


@transaction.atomic(savepoint=False)
def create_service_order(
    *,
    buyer_id: UUID,
    service: Mapping[str, str],
    total_minor: int,
    pay_deadline_at: datetime,
    now: datetime,
    tendered_minor: int = 0,
) -> Order:
    """Write a new order for something that nobody sends, waiting for payment; it has no lines.

    Emits: OrderPlaced.
    """
    order = insert_row(
        Order(
            number=new_number(now=now),
            buyer_id=buyer_id,
            kind=OrderKind.SERVICE,
            service=dict(service),
            items_minor=total_minor,
            total_minor=total_minor,
            tendered_minor=tendered_minor,
            placed_at=now,
            pay_deadline_at=pay_deadline_at,
        )
    )
    emit(
        OrderPlaced(
            order_id=order.id, buyer_id=buyer_id, total_minor=total_minor, kind=order.kind, campaign_id=None, at=now
        )
    )
    return order


def _row(order: Order, position: int, line: NewLine) -> OrderLine:
    return OrderLine(
        order=order,
        position=position,
        variant_id=line.variant_id,
        product_id=line.product_id,
        product_slug=line.product_slug,
        title=dict(line.title),
        option_title=dict(line.option_title),
        picture_id=line.picture_id,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        discount_minor=line.discount_minor,
        total_minor=line.unit_minor * line.quantity - line.discount_minor,
        is_gift=line.is_gift,
    )
