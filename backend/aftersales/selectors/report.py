"""What after-sales say about the shop: how long cases take, why things come back, and which ones."""

from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db import connection

from backend.aftersales.rules.windows import RETURN_RATE_ALERT_BPS

# Hours are floats for people to read; nothing is decided by them.
_TIMES = """
SELECT count(*) AS cases_count,
    count(*) FILTER (WHERE finished_at IS NOT NULL) AS finished_count,
    count(*) FILTER (WHERE state IN ('REJECTED', 'APPEALED', 'ARBITRATION', 'DISPUTED')) AS disputed_count,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_answered_at - opened_at) / 60)
        FILTER (WHERE first_answered_at IS NOT NULL) AS first_answer_minutes,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - opened_at) / 3600)
        FILTER (WHERE finished_at IS NOT NULL AND close_reason = '') AS handling_hours,
    count(*) FILTER (WHERE first_answered_at <= first_answer_by) AS answered_in_time_count,
    count(*) FILTER (WHERE first_answered_at IS NOT NULL OR first_answer_by < %(now)s) AS answerable_count,
    avg(rating) AS rating, count(rating) AS ratings_count,
    coalesce(sum(decided_minor) FILTER (WHERE state IN ('REFUNDING', 'DONE', 'REVISIT', 'ARCHIVED')), 0)::bigint
        AS refunded_minor
FROM aftersales_aftersalecase WHERE opened_at >= %(since)s
"""
_REASONS = """
SELECT one.reason, one.type, count(*) AS count, coalesce(sum(one.requested_minor), 0)::bigint AS minor
FROM aftersales_aftersalecase one WHERE one.opened_at >= %(since)s AND one.state <> 'BUYER_CANCELLED'
GROUP BY one.reason, one.type ORDER BY count DESC, one.reason, one.type
"""
_PRODUCTS = """
WITH sold AS (
    SELECT line.product_id, sum(line.quantity) AS pieces
    FROM orders_orderline line JOIN orders_order own ON own.id = line.order_id
    WHERE own.paid_at >= %(since)s AND own.confirmed_at IS NOT NULL GROUP BY line.product_id
), back AS (
    SELECT line.product_id, sum(claim.quantity) AS pieces, mode() WITHIN GROUP (ORDER BY one.reason) AS reason
    FROM aftersales_caseline claim
    JOIN aftersales_aftersalecase one ON one.id = claim.case_id
    JOIN orders_orderline line ON line.id = claim.order_line_id
    WHERE one.opened_at >= %(since)s AND claim.claim = 'pieces' AND one.state NOT IN ('BUYER_CANCELLED', 'CLOSED')
    GROUP BY line.product_id
)
SELECT product.id, product.title, sold.pieces::bigint AS sold_pieces, back.pieces::bigint AS returned_pieces,
    back.reason,
    (back.pieces * 10000 / greatest(sold.pieces, 1))::bigint AS rate_bps
FROM back JOIN sold ON sold.product_id = back.product_id
JOIN catalogue_product product ON product.id = back.product_id
JOIN catalogue_category category ON category.id = product.category_id
ORDER BY rate_bps DESC, returned_pieces DESC, product.id LIMIT 50
"""
_CATEGORIES = """
WITH sold AS (
    SELECT product.category_id, sum(line.quantity) AS pieces
    FROM orders_orderline line JOIN orders_order own ON own.id = line.order_id
    JOIN catalogue_product product ON product.id = line.product_id
    WHERE own.paid_at >= %(since)s AND own.confirmed_at IS NOT NULL GROUP BY product.category_id
), back AS (
    SELECT product.category_id, sum(claim.quantity) AS pieces, mode() WITHIN GROUP (ORDER BY one.reason) AS reason
    FROM aftersales_caseline claim
    JOIN aftersales_aftersalecase one ON one.id = claim.case_id
    JOIN orders_orderline line ON line.id = claim.order_line_id
    JOIN catalogue_product product ON product.id = line.product_id
    WHERE one.opened_at >= %(since)s AND claim.claim = 'pieces' AND one.state NOT IN ('BUYER_CANCELLED', 'CLOSED')
    GROUP BY product.category_id
)
SELECT category.id, category.name AS title, sold.pieces::bigint AS sold_pieces,
    coalesce(back.pieces, 0)::bigint AS returned_pieces, back.reason,
    (coalesce(back.pieces, 0) * 10000 / greatest(sold.pieces, 1))::bigint AS rate_bps
FROM sold LEFT JOIN back ON back.category_id = sold.category_id
JOIN catalogue_category category ON category.id = sold.category_id
ORDER BY rate_bps DESC, category.position LIMIT 50
"""


def report(*, days: int, now: datetime) -> dict[str, Any]:
    """Times, reasons and return rates of the last days."""
    parameters = {"since": now - timedelta(days=days), "now": now}
    return {
        "days": days,
        **_rows(_TIMES, parameters)[0],
        "reasons": _rows(_REASONS, parameters),
        "products": [_marked(row) for row in _rows(_PRODUCTS, parameters)],
        "categories": [_marked(row) for row in _rows(_CATEGORIES, parameters)],
    }


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    """A high rate asks for a better description, quality or rule."""
    return {**row, "title": orjson.loads(row["title"]), "is_high": row["rate_bps"] >= RETURN_RATE_ALERT_BPS}


def _rows(statement: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
