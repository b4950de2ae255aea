"""Taking in a file of stock numbers: good rows land together, bad rows come back with a reason."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Variant
from backend.core.ids import new_id
from backend.core.locks import advisory_lock, lock_found
from backend.core.outbox import emit
from backend.inventory.actions.shelf import run, tell
from backend.inventory.errors import SheetRefused
from backend.inventory.events import StockImported
from backend.inventory.models import StockImport, StockItem
from backend.inventory.sheet import MOST_ROWS, SET, RefusedRow, SheetRow, Unreadable, read_sheet

_OPEN = """
INSERT INTO inventory_stockitem (variant_id, on_hand, reserved)
SELECT unnest(%(ids)s::uuid[]), 0, 0 ON CONFLICT DO NOTHING RETURNING 1
"""
_COUNT = """
WITH wanted AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(movements)s::uuid[], %(numbers)s::bigint[])
        AS row (variant_id, movement_id, on_hand)
), old AS (
    SELECT item.variant_id, item.on_hand FROM inventory_stockitem item JOIN wanted USING (variant_id)
), counted AS (
    UPDATE inventory_stockitem item SET on_hand = wanted.on_hand FROM wanted
    WHERE item.variant_id = wanted.variant_id
)
INSERT INTO inventory_stockmovement (id, variant_id, kind, change, on_hand, reason, reference, actor_id, at)
SELECT wanted.movement_id, wanted.variant_id, 'CORRECTED', wanted.on_hand - old.on_hand, wanted.on_hand, %(reason)s,
    %(reference)s, %(actor_id)s, %(now)s
FROM wanted JOIN old USING (variant_id)
RETURNING 1
"""
MOST_TOLD = 500
UNREAD = frozenset({"sku", "quantity", "mode", "inspected"})


@transaction.atomic
def import_stock(*, content: bytes, name: str, actor_id: UUID, now: datetime, key: UUID | None = None) -> StockImport:
    """Take a file of counts in once. Rows that would add new goods come back: those are inspected first.

    The same file answers what it did the first time and changes nothing; with a `key` it counts as a new delivery,
    once per key.

    Raises: SheetRefused.
    Emits: AvailabilityChanged, StockImported.
    """
    digest = hashlib.sha256(content + (key.bytes if key else b"")).hexdigest()
    advisory_lock("inventory.import", digest)
    if done := StockImport.objects.filter(digest=digest).first():
        return done
    try:
        rows, refused = read_sheet(content)
    except Unreadable as unreadable:
        raise SheetRefused(rows=MOST_ROWS) from unreadable

    import_id = new_id()
    landed = _land(rows, refused, import_id=import_id, name=name, actor_id=actor_id, now=now)
    refused.sort(key=lambda row: row.line)
    kept = StockImport.objects.create(
        id=import_id,
        digest=digest,
        name=name[:120],
        actor_id=actor_id,
        rows_count=len(rows) + sum(row.reason in UNREAD for row in refused),
        landed_count=landed,
        refused=[row.stored() for row in refused],
        at=now,
    )
    emit(StockImported(import_id=import_id, actor_id=actor_id, landed=landed, refused=len(refused), at=now))
    return kept


def _land(
    rows: Sequence[SheetRow], refused: list[RefusedRow], *, import_id: UUID, name: str, actor_id: UUID, now: datetime
) -> int:
    """Write what the rows ask for and say how many of them landed; the others join the refused."""
    variants = {
        sku: (pk, product_id)
        for sku, pk, product_id in Variant.objects.filter(sku__in={row.sku for row in rows}).values_list(
            "sku", "pk", "product_id"
        )
    }
    wanted = _wanted(rows, known=variants.keys(), refused=refused)
    by_id = {variants[sku][0]: (variants[sku][1], row) for sku, row in wanted.items()}
    run(_OPEN, {"ids": list(by_id)})
    changes: dict[UUID, int] = {}
    tellings: list[tuple[UUID, UUID, int, int]] = []
    landed = 0
    for item in lock_found(StockItem, by_id):
        product_id, row = by_id[item.variant_id]
        if row.quantity < item.reserved:
            refused.append(_refusal(row, "reserved"))
            continue
        landed += 1
        if row.quantity != item.on_hand:
            changes[item.variant_id] = row.quantity
            tellings.append((item.variant_id, product_id, item.on_hand - item.reserved, row.quantity - item.reserved))
    if changes:
        _count(changes, import_id=import_id, name=name, actor_id=actor_id, now=now)
    _tell(tellings, now=now)
    return landed


def _wanted(rows: Iterable[SheetRow], *, known: Iterable[str], refused: list[RefusedRow]) -> dict[str, SheetRow]:
    """One row for each variant; what is unknown or set twice comes back."""
    wanted: dict[str, SheetRow] = {}
    found = set(known)
    for row in rows:
        if row.sku not in found:
            refused.append(_refusal(row, "unknown"))
        elif row.sku in wanted:
            refused.append(_refusal(row, "twice"))
        else:
            wanted[row.sku] = row
    return wanted


def _count(changes: dict[UUID, int], *, import_id: UUID, name: str, actor_id: UUID, now: datetime) -> None:
    run(
        _COUNT,
        {
            "ids": list(changes),
            "movements": [new_id() for _ in changes],
            "numbers": list(changes.values()),
            "reason": name[:200],
            "reference": f"import:{import_id}",
            "actor_id": actor_id,
            "now": now,
        },
    )


def _tell(tellings: Sequence[tuple[UUID, UUID, int, int]], *, now: datetime) -> None:
    """Tell of each variant; of a large file only those that came or went, the rest is read from `StockImported`."""
    for variant_id, product_id, before, after in tellings:
        if len(tellings) <= MOST_TOLD or (before < 1) != (after < 1):
            tell(variant_id, product_id, before=before, after=after, now=now)


def _refusal(row: SheetRow, reason: str) -> RefusedRow:
    return RefusedRow(row.line, (row.sku, str(row.quantity), SET), reason)
