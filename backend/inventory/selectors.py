"""Reads of the stock room."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from backend.catalogue.models import Variant
from backend.core.errors import NotFound
from backend.core.languages import Locale, translate
from backend.core.paging import Keyset, Page, keyset_page
from backend.inventory.models import (
    InboundDelivery,
    InboundLine,
    InboundVerdict,
    Reservation,
    ReservationState,
    SetAside,
    StockImport,
    StockItem,
    StockMovement,
    StockWatch,
    StoragePlace,
)
from backend.inventory.sampling import Lot

# What the desk shows of each variant. A variant that was never stocked has a row with nothing on hand.
_DESK = """
SELECT variant.id, variant.sku, variant.title AS kind, product.id AS product_id, product.slug, product.title,
    product.state AS product_state, coalesce(item.on_hand, 0) AS on_hand, coalesce(item.reserved, 0) AS reserved,
    coalesce(item.on_hand - item.reserved, 0) AS available, coalesce(item.low_mark, 5) AS low_mark,
    (SELECT count(*) FROM inventory_stockwatch watch WHERE watch.variant_id = variant.id AND watch.told_at IS NULL)
        AS waiting_count,
    ((SELECT coalesce(sum(aside.quantity), 0) FROM inventory_setaside aside WHERE aside.variant_id = variant.id)
        - (SELECT coalesce(sum(handed.quantity), 0) FROM inventory_reservation handed
            WHERE handed.variant_id = variant.id AND handed.holder_id IS NOT NULL AND handed.state <> 'RELEASED')
    )::bigint AS aside_count,
    (SELECT to_jsonb(place) FROM inventory_storageplace place WHERE place.variant_id = variant.id) AS place,
    (SELECT to_jsonb(picture) FROM core_picture picture WHERE picture.id = coalesce(variant.picture_id, (
        SELECT shown.picture_id FROM catalogue_productpicture shown
        WHERE shown.product_id = product.id ORDER BY shown.position LIMIT 1))) AS picture
FROM catalogue_variant variant JOIN catalogue_product product ON product.id = variant.product_id
LEFT JOIN inventory_stockitem item ON item.variant_id = variant.id
"""
_WHICH = {
    "ALL": "TRUE",
    "LOW": "coalesce(item.on_hand - item.reserved, 0) BETWEEN 1 AND coalesce(item.low_mark, 5)",
    "OUT": "coalesce(item.on_hand - item.reserved, 0) < 1",
    "WANTED": "EXISTS (SELECT 1 FROM inventory_stockwatch watch"
    " WHERE watch.variant_id = variant.id AND watch.told_at IS NULL)",
}


def available_of(variant_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many of each variant can be sold now. A variant that was never stocked has none."""
    ids = set(variant_ids)
    rows = StockItem.objects.filter(variant_id__in=ids).values_list("variant_id", F("on_hand") - F("reserved"))
    return dict.fromkeys(ids, 0) | dict(rows)


def held_by(order_id: UUID) -> dict[UUID, int]:
    """What an order holds now, per variant."""
    rows = Reservation.objects.filter(order_id=order_id, state=ReservationState.HELD)
    return dict(rows.values_list("variant_id", "quantity"))


def set_aside_left(holder_id: UUID) -> dict[UUID, int]:
    """What a holder has set aside and not handed to an order, per variant."""
    handed = (
        Reservation.objects.filter(holder_id=OuterRef("holder_id"), variant=OuterRef("variant"))
        .exclude(state=ReservationState.RELEASED)
        .values("variant")
        .annotate(total=Sum("quantity"))
        .values("total")
    )
    rows = SetAside.objects.filter(holder_id=holder_id).annotate(left=F("quantity") - Coalesce(Subquery(handed), 0))
    return dict(rows.values_list("variant_id", "left"))


def watched_variants(*, user_id: UUID, product_id: UUID) -> list[UUID]:
    """The variants of a product that a person waits for."""
    watches = StockWatch.objects.filter(user_id=user_id, variant__product_id=product_id, told_at=None)
    return list(watches.order_by("asked_at").values_list("variant_id", flat=True))


def variants_to_tell_of() -> list[UUID]:
    """The variants that somebody waits for although they are there."""
    there = StockItem.objects.filter(on_hand__gt=F("reserved")).values("variant_id")
    waiting = StockWatch.objects.filter(told_at=None, variant_id__in=there)
    return list(waiting.order_by("variant_id").values_list("variant_id", flat=True).distinct())


def products_of_import(import_id: UUID) -> list[UUID]:
    """The products whose numbers a file changed."""
    moved = StockMovement.objects.filter(reference=f"import:{import_id}").values("variant_id")
    return list(Variant.objects.filter(pk__in=moved).values_list("product_id", flat=True).distinct())


def stock_rows(*, words: str, which: str, locale: Locale, first: int | None, after: str | None) -> Page:
    """What the desk shows, the fewest first, in one statement.

    Raises: InvalidInput.
    """
    keyset = Keyset(
        "available",
        "id",
        first=first,
        after=after,
        columns={"available": "coalesce(item.on_hand - item.reserved, 0)", "id": "variant.id"},
    )
    condition, parameters = keyset.where()
    text, texts = ("TRUE", []) if not words else (_TEXT, [f"%{_escaped(words)}%"] * 4)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_DESK} WHERE {_WHICH[which]} AND {text} AND {condition} ORDER BY {keyset.order_by()} LIMIT %s",
            [*texts, *parameters, keyset.limit],
        )
        rows = [_desk_row(row, locale) for row in _dicts(cursor)]
    return keyset.page(rows)


