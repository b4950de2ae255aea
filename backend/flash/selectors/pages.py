"""What shoppers and the growth team see of sales, each in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from backend.core.languages import translate
from backend.flash import rules
from backend.flash.models import FlashReminder, FlashSale, FlashWait
from backend.flash.selectors.lookups import STANDING

PAST, AHEAD = timedelta(hours=18), timedelta(days=3)
SOON = timedelta(days=1)
MOST_SALES = 30

_ITEMS = """
SELECT item.id, item.sale_id, item.variant_id, item.price_minor, item.planned, item.quota, variant.product_id,
    variant.price_minor AS single_minor, variant.title AS kind,
    coalesce(sum(bucket.available), 0)::int AS available, coalesce(sum(bucket.reserved), 0)::int AS reserved,
    coalesce(sum(bucket.sold), 0)::int AS sold, coalesce(sum(bucket.returned), 0)::int AS returned,
    (SELECT count(*) FROM flash_flashwait wait WHERE wait.item_id = item.id AND wait.told_at IS NULL)::int AS waiting,
    (SELECT count(*) FROM flash_flashtoken token WHERE token.item_id = item.id)::int AS tokens,
    (SELECT count(*) FROM flash_flashorder flagged WHERE flagged.item_id = item.id AND flagged.is_flagged)::int
        AS flagged
FROM flash_flashitem item JOIN catalogue_variant variant ON variant.id = item.variant_id
LEFT JOIN flash_flashbucket bucket ON bucket.item_id = item.id
WHERE item.sale_id = ANY(%s) GROUP BY item.id, variant.id ORDER BY item.position
"""
_WITH_FLASH = """
SELECT DISTINCT ON (variant.product_id) variant.product_id, sale.id
FROM flash_flashitem item JOIN flash_flashsale sale ON sale.id = item.sale_id
JOIN catalogue_variant variant ON variant.id = item.variant_id
WHERE variant.product_id = ANY(%s) AND sale.closed_at IS NULL AND sale.paused_at IS NULL
    AND sale.starts_at < %s AND sale.ends_at > %s
ORDER BY variant.product_id, sale.starts_at, sale.id
"""


def sales_of_days(*, locale: str, now: datetime) -> list[dict[str, Any]]:
    """The sales around now: those that run, the coming days, and what ended today; in the order of their beginning."""
    shown = FlashSale.objects.select_related("campaign").filter(
        starts_at__lt=now + AHEAD, ends_at__gt=now - PAST, starts_at__gt=now - PAST - AHEAD
    )
    return _rows(shown.order_by("starts_at", "pk")[:MOST_SALES], locale=locale, now=now)


def desk_sales(*, now: datetime) -> list[dict[str, Any]]:
    """The newest sales with everything that is counted, for the growth team."""
    newest = FlashSale.objects.select_related("campaign").order_by("-starts_at", "-pk")[:MOST_SALES]
    return _rows(newest, locale="", now=now)


def flash_of_product(*, product_id: UUID, locale: str, now: datetime) -> dict[str, Any] | None:
    """The sale that a product stands in now or within a day, if there is one."""
    found = products_with_flash([product_id], now=now)
    if product_id not in found:
        return None
    sales = FlashSale.objects.select_related("campaign").filter(pk=found[product_id])
    return next(iter(_rows(sales, locale=locale, now=now)), None)


def products_with_flash(product_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, UUID]:
    """Which of these products stand in a sale now or within a day, and in which one."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_FLASH, [list(product_ids), now + SOON, now])
        return dict(cursor.fetchall())


def mine_in_sales(*, user_id: UUID, tier: str, sale_ids: Sequence[UUID], now: datetime) -> list[dict[str, Any]]:
    """What one person has to do with sales: reminded, standing in line, offered a piece, ordered."""
    mine: dict[UUID, dict[str, Any]] = {
        sale.pk: {
            "sale_id": sale.pk,
            "is_reminded": False,
            "opens_at": rules.opens_for(sale.starts_at, sale.early_hours, tier=tier),
            "waiting": [],
            "offered": [],
            "order_id": None,
        }
        for sale in FlashSale.objects.filter(pk__in=sale_ids).order_by("starts_at", "pk")
    }
    for sale_id in FlashReminder.objects.filter(user_id=user_id, sale_id__in=sale_ids).values_list(
        "sale_id", flat=True
    ):
        mine[sale_id]["is_reminded"] = True
    for wait in FlashWait.objects.filter(user_id=user_id, item__sale_id__in=sale_ids).select_related("item"):
        row = mine[wait.item.sale_id]
        if wait.told_at is None:
            row["waiting"].append({"variant_id": wait.item.variant_id, "ahead": _ahead_of(wait)})
        elif wait.told_at > now - rules.OFFER_LIFE:
            row["offered"].append({"variant_id": wait.item.variant_id, "until": wait.told_at + rules.OFFER_LIFE})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sale.id, ordered.order_id FROM flash_flashsale sale JOIN flash_flashorder ordered"
            " ON ordered.lineage_id = sale.lineage_id AND ordered.buyer_id = %s AND ordered.state = ANY(%s)"
            " WHERE sale.id = ANY(%s)",
            [user_id, [state.value for state in STANDING], list(sale_ids)],
        )
        for sale_id, order_id in cursor.fetchall():
            mine[sale_id]["order_id"] = order_id
    return list(mine.values())


def _ahead_of(wait: FlashWait) -> int:
    """How many stand before this one in the line."""
    line = FlashWait.objects.filter(item_id=wait.item_id, told_at=None)
    return line.filter(joined_at__lt=wait.joined_at).count()


def _rows(sales: Iterable[FlashSale], *, locale: str, now: datetime) -> list[dict[str, Any]]:
    listed = list(sales)
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, [[sale.pk for sale in listed]])
        names = [column.name for column in cursor.description]
        items = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    by_sale: dict[UUID, list[dict[str, Any]]] = {sale.pk: [] for sale in listed}
    for item in items:
        by_sale[item["sale_id"]].append(item)
    return [_row(sale, by_sale[sale.pk], locale=locale, now=now) for sale in listed]


def _row(sale: FlashSale, items: list[dict[str, Any]], *, locale: str, now: datetime) -> dict[str, Any]:
    is_stocked = sale.stocked_at is not None
    for item in items:
        left = item["available"] if is_stocked else None
        item |= {"left": item["planned"] if left is None else left, "state": _state(sale, left, now=now)}
        item["whole"] = item["quota"] if is_stocked else item["planned"]
    left_in_all = sum(item["available"] for item in items) if is_stocked else None
    return {
        "id": sale.pk,
        "campaign_id": sale.campaign_id,
        "name": translate(sale.campaign.name, locale) if locale else sale.campaign.name,
        "starts_at": sale.starts_at,
        "ends_at": sale.ends_at,
        "opens_at": sale.opens_at,
        "closed_at": sale.closed_at,
        "early": [{"tier": tier, "at": rules.opens_for(sale.starts_at, sale.early_hours, tier=tier)}
                  for tier in sorted(sale.early_hours, key=lambda tier: -sale.early_hours[tier])],
        "per_person": sale.per_person,
        "is_paused": sale.paused_at is not None,
        "state": _state(sale, left_in_all, now=now),
        "items": items,
        "now": now,
    }  # fmt: skip


def _state(sale: FlashSale, left: int | None, *, now: datetime) -> str:
    return rules.shown_state(
        starts_at=sale.starts_at,
        opens_at=sale.opens_at,
        ends_at=sale.ends_at,
        is_aborted=sale.aborted_at is not None,
        is_closed=sale.closed_at is not None,
        left=left,
        now=now,
    )
