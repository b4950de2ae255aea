"""Taking pieces off the free shelf for an upper app, and handing them to its orders.

Set-aside pieces count as reserved. `hand_over` and `take_back` move them between the holder and an order and leave
the numbers of the variant alone, so many buyers of one variant do not queue at its row.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.catalogue.models import Variant
from backend.core.ids import new_id
from backend.core.locks import lock_found
from backend.inventory.actions.hold_stock import move
from backend.inventory.actions.shelf import run, tell
from backend.inventory.models import SetAside, StockItem

_KEEP = """
INSERT INTO inventory_setaside AS kept (id, holder_id, variant_id, quantity)
VALUES (%(id)s, %(holder_id)s, %(variant_id)s, %(quantity)s)
ON CONFLICT (holder_id, variant_id) DO UPDATE SET quantity = kept.quantity + EXCLUDED.quantity
RETURNING quantity
"""
_HAND_OVER = """
INSERT INTO inventory_reservation AS kept (id, order_id, variant_id, quantity, state, holder_id, changed_at)
VALUES (%(id)s, %(order_id)s, %(variant_id)s, %(quantity)s, 'HELD', %(holder_id)s, %(now)s)
ON CONFLICT (order_id, variant_id) DO UPDATE SET state = 'HELD', quantity = EXCLUDED.quantity,
    holder_id = EXCLUDED.holder_id, changed_at = EXCLUDED.changed_at
WHERE kept.state = 'RELEASED'
RETURNING 1
"""
_TAKE_BACK = """
UPDATE inventory_reservation SET state = 'RELEASED', changed_at = %(now)s
WHERE order_id = %(order_id)s AND variant_id = %(variant_id)s AND holder_id = %(holder_id)s AND state = 'HELD'
RETURNING quantity
"""


@transaction.atomic
def set_aside(*, holder_id: UUID, quantities: Mapping[UUID, int], now: datetime) -> dict[UUID, int]:
    """Take pieces off the free shelf for a holder; where too few are left, all that are. Say how many were taken.

    Emits: AvailabilityChanged.
    """
    taken = dict.fromkeys(quantities, 0)
    products = dict(Variant.objects.filter(pk__in=quantities).values_list("pk", "product_id"))
    for item in lock_found(StockItem, quantities):
        free = item.on_hand - item.reserved
        wanted = min(free, quantities[item.variant_id])
        if wanted < 1:
            continue
        item.reserved += wanted
        item.save(update_fields=["reserved"])
        _keep(holder_id, item.variant_id, wanted)
        taken[item.variant_id] = wanted
        tell(item.variant_id, products[item.variant_id], before=free, after=free - wanted, now=now)
    return taken


@transaction.atomic
def put_back(*, holder_id: UUID, quantities: Mapping[UUID, int], now: datetime) -> None:
    """Put pieces of a holder back on the free shelf.

    Emits: AvailabilityChanged.
    """
    wanted = {variant_id: quantity for variant_id, quantity in quantities.items() if quantity > 0}
    products = dict(Variant.objects.filter(pk__in=wanted).values_list("pk", "product_id"))
    for item in lock_found(StockItem, wanted):
        quantity = wanted[item.variant_id]
        SetAside.objects.filter(holder_id=holder_id, variant_id=item.variant_id).update(
            quantity=F("quantity") - quantity
        )
        free = item.on_hand - item.reserved
        item.reserved -= quantity
        item.save(update_fields=["reserved"])
        tell(item.variant_id, products[item.variant_id], before=free, after=free + quantity, now=now)


@transaction.atomic
def hand_over(*, holder_id: UUID, order_id: UUID, variant_id: UUID, quantity: int, now: datetime) -> bool:
    """Let an order hold pieces that its holder has counted out already; False if it holds some of this variant."""
    return bool(
        run(
            _HAND_OVER,
            {
                "id": new_id(),
                "order_id": order_id,
                "variant_id": variant_id,
                "quantity": quantity,
                "holder_id": holder_id,
                "now": now,
            },
        )
    )


@transaction.atomic
def take_back(*, holder_id: UUID, order_id: UUID, variant_id: UUID, now: datetime) -> int:
    """Take pieces back from an order to their holder, also those that were paid, and say how many; again none."""
    parameters = {"order_id": order_id, "variant_id": variant_id, "holder_id": holder_id, "now": now}
    if rows := run(_TAKE_BACK, parameters):
        return int(rows[0][0])
    is_handed = run(
        "SELECT 1 FROM inventory_reservation WHERE order_id = %(order_id)s AND variant_id = %(variant_id)s"
        " AND holder_id = %(holder_id)s AND state = 'COMMITTED'",
        parameters,
    )
    return move(order_id, variant_id, "COMMITTED", "RELEASED", on_hand=1, reserved=1, now=now) if is_handed else 0


def _keep(holder_id: UUID, variant_id: UUID, quantity: int) -> None:
    run(_KEEP, {"id": new_id(), "holder_id": holder_id, "variant_id": variant_id, "quantity": quantity})
