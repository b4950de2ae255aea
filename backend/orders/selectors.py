"""Reads of orders. A stranger's order is not found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.core.errors import NotFound
from backend.core.paging import Keyset, Page
from backend.orders.models import Order, OrderState
from backend.orders.rules import FILTERS, KEPT, is_past_deadline

LATEST_ORDERS = 20

_LINES = """
SELECT line.order_id, jsonb_agg(jsonb_build_object(
    'id', line.id, 'variant_id', line.variant_id, 'product_id', line.product_id, 'product_slug', line.product_slug,
    'title', line.title, 'option_title', line.option_title, 'quantity', line.quantity,
    'unit_minor', line.unit_minor, 'discount_minor', line.discount_minor, 'total_minor', line.total_minor,
    'picture', CASE WHEN picture.id IS NULL THEN NULL ELSE to_jsonb(picture) END
) ORDER BY line.position) AS lines
FROM orders_orderline line LEFT JOIN core_picture picture ON picture.id = line.picture_id
WHERE line.order_id = shown.id GROUP BY line.order_id
"""
_ORDERS = f"""
SELECT shown.*, found.lines FROM orders_order shown LEFT JOIN LATERAL ({_LINES}) found ON TRUE
"""  # noqa: S608 - joined from what is written above


_SAID = """
(%s = '' OR shown.number ILIKE %s OR EXISTS (
    SELECT 1 FROM orders_orderline named WHERE named.order_id = shown.id AND named.title::text ILIKE %s)
    OR (shown.kind = 'service' AND shown.service::text ILIKE %s))
"""


def _like(words: str) -> list[str]:
    """The parameters of `_SAID`."""
    tidy = " ".join(words.split())[:60]
    escaped = tidy.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return [tidy, f"{escaped}%", f"%{escaped}%", f"%{escaped}%"]


def own_order(*, order_id: UUID, buyer_id: UUID) -> Order:
    """An order of this buyer.

    Raises: NotFound.
    """
    order = Order.objects.filter(pk=order_id, buyer_id=buyer_id).first()
    if order is None:
        raise NotFound
    return order


def visible_order(*, order_id: UUID, viewer_id: UUID | None, sees_all: bool, now: datetime) -> dict[str, Any]:
    """An order with its lines, for its buyer or for support, in one statement.

    Raises: NotFound.
    """
    rows = _rows("WHERE shown.id = %s AND (%s OR shown.buyer_id = %s)", [order_id, sees_all, viewer_id], now=now)
    if not rows:
        raise NotFound
    return rows[0]


def orders_by_id(order_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, dict[str, Any]]:
    """Orders with their lines, for whoever has checked already that they may be shown."""
    rows = _rows("WHERE shown.id = ANY(%s)", [list(order_ids)], now=now)
    return {row["id"]: row for row in rows}


def orders_of(
    *,
    buyer_id: UUID,
    state: str | None,
    first: int | None,
    after: str | None,
    now: datetime,
    words: str = "",
) -> Page:
    """The orders of one buyer, newest first, in one statement; `state` is one of the shopper's filters.
    `words` finds a number or the name of a product.

    Raises: InvalidInput.
    """
    keyset = Keyset(
        "-placed_at", "-id", first=first, after=after, columns={"placed_at": "shown.placed_at", "id": "shown.id"}
    )
    condition, parameters = keyset.where()
    wanted, wanted_parameters = _filter(state, now=now)
    rows = _rows(
        f"WHERE shown.buyer_id = %s AND shown.hidden_at IS NULL AND {wanted} AND {_SAID} AND {condition}"
        f" ORDER BY {keyset.order_by()} LIMIT %s",
        [buyer_id, *wanted_parameters, *_like(words), *parameters, keyset.limit],
        now=now,
    )
    return keyset.page(rows)


def has_kept_order(*, buyer_id: UUID, product_id: UUID | None = None) -> bool:
    """Whether this buyer has an order that was paid and kept, of one product or of any."""
    kept = Order.objects.filter(buyer_id=buyer_id, state__in=KEPT)
    if product_id is not None:
        kept = kept.filter(lines__product_id=product_id)
    return kept.exists()


def products_bought(buyer_id: UUID) -> list[UUID]:
    """The products of the buyer's kept orders, the latest order first."""
    kept = Order.objects.filter(buyer_id=buyer_id, state__in=KEPT).order_by("-placed_at", "-id")[:LATEST_ORDERS]
    return list(kept.values_list("lines__product_id", flat=True))


def shown_state(*, state: str, pay_deadline_at: datetime, now: datetime) -> OrderState:
    """The state to show: an unpaid order whose time is over is closed, even if nobody has closed it yet."""
    if is_past_deadline(state=state, pay_deadline_at=pay_deadline_at, now=now):
        return OrderState.CLOSED
    return OrderState(state)


def _filter(state: str | None, *, now: datetime) -> tuple[str, list[Any]]:
    if state is None:
        return "TRUE", []
    states = [each.value for each in FILTERS[state]]
    if state == "TO_PAY":
        return "shown.state = ANY(%s) AND shown.pay_deadline_at > %s", [states, now]
    return "shown.state = ANY(%s)", [states]


def _rows(rest: str, parameters: Sequence[Any], *, now: datetime) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_ORDERS} {rest}", parameters)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    siblings = [row["id"] for row in rows]
    for row in rows:
        row["address"], row["lines"] = orjson.loads(row["address"]), orjson.loads(row["lines"] or "[]")
        row["service"] = orjson.loads(row["service"])
        row["shown_state"] = shown_state(state=row["state"], pay_deadline_at=row["pay_deadline_at"], now=now)
        row["siblings"] = siblings
    return rows
