"""Pieces of an order that come back to the shelf, one by one."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.inventory.actions.shelf import run, tell

# What had left with an order shrinks by the pieces that came back, so that giving the order up later counts them once.
_GIVE_BACK = """
WITH moved AS (
    UPDATE inventory_reservation SET changed_at = %(now)s,
        quantity = CASE WHEN quantity > %(quantity)s THEN quantity - %(quantity)s ELSE quantity END,
        state = CASE WHEN quantity > %(quantity)s THEN state ELSE 'RELEASED' END
    WHERE order_id = %(order_id)s AND variant_id = %(variant_id)s AND state = 'COMMITTED' AND quantity >= %(quantity)s
    RETURNING variant_id, holder_id
), fewer_aside AS (
    UPDATE inventory_setaside aside SET quantity = aside.quantity - %(quantity)s
    FROM moved WHERE aside.holder_id = moved.holder_id AND aside.variant_id = moved.variant_id
), counted AS (
    UPDATE inventory_stockitem item SET on_hand = on_hand + %(quantity)s
    FROM moved WHERE item.variant_id = moved.variant_id
    RETURNING item.variant_id, item.on_hand, item.on_hand - item.reserved AS available
), written AS (
    INSERT INTO inventory_stockmovement (id, variant_id, kind, change, on_hand, reason, reference, at)
    SELECT %(id)s, variant_id, 'RETURNED', %(quantity)s, on_hand, %(reason)s, 'order:' || %(order_id)s, %(now)s
    FROM counted
)
SELECT counted.available, variant.product_id
FROM counted JOIN catalogue_variant variant ON variant.id = counted.variant_id
"""


@transaction.atomic
def give_back(*, order_id: UUID, quantities: Mapping[UUID, int], reason: str, now: datetime) -> dict[UUID, int]:
    """Put pieces that left with an order back on the shelf, and say how many of each; never more than had left.

    Raises: InvalidInput.
    Emits: AvailabilityChanged.
    """
    given: dict[UUID, int] = {}
    for variant_id, quantity in sorted(quantities.items()):
        if quantity < 1:
            raise InvalidInput("quantity")
        parameters = {
            "id": new_id(),
            "order_id": order_id,
            "variant_id": variant_id,
            "quantity": quantity,
            "reason": reason[:200],
            "now": now,
        }
        for available, product_id in run(_GIVE_BACK, parameters):
            tell(variant_id, product_id, before=available - quantity, after=available, now=now)
            given[variant_id] = quantity
    return given
