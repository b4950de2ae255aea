"""The rows of a product's options and variants, as they are first written down."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.catalogue.models import PriceChange, Product, ProductOption, Variant
from backend.catalogue.rules import NewOption, NewVariant, variant_title


def write_options(product: Product, options: Sequence[NewOption]) -> None:
    """Write the choices that a product offers."""
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


def write_variants(
    product: Product, options: Sequence[NewOption], variants: Sequence[NewVariant], *, now: datetime
) -> None:
    """Write every variant and the first price of each."""
    made = Variant.objects.bulk_create(
        Variant(
            product=product,
            sku=variant.sku,
            title=variant_title(options, variant),
            options=plain(variant.options),
            price_minor=variant.price_minor,
            picture_id=variant.picture_id,
            position=position,
        )
        for position, variant in enumerate(variants)
    )
    note_prices({variant.pk: variant.price_minor for variant in made}, product_id=product.pk, by=None, now=now)


def note_prices(prices: Mapping[UUID, int | None], *, product_id: UUID, by: UUID | None, now: datetime) -> None:
    """Note from when on each variant was asked for at which price; none means that it is no longer offered."""
    PriceChange.objects.bulk_create(
        PriceChange(product_id=product_id, variant_id=variant_id, price_minor=price, changed_by_id=by, at=now)
        for variant_id, price in prices.items()
    )


def plain(options: Mapping[str, str]) -> dict[str, Any]:
    """Choices in the order of their keys, so that the same ones are the same JSON."""
    return {key: options[key] for key in sorted(options)}
