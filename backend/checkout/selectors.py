"""Reads of checkout: what the shelf says about a basket, and what took part in an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from backend.catalogue.selectors import SellableVariant, sellable_variants
from backend.checkout.errors import BasketEmpty, ProductUnavailable
from backend.checkout.models import OrderAdjustment
from backend.checkout.rules import ShelfLine, Terms
from backend.core.errors import InvalidInput
from backend.core.pictures.models import Picture
from backend.orders.models import Order, OrderState

MOST_LINES = 50
MOST_OF_ONE = 99


@dataclass(frozen=True, slots=True)
class WantedLine:
    """So many of one variant."""

    variant_id: UUID
    quantity: int


def terms() -> Terms:
    """What the shop has configured about sending and paying."""
    return Terms(
        free_shipping_from_minor=settings.FREE_SHIPPING_FROM_MINOR,
        shipping_minor=settings.SHIPPING_MINOR,
        pay_within=timedelta(minutes=settings.PAY_WITHIN_MINUTES),
    )


def shelf_lines(wanted: Sequence[WantedLine]) -> list[ShelfLine]:
    """Look the chosen variants up; lines with the same variant become one.

    Raises: BasketEmpty, ProductUnavailable, InvalidInput.
    """
    quantities: dict[UUID, int] = {}
    for line in wanted:
        quantities[line.variant_id] = quantities.get(line.variant_id, 0) + line.quantity
    if not quantities:
        raise BasketEmpty
    if len(quantities) > MOST_LINES or not all(1 <= quantity <= MOST_OF_ONE for quantity in quantities.values()):
        raise InvalidInput("lines")
    rows = sellable_variants(quantities)
    for variant_id in quantities:
        if variant_id not in rows:
            raise ProductUnavailable(variant_id=variant_id)
    return [_shelf_line(rows[variant_id], quantity) for variant_id, quantity in quantities.items()]


def adjustments_of(order_ids: Sequence[UUID]) -> dict[UUID, list[OrderAdjustment]]:
    """What took part in each order, in the order in which it was taken off."""
    found: dict[UUID, list[OrderAdjustment]] = {order_id: [] for order_id in order_ids}
    for adjustment in OrderAdjustment.objects.filter(order_id__in=order_ids).order_by("pk"):
        found[adjustment.order_id].append(adjustment)
    return found


def overdue_orders(*, now: datetime, limit: int) -> list[UUID]:
    """The unpaid orders whose time is over, the longest over first."""
    unpaid = Order.objects.filter(state=OrderState.PENDING_PAYMENT, pay_deadline_at__lte=now)
    return list(unpaid.order_by("pay_deadline_at").values_list("pk", flat=True)[:limit])


def _shelf_line(variant: SellableVariant, quantity: int) -> ShelfLine:
    return ShelfLine(
        variant_id=variant.id,
        product_id=variant.product_id,
        category_id=variant.category_id,
        product_slug=variant.product_slug,
        title=variant.product_title,
        option_title=variant.title,
        picture_id=variant.picture_id,
        quantity=quantity,
        unit_minor=variant.price_minor,
    )


def pictures_by_id(picture_ids: Sequence[UUID]) -> dict[UUID, Picture]:
    """The pictures of priced lines."""
    return Picture.objects.in_bulk(picture_ids)
