"""Counting pieces of an order that were given up and what goes back for them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.locks import lock_one
from backend.orders.errors import MoreThanBought
from backend.orders.models import Order, OrderLine

Piece = tuple[UUID, int, int]


@transaction.atomic
def refund_lines(*, order_id: UUID, pieces: Sequence[Piece], now: datetime) -> Order:
    """Count refunded pieces and amounts on the lines of an order, never more than was bought.

    A piece is (line, quantity, amount). The condition stands in the statement, so two who count the last piece at
    once cannot both be told yes. It moves no money.

    Raises: MoreThanBought, NotFound.
    """
    order = lock_one(Order, order_id)
    for line_id, quantity, amount_minor in sorted(pieces):
        if quantity < 0 or amount_minor < 0:
            raise MoreThanBought(line_id=line_id)
        counted = OrderLine.objects.filter(
            pk=line_id,
            order_id=order_id,
            quantity__gte=F("refunded_quantity") + quantity,
            total_minor__gte=F("refunded_minor") + amount_minor,
        ).update(refunded_quantity=F("refunded_quantity") + quantity, refunded_minor=F("refunded_minor") + amount_minor)
        if not counted:
            raise MoreThanBought(line_id=line_id)
    order.version += 1
    order.save(update_fields=["version"])
    return order
