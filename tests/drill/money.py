"""Whether all money can be accounted for, counted from orders, payments and refunds and not from the book."""

from dataclasses import dataclass

from django.db import connection

# A payment lies where its order stands; what was asked back of it is on its way until the provider has done it.
WHERE_IT_IS = """
WITH payment AS (
    SELECT paid.id, paid.captured_minor + paid.credit_minor AS captured_minor, owner.state,
           coalesce(sum(back.amount_minor) FILTER (WHERE back.state = 'SUCCEEDED'), 0) AS refunded,
           coalesce(sum(back.amount_minor) FILTER (WHERE back.state <> 'SUCCEEDED'), 0) AS in_flight
    FROM payments_payment paid JOIN orders_order owner ON owner.id = paid.order_id
    LEFT JOIN payments_refund back ON back.payment_id = paid.id
    WHERE paid.settles_order GROUP BY paid.id, owner.state
), second AS (
    SELECT coalesce(sum(paid.captured_minor), 0) AS captured,
           coalesce(sum(back.refunded), 0) AS refunded, coalesce(sum(back.in_flight), 0) AS in_flight
    FROM payments_payment paid
    LEFT JOIN LATERAL (
        SELECT sum(amount_minor) FILTER (WHERE state = 'SUCCEEDED') AS refunded,
               sum(amount_minor) FILTER (WHERE state <> 'SUCCEEDED') AS in_flight
        FROM payments_refund WHERE payment_id = paid.id
    ) back ON TRUE
    WHERE NOT paid.settles_order
), kept AS (
    SELECT coalesce(sum(owner.total_minor), 0) AS total FROM orders_order owner
    WHERE owner.state IN ('PAID', 'FULFILLING', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PARTIALLY_REFUNDED')
), held AS (
    -- What a provider only holds is the buyer's: it is neither captured nor ours to hold.
    SELECT coalesce(sum(owner.total_minor), 0) AS total FROM orders_order owner WHERE owner.state = 'AWAITING_GROUP'
        AND NOT EXISTS (SELECT FROM payments_payment held WHERE held.order_id = owner.id AND held.settles_order
            AND held.state = 'AUTHORISED')
), part AS (
    SELECT coalesce(sum(refunded + in_flight) FILTER (WHERE state IN (
               'PAID', 'FULFILLING', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PARTIALLY_REFUNDED')), 0) AS of_kept,
           coalesce(sum(refunded + in_flight) FILTER (WHERE state = 'AWAITING_GROUP'), 0) AS of_held,
           coalesce(sum(captured_minor), 0) AS captured,
           coalesce(sum(refunded), 0) AS refunded, coalesce(sum(in_flight), 0) AS in_flight
    FROM payment
)
SELECT (part.captured + second.captured)::bigint, (kept.total - part.of_kept)::bigint,
       (part.refunded + second.refunded)::bigint, (part.in_flight + second.in_flight)::bigint,
       (held.total - part.of_held)::bigint
FROM part, second, kept, held
"""


@dataclass(frozen=True, slots=True)
class Money:
    """The captured money, and the places where it must be."""

    captured: int = 0
    kept: int = 0
    refunded: int = 0
    in_flight: int = 0
    held: int = 0

    @property
    def difference(self) -> int:
        """What cannot be accounted for; zero, if all is well."""
        return self.captured - self.kept - self.refunded - self.in_flight - self.held


def money_of_the_shop() -> Money:
    """Count the money of this database."""
    with connection.cursor() as cursor:
        cursor.execute(WHERE_IT_IS)
        return Money(*cursor.fetchone())
