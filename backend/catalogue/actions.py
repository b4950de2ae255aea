"""Every write to the shop window."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext as _

from backend.catalogue.errors import ProductIncomplete, SkuTaken, SlugTaken, VariantMismatch
from backend.catalogue.events import BannerChanged, CategoryChanged, ProductChanged, ProductPublished, ProductRetired
from backend.catalogue.models import Banner, Category, Product, ProductOption, ProductPicture, ProductState, Variant
from backend.catalogue.rules import (
    NewOption,
    NewVariant,
    Texts,
    missing_before_publishing,
    variant_title,
    variants_match,
)
from backend.core.locks import lock_many, lock_one
from backend.core.outbox import emit


@transaction.atomic
def create_category(*, slug: str, name: Texts, picture_id: UUID, position: int = 0, now: datetime) -> Category:
    """Put up a new shelf.

    Raises: SlugTaken.
    Emits: CategoryChanged.
    """
    if Category.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    category = Category.objects.create(slug=slug, name=dict(name), picture_id=picture_id, position=position)
    emit(CategoryChanged(category_id=category.id, at=now))
    return category


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
        title=dict(title),
        subtitle=dict(subtitle),
        description=dict(description),
        promises=[dict(promise) for promise in promises],
        facts=[dict(fact) for fact in facts],
        price_minor=min((variant.price_minor for variant in variants), default=0),
        changed_at=now,
    )
    _write_options(product, options)
    _write_variants(product, options, variants)
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
        title=product.title, pictures_count=product.pictures.count(), variants_count=product.variants.count()
    )
    if missing:
        names = {"title": _("title"), "picture": _("picture"), "variant": _("kind with a price")}
        raise ProductIncomplete(missing=", ".join(names[name] for name in missing))
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
def change_price(*, variant_id: UUID, price_minor: int, now: datetime) -> Variant:
    """Ask another price for one variant from now on. Orders keep the price they were placed at.

    Raises: NotFound.
    Emits: ProductChanged.
    """
    variant = lock_one(Variant, variant_id)
    product = lock_one(Product, variant.product_id)
    if variant.price_minor == price_minor:
        return variant
    variant.price_minor = price_minor
    variant.save(update_fields=["price_minor"])
    product.price_minor = product.variants.aggregate(lowest=Min("price_minor"))["lowest"]
    product.changed_at = now
    product.save(update_fields=["price_minor", "changed_at"])
    emit(ProductChanged(product_id=product.id, at=now))
    return variant


@transaction.atomic
def set_reference_price(*, product_id: UUID, price_minor: int, at: datetime, now: datetime) -> Product:
    """Note the lowest price of the last thirty days and its day, so that a price can be judged.

    Raises: NotFound.
    Emits: ProductChanged.
    """
    product = lock_one(Product, product_id)
    product.reference_price_minor = price_minor
    product.reference_price_at = at
    product.changed_at = now
    product.save(update_fields=["reference_price_minor", "reference_price_at", "changed_at"])
    emit(ProductChanged(product_id=product.id, at=now))
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
def put_up_banner(
    *,
    title: Texts,
    subtitle: Texts,
    action: Texts,
    path: str,
    picture_id: UUID,
    starts_at: datetime,
    ends_at: datetime | None = None,
    position: int = 0,
    now: datetime,
) -> Banner:
    """Show a theme at the top of the home page within its window.

    Emits: BannerChanged.
    """
    banner = Banner.objects.create(
        title=dict(title),
        subtitle=dict(subtitle),
        action=dict(action),
        path=path,
        picture_id=picture_id,
        starts_at=starts_at,
        ends_at=ends_at,
        position=position,
    )
    emit(BannerChanged(banner_id=banner.id, at=now))
    return banner


def _check_free(*, slug: str, skus: Sequence[str]) -> None:
    if Product.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    repeated = next((sku for sku in skus if skus.count(sku) > 1), None)
    taken = repeated or Variant.objects.filter(sku__in=skus).values_list("sku", flat=True).first()
    if taken:
        raise SkuTaken(sku=taken)


def _write_options(product: Product, options: Sequence[NewOption]) -> None:
    ProductOption.objects.bulk_create(
        ProductOption(
            product=product,
            key=option.key,
            name=dict(option.name),
            choices=[choice.as_row() for choice in option.choices],
            position=position,
        )
        for position, option in enumerate(options)
    )


def _write_variants(product: Product, options: Sequence[NewOption], variants: Sequence[NewVariant]) -> None:
    Variant.objects.bulk_create(
        Variant(
            product=product,
            sku=variant.sku,
            title=variant_title(options, variant),
            options=_plain(variant.options),
            price_minor=variant.price_minor,
            picture_id=variant.picture_id,
            position=position,
        )
        for position, variant in enumerate(variants)
    )


def _plain(options: Mapping[str, str]) -> dict[str, Any]:
    return {key: options[key] for key in sorted(options)}
