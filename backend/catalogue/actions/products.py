"""Making, showing and retiring products, and the figures that are kept of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.catalogue.actions.content import check_content, write_content
from backend.catalogue.actions.writing import write_options, write_variants
from backend.catalogue.errors import ProductIncomplete, SkuTaken, SlugTaken, VariantMismatch
from backend.catalogue.events import ProductChanged, ProductPublished, ProductRetired
from backend.catalogue.models import Product, ProductPicture, ProductState, Variant
from backend.catalogue.rules import NewOption, NewVariant, Texts, missing_before_publishing, variants_match
from backend.catalogue.rules.content import read_content
from backend.catalogue.selectors.content import current_content
from backend.catalogue.wording import missing_words
from backend.core.locks import lock_many, lock_one
from backend.core.outbox import emit


@transaction.atomic
def create_product(
    *,
    slug: str,
    category_id: UUID,
    title: Texts,
    subtitle: Texts,
    description: Texts,
    variants: Sequence[NewVariant],
    options: Sequence[NewOption] = (),
    picture_ids: Sequence[UUID] = (),
    brand_id: UUID | None = None,
    promises: Sequence[Texts] = (),
    facts: Sequence[Mapping[str, Texts]] = (),
    now: datetime,
) -> Product:
    """Write down a product as a draft, with its options, variants and pictures.

    Raises: SlugTaken, SkuTaken, VariantMismatch.
    """
    _check_free(slug=slug, skus=[variant.sku for variant in variants])
    if not variants_match(options, variants):
        raise VariantMismatch
    product = Product.objects.create(
        slug=slug,
        category_id=category_id,
        brand_id=brand_id,
        title=dict(title),
        subtitle=dict(subtitle),
        description=dict(description),
        promises=[dict(promise) for promise in promises],
        facts=[dict(fact) for fact in facts],
        price_minor=min((variant.price_minor for variant in variants), default=0),
        changed_at=now,
    )
    write_options(product, options)
    write_variants(product, options, variants, now=now)
    ProductPicture.objects.bulk_create(
        ProductPicture(product=product, picture_id=picture_id, position=position)
        for position, picture_id in enumerate(picture_ids)
    )
    return product


@transaction.atomic
def publish_product(*, product_id: UUID, now: datetime) -> Product:
    """Put a product on the shelf. A product that is there already stays as it is.

    Raises: NotFound, ProductIncomplete.
    Emits: ProductPublished.
    """
    product = lock_one(Product, product_id)
    if product.state == ProductState.PUBLISHED:
        return product
    missing = missing_before_publishing(
        title=product.title,
        pictures_count=product.pictures.count(),
        variants_count=product.variants.filter(is_offered=True).count(),
    )
    if missing:
        raise ProductIncomplete(missing=missing_words(missing))
    product.state = ProductState.PUBLISHED
    product.published_at = product.published_at or now
    product.changed_at = now
    product.save(update_fields=["state", "published_at", "changed_at"])
    emit(ProductPublished(product_id=product.id, at=now))
    return product


@transaction.atomic
def retire_product(*, product_id: UUID, now: datetime) -> Product:
    """Take a product off the shelf. What was ordered stays ordered.

    Raises: NotFound.
    Emits: ProductRetired.
    """
    product = lock_one(Product, product_id)
    if product.state == ProductState.RETIRED:
        return product
    product.state = ProductState.RETIRED
    product.changed_at = now
    product.save(update_fields=["state", "changed_at"])
    emit(ProductRetired(product_id=product.id, at=now))
    return product


@transaction.atomic
def count_sales(*, quantities: Mapping[UUID, int], now: datetime) -> None:
    """Add what was sold, or with a minus what came back, to the counters of the products.

    Raises: NotFound.
    Emits: ProductChanged.
    """
    for product in lock_many(Product, quantities):
        Product.objects.filter(pk=product.pk).update(
            sold_count=F("sold_count") + quantities[product.pk], rank=F("rank") + quantities[product.pk]
        )
        emit(ProductChanged(product_id=product.id, at=now))


@transaction.atomic
def set_opening_figures(
    *, product_id: UUID, sold_count: int, rating_total: int, rating_count: int, now: datetime
) -> Product:
    """Carry over what an older shop knew of a product: its sales and its ratings.

    Raises: NotFound.
    Emits: ProductChanged.
    """
    product = lock_one(Product, product_id)
    product.sold_count = sold_count
    product.rank = sold_count
    product.rating_total = rating_total
    product.rating_count = rating_count
    product.save(update_fields=["sold_count", "rank", "rating_total", "rating_count"])
    emit(ProductChanged(product_id=product.id, at=now))
    return product


@transaction.atomic
def set_rating(*, product_id: UUID, rating_total: int, rating_count: int, now: datetime) -> Product:
    """Write down what the reviews of a product sum up to; the same figures change nothing.

    Whoever keeps the reviews counts them and calls this; the catalogue never adds to the figures itself.

    Raises: NotFound.
    Emits: ProductChanged.
    """
    product = lock_one(Product, product_id)
    if (product.rating_total, product.rating_count) == (rating_total, rating_count):
        return product
    product.rating_total, product.rating_count = rating_total, rating_count
    product.save(update_fields=["rating_total", "rating_count"])
    emit(ProductChanged(product_id=product.id, at=now))
    return product


@transaction.atomic
def carry_over_content(*, product_id: UUID, changes: Mapping[str, Any], now: datetime) -> Product:
    """Carry over what an older shop knew of a product: the named parts of its content, without another review.

    Raises: NotFound, InvalidInput, SkuTaken, VariantMismatch, AttributeRefused.
    Emits: ProductChanged.
    """
    lock_many(Variant, Variant.objects.filter(product_id=product_id).values_list("pk", flat=True))
    product = lock_one(Product, product_id)
    content = read_content({**current_content(product_id), **changes})
    check_content(content, product_id=product_id, is_whole=True)
    write_content(product, content, by=None, now=now)
    emit(ProductChanged(product_id=product.id, at=now))
    return product


def _check_free(*, slug: str, skus: Sequence[str]) -> None:
    if Product.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    repeated = next((sku for sku in skus if skus.count(sku) > 1), None)
    taken = repeated or Variant.objects.filter(sku__in=skus).values_list("sku", flat=True).first()
    if taken:
        raise SkuTaken(sku=taken)
