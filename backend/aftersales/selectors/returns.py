"""Why pieces of a product come back: for the desk that writes its page, and for those who choose a size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.aftersales.rules import returning as rules

MOST = 50
# Pieces that were paid for, and pieces that were asked to go back, by reason. What was ordered before the last
# published revision is counted apart: the page it was bought from is mended already.
_RETURNS = """
WITH mended AS (
    SELECT product_id, max(changed_at) AS at FROM catalogue_productrevision WHERE state = 'PUBLISHED' GROUP BY 1
), sold AS (
    SELECT line.product_id, sum(line.quantity) AS pieces,
        coalesce(sum(line.quantity) FILTER (WHERE mended.at IS NULL OR own.placed_at > mended.at), 0) AS since_mended
    FROM orders_orderline line JOIN orders_order own ON own.id = line.order_id
    LEFT JOIN mended ON mended.product_id = line.product_id
    WHERE own.paid_at >= %(since)s AND NOT line.is_gift AND (%(product)s::uuid IS NULL OR line.product_id = %(product)s)
    GROUP BY 1
), back AS (
    SELECT line.product_id, one.reason, sum(claim.quantity) AS pieces,
        coalesce(sum(claim.quantity) FILTER (WHERE mended.at IS NULL OR own.placed_at > mended.at), 0) AS since_mended
    FROM aftersales_caseline claim
    JOIN aftersales_aftersalecase one ON one.id = claim.case_id
    JOIN orders_orderline line ON line.id = claim.order_line_id
    JOIN orders_order own ON own.id = line.order_id
    LEFT JOIN mended ON mended.product_id = line.product_id
    WHERE own.paid_at >= %(since)s AND claim.claim = 'pieces' AND claim.standing <> 'void'
      AND (%(product)s::uuid IS NULL OR line.product_id = %(product)s)
    GROUP BY 1, 2
), whole AS (
    SELECT product_id, sum(pieces) AS pieces,
        coalesce(sum(pieces) FILTER (WHERE reason = ANY(%(page)s)), 0) AS of_the_page,
        coalesce(sum(since_mended) FILTER (WHERE reason = ANY(%(page)s)), 0) AS since_mended,
        jsonb_agg(jsonb_build_object('reason', reason, 'count', pieces) ORDER BY pieces DESC, reason) AS reasons
    FROM back GROUP BY 1
)
SELECT product.id, product.slug, product.title, sold.pieces::bigint, whole.pieces::bigint, whole.reasons,
    whole.of_the_page::bigint, sold.since_mended::bigint, whole.since_mended::bigint, mended.at
FROM whole JOIN sold ON sold.product_id = whole.product_id
JOIN catalogue_product product ON product.id = whole.product_id
LEFT JOIN mended ON mended.product_id = product.id
ORDER BY whole.since_mended::numeric / greatest(sold.since_mended, 1) DESC, whole.pieces DESC, product.slug
LIMIT %(most)s
"""
_SIZES = """
SELECT count(*) FILTER (WHERE lower(one.detail) LIKE ANY(%(small)s) AND NOT lower(one.detail) LIKE ANY(%(large)s)),
    count(*) FILTER (WHERE lower(one.detail) LIKE ANY(%(large)s) AND NOT lower(one.detail) LIKE ANY(%(small)s))
FROM aftersales_aftersalecase one
WHERE one.reason = 'FITS_BADLY' AND one.opened_at >= %(since)s AND EXISTS (
    SELECT 1 FROM aftersales_caseline claim JOIN orders_orderline line ON line.id = claim.order_line_id
    WHERE claim.case_id = one.id AND claim.standing <> 'void' AND line.product_id = %(product)s)
"""


@dataclass(frozen=True, slots=True)
class ProductReturns:
    """What came back of one product in ninety days, and why."""

    product_id: UUID
    slug: str
    title: Mapping[str, str]
    sold: int
    back: int
    reasons: tuple[tuple[str, int], ...]
    of_the_page: int
    sold_since_mended: int
    back_since_mended: int
    mended_at: datetime | None

    @property
    def is_marked(self) -> bool:
        """Whether somebody should mend the page: what was bought since it was mended last comes back too often."""
        return rules.is_marked(sold=self.sold_since_mended, back=self.back_since_mended)


def product_returns(*, now: datetime, product_id: UUID | None = None) -> list[ProductReturns]:
    """Products of which something came back, those whose page misleads most first; or one of them."""
    values: dict[str, Any] = {"since": now - rules.WATCHED, "product": product_id, "page": list(rules.OF_THE_PAGE)}
    with connection.cursor() as cursor:
        cursor.execute(_RETURNS, {**values, "most": MOST})
        rows = cursor.fetchall()
    return [ProductReturns(row[0], row[1], _json(row[2]), row[3], row[4], _reasons(row[5]), *row[6:]) for row in rows]


def sizes_sent_back(*, product_id: UUID, now: datetime) -> tuple[int, int]:
    """How many cases of ninety days say that a product was too small, and how many that it was too large."""
    values: dict[str, Any] = {"since": now - rules.WATCHED, "product": product_id}
    values |= {"small": [f"%{word}%" for word in rules.TOO_SMALL], "large": [f"%{word}%" for word in rules.TOO_LARGE]}
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, values)
        small, large = cursor.fetchone()
    return int(small), int(large)


def _reasons(value: Any) -> tuple[tuple[str, int], ...]:
    return tuple((each["reason"], each["count"]) for each in _json(value))


def _json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str | bytes) else value
