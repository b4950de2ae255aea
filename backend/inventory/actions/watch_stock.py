"""Waiting for a variant that is sold out, and hearing of it once when it is there again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import ProductState, Variant
from backend.core.errors import NotFound
from backend.core.rows import insert_row_once
from backend.inventory.actions.shelf import run
from backend.inventory.errors import StillInStock
from backend.inventory.models import StockWatch
from backend.inventory.notices import BACK_IN_STOCK
from backend.inventory.selectors import available_of
from backend.messaging.actions import notify

TOLD_AT_ONCE = 200

_NEXT = """
UPDATE inventory_stockwatch SET told_at = %(now)s WHERE id IN (
    SELECT id FROM inventory_stockwatch WHERE variant_id = %(variant_id)s AND told_at IS NULL
    ORDER BY asked_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING id, user_id, asked_at
"""


@transaction.atomic
def watch_stock(*, variant_id: UUID, user_id: UUID, now: datetime) -> StockWatch:
    """Wait for a variant that is sold out. Asking again keeps the first place in the line.

    Raises: NotFound, StillInStock.
    """
    if not Variant.objects.filter(pk=variant_id, product__state=ProductState.PUBLISHED).exists():
        raise NotFound
    if available := available_of([variant_id])[variant_id]:
        raise StillInStock(available=available)
    insert_row_once(StockWatch(variant_id=variant_id, user_id=user_id, asked_at=now))
    return StockWatch.objects.get(variant_id=variant_id, user_id=user_id, told_at=None)


@transaction.atomic
def unwatch_stock(*, variant_id: UUID, user_id: UUID) -> bool:
    """Wait no longer; False if this person did not wait."""
    deleted, _ = StockWatch.objects.filter(variant_id=variant_id, user_id=user_id, told_at=None).delete()
    return bool(deleted)


@transaction.atomic
def tell_watchers(*, variant_id: UUID, now: datetime) -> int:
    """Tell those who wait for a variant that it is there again, in the order in which they asked, each once."""
    if available_of([variant_id])[variant_id] < 1:
        return 0
    variant = Variant.objects.select_related("product").get(pk=variant_id)
    watches = sorted(_next_watches(variant_id, now=now), key=lambda watch: (watch[2], watch[0]))
    for watch_id, user_id, _asked_at in watches:
        notify(
            user_id=user_id,
            kind=BACK_IN_STOCK,
            params={"product": variant.product.title, "kind": variant.title},
            url=f"/p/{variant.product.slug}",
            dedupe_key=f"stock:{watch_id}",
            now=now,
        )
    return len(watches)


def _next_watches(variant_id: UUID, *, now: datetime) -> list[tuple[UUID, UUID, datetime]]:
    return run(_NEXT, {"variant_id": variant_id, "now": now, "limit": TOLD_AT_ONCE})
