"""Reads of checkout: what the shelf says about a basket, and what took part in an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from backend.accounts.selectors import visible_address
from backend.catalogue.selectors import SellableVariant, sellable_variants
from backend.checkout.errors import BasketEmpty, ProductUnavailable
from backend.checkout.models import Invoice, InvoiceFile, InvoiceWish, OrderAdjustment
from backend.checkout.rules import Quote, ShelfLine, Terms
from backend.core.errors import InvalidInput, NotFound
from backend.orders.models import Order, OrderState
from backend.promotions.pricing import PricedBasket, ShippingTerms
from backend.promotions.selectors import shipping_terms

MOST_LINES = 50
MOST_OF_ONE = 99


@dataclass(frozen=True, slots=True)
class WantedLine:
    """So many of one variant."""

    variant_id: UUID
    quantity: int


def terms() -> Terms:
    """What the shop has configured about paying."""
    return Terms(pay_within=timedelta(minutes=settings.PAY_WITHIN_MINUTES))


def shipping_to(region_code: str) -> ShippingTerms:
    """What sending to a place costs; without a zone of its own it costs the usual rate."""
    zone = _zone(region_code)
    if zone is None:
        return shipping_terms()
    return ShippingTerms(free_from_minor=zone["free_from_minor"], fee_minor=zone["fee_minor"])


def region_of_address(address_id: UUID | None, *, buyer_id: UUID) -> str:
    """Where one of the buyer's own addresses lies; nothing is said without one.

    Raises: NotFound.
    """
    return visible_address(address_id=address_id, user_id=buyer_id).region_code if address_id else ""


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


def quoted(shelf: Sequence[ShelfLine], priced: PricedBasket) -> Quote:
    """Put a price and what its lines look like together; gifts are looked up here."""
    gifts = [line for line in priced.lines if line.is_gift]
    rows = sellable_variants([line.variant_id for line in gifts]) if gifts else {}
    found = [_shelf_line(rows[line.variant_id], line.quantity, is_gift=True) for line in gifts]
    return Quote(lines=(*shelf, *found), priced=priced)


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


def invoices_of(order_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Which invoice was wished for each order, and what was issued."""
    found: dict[UUID, dict[str, Any]] = {}
    for wish in InvoiceWish.objects.filter(order_id__in=order_ids):
        found[wish.pk] = {"wish": wish, "documents": []}
    for invoice in Invoice.objects.filter(order_id__in=order_ids).order_by("issued_at", "pk"):
        found[invoice.order_id]["documents"].append(invoice)
    return found


def invoice_file(*, invoice_id: UUID, viewer_id: UUID) -> tuple[str, bytes]:
    """The number and the document of an invoice of this person.

    Raises: NotFound.
    """
    file = InvoiceFile.objects.select_related("invoice").filter(pk=invoice_id, invoice__order__buyer_id=viewer_id)
    found = file.first()
    if found is None:
        raise NotFound
    return found.invoice.number, bytes(found.content)


def _shelf_line(variant: SellableVariant, quantity: int, *, is_gift: bool = False) -> ShelfLine:
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
        is_gift=is_gift,
    )


def _zone(region_code: str) -> dict[str, Any] | None:
    zones: tuple[dict[str, Any], ...] = settings.SHIPPING_ZONES
    return next((zone for zone in zones if region_code.startswith(zone["regions"])), None) if region_code else None
