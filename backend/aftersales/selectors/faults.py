"""How often products come back for faults, for the stock room that looks at the next delivery."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from backend.inventory.ports import Faults

WINDOW = timedelta(days=180)
_FAULTS = """
SELECT line.product_id, sum(line.quantity)::bigint, coalesce(sum((
    SELECT sum(claim.quantity) FROM aftersales_caseline claim
    JOIN aftersales_aftersalecase one ON one.id = claim.case_id
    WHERE claim.order_line_id = line.id AND claim.claim = 'pieces' AND one.reason IN ('QUALITY', 'DAMAGED')
        AND one.state NOT IN ('REJECTED', 'BUYER_CANCELLED', 'CLOSED')
)), 0)::bigint
FROM orders_orderline line JOIN orders_order own ON own.id = line.order_id
WHERE line.product_id = ANY(%(products)s) AND own.confirmed_at >= %(since)s
GROUP BY line.product_id
"""


def faults_of_products(product_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Faults]:
    """How many pieces of each product were sold in the last half year, and how many came back faulty."""
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS, {"products": list(product_ids), "since": now - WINDOW})
        return {product_id: Faults(sold=sold, faulty=faulty) for product_id, sold, faulty in cursor.fetchall()}
