"""Changing how many there are: what may be sold from now on, and what a count found. Each change is written down."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Variant
from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.core.locks import lock_found
from backend.inventory.actions.shelf import run, tell
from backend.inventory.errors import BelowReserved, FindNeedsReason
from backend.inventory.models import MovementKind, StockItem, StockMovement
from backend.inventory.rules import MOST_ON_HAND

_STOCK_UP = """
WITH counted AS (
    INSERT INTO inventory_stockitem AS item (variant_id, on_hand, reserved) VALUES (%(variant_id)s, %(quantity)s, 0)
    ON CONFLICT (variant_id) DO UPDATE SET on_hand = item.on_hand + EXCLUDED.on_hand
    RETURNING item.variant_id, item.on_hand, item.on_hand - item.reserved AS available
), written AS (
    INSERT INTO inventory_stockmovement (id, variant_id, kind, change, on_hand, reason, reference, actor_id, at)
    SELECT %(id)s, variant_id, 'RECEIVED', %(quantity)s, on_hand, %(reason)s, %(reference)s, %(actor_id)s, %(now)s
    FROM counted WHERE %(quantity)s <> 0
)
SELECT counted.available, variant.product_id
FROM counted JOIN catalogue_variant variant ON variant.id = counted.variant_id
"""


@transaction.atomic
def stock_up(
    *,
    quantities: Mapping[UUID, int],
    now: datetime,
    actor_id: UUID | None = None,
    reason: str = "",
    reference: str = "",
) -> None:
    """Put pieces on the shelves of the stock room: what passed its inspection, or came back fit to be sold.

    Raises: InvalidInput.
    Emits: AvailabilityChanged.
    """
    for variant_id, quantity in sorted(quantities.items()):
        if not 0 <= quantity <= MOST_ON_HAND:
            raise InvalidInput("quantity")
        parameters = {
            "id": new_id(),
            "variant_id": variant_id,
            "quantity": quantity,
            "reason": reason[:200],
            "reference": reference,
            "actor_id": actor_id,
            "now": now,
        }
        for available, product_id in run(_STOCK_UP, parameters):
            tell(variant_id, product_id, before=available - quantity, after=available, now=now)


@transaction.atomic
def set_on_hand(
    *, variant_id: UUID, on_hand: int, reason: str, actor_id: UUID | None, now: datetime, reference: str = ""
) -> StockItem:
    """Set the number to what a count in the stock room found; what is promised to orders cannot be counted away.

    Pieces that were found need a reason. New goods are no find: they come by a delivery that is inspected.

    Raises: NotFound, InvalidInput, BelowReserved, FindNeedsReason.
    Emits: AvailabilityChanged.
    """
    if not 0 <= on_hand <= MOST_ON_HAND:
        raise InvalidInput("onHand")
    product_id = _check_variant(variant_id)
    StockItem.objects.bulk_create([StockItem(variant_id=variant_id)], ignore_conflicts=True)
    item = lock_found(StockItem, [variant_id])[0]
    if on_hand < item.reserved:
        raise BelowReserved(reserved=item.reserved)
    before = item.on_hand
    if on_hand == before:
        return item
    if on_hand > before and not reason.strip():
        raise FindNeedsReason
    item.on_hand = on_hand
    item.save(update_fields=["on_hand"])
    StockMovement.objects.create(
        variant_id=variant_id,
        kind=MovementKind.CORRECTED,
        change=on_hand - before,
        on_hand=on_hand,
        reason=reason.strip()[:200],
        reference=reference,
        actor_id=actor_id,
        at=now,
    )
    tell(variant_id, product_id, before=before - item.reserved, after=on_hand - item.reserved, now=now)
    return item


@transaction.atomic
def set_low_mark(*, variant_id: UUID, low_mark: int) -> StockItem:
    """Say from how few on a variant counts as low.

    Raises: NotFound, InvalidInput.
    """
    if not 0 <= low_mark <= MOST_ON_HAND:
        raise InvalidInput("lowMark")
    _check_variant(variant_id)
    StockItem.objects.bulk_create([StockItem(variant_id=variant_id)], ignore_conflicts=True)
    item = lock_found(StockItem, [variant_id])[0]
    item.low_mark = low_mark
    item.save(update_fields=["low_mark"])
    return item


def _check_variant(variant_id: UUID) -> UUID:
    """The product of a variant that exists."""
    product_id = Variant.objects.filter(pk=variant_id).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound
    return product_id