def stock_row(*, variant_id: UUID, locale: Locale) -> dict[str, Any]:
    """One variant as the desk shows it.

    Raises: NotFound.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{_DESK} WHERE variant.id = %s", [variant_id])
        rows = _dicts(cursor)
    if not rows:
        raise NotFound
    return _desk_row(rows[0], locale)


def stock_counts() -> dict[str, int]:
    """How many variants are low, gone, and wanted while they are gone."""
    counts = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in _WHICH.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {counts} FROM catalogue_variant variant"  # noqa: S608 - conditions are written above
            " LEFT JOIN inventory_stockitem item ON item.variant_id = variant.id"
        )
        return {name.upper(): number for name, number in _dicts(cursor)[0].items()}


def movements_of(*, variant_id: UUID, first: int, after: str | None) -> Page:
    """What changed the number of a variant, newest first."""
    rows = StockMovement.objects.filter(variant_id=variant_id)
    return keyset_page(rows, order=("-at", "-id"), first=first, after=after)


def stock_imports(*, first: int, after: str | None) -> Page:
    """The files that were taken in, newest first."""
    return keyset_page(StockImport.objects.all(), order=("-at", "-id"), first=first, after=after)


def places_of(variant_ids: Iterable[UUID]) -> dict[UUID, StoragePlace]:
    """Where variants lie; one without a place is left out."""
    return {place.variant_id: place for place in StoragePlace.objects.filter(variant_id__in=set(variant_ids))}


def inbound_deliveries(*, is_waiting: bool, first: int, after: str | None) -> Page:
    """What suppliers brought, newest first; only what nobody has looked at yet, if wanted."""
    rows = InboundDelivery.objects.all()
    if is_waiting:
        rows = rows.filter(Exists(InboundLine.objects.filter(delivery=OuterRef("pk"), verdict="")))
    return keyset_page(rows, order=("-arrived_at", "-id"), first=first, after=after)


def lines_of_deliveries(delivery_ids: Iterable[UUID]) -> dict[UUID, list[InboundLine]]:
    """What lay in deliveries, by article number."""
    found: dict[UUID, list[InboundLine]] = defaultdict(list)
    lines = InboundLine.objects.filter(delivery_id__in=delivery_ids).select_related("variant__product")
    for line in lines.order_by("delivery_id", "variant__sku"):
        found[line.delivery_id].append(line)
    return dict(found)


def lots_of_supplier(supplier: str, product_ids: Iterable[UUID]) -> dict[UUID, list[Lot]]:
    """What became of a supplier's lots of each product, the first that was judged first."""
    found: dict[UUID, list[Lot]] = defaultdict(list)
    judged = InboundLine.objects.filter(delivery__supplier=supplier, variant__product_id__in=set(product_ids))
    rows = judged.exclude(verdict="").order_by("inspected_at", "id")
    for product_id, verdict, improved in rows.values_list("variant__product_id", "verdict", "delivery__improved"):
        found[product_id].append(Lot(verdict == InboundVerdict.ACCEPTED, bool(improved)))
    return dict(found)


def delivery_by_id(delivery_id: UUID) -> InboundDelivery:
    """One delivery.

    Raises: NotFound.
    """
    found = InboundDelivery.objects.filter(pk=delivery_id).first()
    if found is None:
        raise NotFound
    return found


def import_by_id(import_id: UUID) -> StockImport:
    """One file that was taken in.

    Raises: NotFound.
    """
    found = StockImport.objects.filter(pk=import_id).first()
    if found is None:
        raise NotFound
    return found


def miscounted() -> list[UUID]:
    """Variants whose numbers do not agree with their reservations, set-aside pieces and movements; there are none."""
    with connection.cursor() as cursor:
        cursor.execute(_MISCOUNTED)
        return [row[0] for row in cursor.fetchall()]


_TEXT = (
    "(variant.sku ILIKE %s OR product.slug ILIKE %s OR product.title::text ILIKE %s OR variant.title::text ILIKE %s)"
)
_MISCOUNTED = """
SELECT item.variant_id FROM inventory_stockitem item
WHERE item.on_hand <> (SELECT coalesce(sum(moved.change), 0) FROM inventory_stockmovement moved
        WHERE moved.variant_id = item.variant_id)
    OR item.reserved <> (SELECT coalesce(sum(held.quantity), 0) FROM inventory_reservation held
        WHERE held.variant_id = item.variant_id AND held.state = 'HELD')
    + (SELECT coalesce(sum(aside.quantity), 0) FROM inventory_setaside aside WHERE aside.variant_id = item.variant_id)
    - (SELECT coalesce(sum(handed.quantity), 0) FROM inventory_reservation handed
        WHERE handed.variant_id = item.variant_id AND handed.holder_id IS NOT NULL AND handed.state <> 'RELEASED')
ORDER BY item.variant_id
"""


def _desk_row(row: dict[str, Any], locale: Locale) -> dict[str, Any]:
    row["title"] = translate(orjson.loads(row["title"]), locale)
    row["kind"] = translate(orjson.loads(row["kind"]), locale)
    row["place"] = orjson.loads(row["place"]) if row["place"] else None
    row["picture"] = orjson.loads(row["picture"]) if row["picture"] else None
    return row


def _dicts(cursor: Any) -> list[dict[str, Any]]:
    names = [column.name for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
