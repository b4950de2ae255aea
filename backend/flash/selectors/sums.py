"""What must always add up: buckets, reserved and sold pieces, the quota, and what is set aside in stock."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

# An item is miscounted when its buckets do not add up to its quota, when they count other orders than there are,
# or when stock keeps another number aside for it.
_MISCOUNTED = """
SELECT item.id FROM flash_flashitem item
JOIN flash_flashsale sale ON sale.id = item.sale_id
CROSS JOIN LATERAL (SELECT coalesce(sum(quota), 0) AS quota, coalesce(sum(available), 0) AS available,
    coalesce(sum(reserved), 0) AS reserved, coalesce(sum(sold), 0) AS sold, coalesce(sum(returned), 0) AS returned
    FROM flash_flashbucket WHERE item_id = item.id) bucket
CROSS JOIN LATERAL (SELECT coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0) AS reserved,
    coalesce(sum(quantity) FILTER (WHERE state = 'SOLD'), 0) AS sold
    FROM flash_flashorder WHERE item_id = item.id) ordered
CROSS JOIN LATERAL (SELECT coalesce((SELECT sum(aside.quantity) FROM inventory_setaside aside
        WHERE aside.holder_id = sale.id AND aside.variant_id = item.variant_id), 0)
    - coalesce((SELECT sum(handed.quantity) FROM inventory_reservation handed
        WHERE handed.holder_id = sale.id AND handed.variant_id = item.variant_id AND handed.state <> 'RELEASED'), 0)
    AS left_aside) stock
WHERE bucket.quota <> item.quota
    OR bucket.available + bucket.reserved + bucket.sold + bucket.returned <> item.quota
    OR bucket.reserved <> ordered.reserved OR bucket.sold <> ordered.sold
    OR bucket.available <> stock.left_aside
"""
_OVERSOLD = """
SELECT count(*) FROM flash_flashitem item JOIN flash_flashsale sale ON sale.id = item.sale_id
WHERE (%(campaign_id)s::uuid IS NULL OR sale.campaign_id = %(campaign_id)s) AND item.quota < (
    SELECT coalesce(sum(ordered.quantity), 0) FROM flash_flashorder ordered
    WHERE ordered.item_id = item.id AND ordered.state <> 'RELEASED')
"""


def miscounted_items() -> list[UUID]:
    """Items whose numbers do not add up; there are none."""
    with connection.cursor() as cursor:
        cursor.execute(_MISCOUNTED)
        return [row[0] for row in cursor.fetchall()]


def oversold(campaign_id: UUID | None = None) -> int:
    """How many items have more orders than pieces; of one campaign or of all."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERSOLD, {"campaign_id": campaign_id})
        return int(cursor.fetchone()[0])
