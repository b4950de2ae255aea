"""Asking other prices, and comparing them honestly with what was asked before."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min
from django.db.models.functions import Least

from backend.catalogue.actions.writing import note_prices
from backend.catalogue.errors import InflatedReferencePrice
from backend.catalogue.events import ProductChanged
from backend.catalogue.models import PaidPrice, Product, Variant
from backend.catalogue.rules.prices import HIGHEST_PRICE_MINOR, highest_honest_reference, reference_before
from backend.catalogue.selectors.prices import paid_prices, price_steps
from backend.core.clock import business_day
from backend.core.errors import InvalidInput
from backend.core.locks import lock_many, lock_one
from backend.core.money import Money
from backend.core.outbox import emit


@transaction.atomic
def change_price(*, variant_id: UUID, price_minor: int, now: datetime, changed_by: UUID | None = None) -> Variant:
    """Ask another price for one variant from now on. Orders keep the price they were placed at.

    The reference price follows: it is what was really asked and paid before.

    Raises: NotFound, InvalidInput.
    Emits: ProductChanged.
    """
    if not 0 < price_minor <= HIGHEST_PRICE_MINOR:
        raise InvalidInput("priceMinor")
    variant = lock_one(Variant, variant_id)
    product = lock_one(Product, variant.product_id)
    if variant.price_minor == price_minor:
        return variant
    variant.price_minor = price_minor
    variant.save(update_fields=["price_minor"])
    if variant.is_offered:
        note_prices({variant.pk: price_minor}, product_id=product.pk, by=changed_by, now=now)
    lowest = product.variants.filter(is_offered=True).aggregate(lowest=Min("price_minor"))["lowest"]
    product.price_minor = lowest if lowest is not None else product.price_minor
    product.changed_at = now
    compare_with_before(product)
    product.save(update_fields=["price_minor", "changed_at", "reference_price_minor", "reference_price_at"])
    emit(ProductChanged(product_id=product.id, at=now))
    return variant


@transaction.atomic
def set_reference_price(*, product_id: UUID, price_minor: int, at: datetime, now: datetime) -> Product:
    """Note an earlier price and its day, so that the present one can be judged; never more than was really asked.

    Raises: NotFound, InvalidInput, InflatedReferencePrice.
    Emits: ProductChanged.
    """
    if price_minor <= 0:
        raise InvalidInput("priceMinor")
    product = lock_one(Product, product_id)
    highest = highest_honest_reference(price_steps(product.id), paid=paid_prices(product.id))
    if highest is not None and price_minor > highest:
        raise InflatedReferencePrice(highest=Money(highest, product.currency))
    product.reference_price_minor = price_minor
    product.reference_price_at = at
    product.changed_at = now
    product.save(update_fields=["reference_price_minor", "reference_price_at", "changed_at"])
    emit(ProductChanged(product_id=product.id, at=now))
    return product


@transaction.atomic
def note_paid_prices(*, lowest_minor: Mapping[UUID, int], now: datetime) -> None:
    """Keep the lowest price per piece that was paid for each product on this day.

    Raises: NotFound.
    """
    products = lock_many(Product, lowest_minor)
    PaidPrice.objects.bulk_create(
        (
            PaidPrice(product=product, day=business_day(now), lowest_minor=lowest_minor[product.pk])
            for product in products
        ),
        ignore_conflicts=True,
    )
    for product in products:
        PaidPrice.objects.filter(product=product, day=business_day(now)).update(
            lowest_minor=Least(F("lowest_minor"), lowest_minor[product.pk])
        )


@transaction.atomic
def drop_old_reference_prices(*, before: datetime, now: datetime) -> int:
    """Forget reference prices that are older than this: they no longer say anything about the present price.

    Emits: ProductChanged.
    """
    old = lock_many(Product, Product.objects.filter(reference_price_at__lt=before).values_list("pk", flat=True)[:500])
    for product in old:
        product.reference_price_minor = None
        product.reference_price_at = None
        product.save(update_fields=["reference_price_minor", "reference_price_at"])
        emit(ProductChanged(product_id=product.id, at=now))
    return len(old)


def compare_with_before(product: Product) -> None:
    """Put the honest reference price on a product whose prices have just changed; the caller saves it."""
    reference = reference_before(price_steps(product.pk), paid=paid_prices(product.pk))
    product.reference_price_minor = reference.price_minor if reference else None
    product.reference_price_at = reference.at if reference else None
