"""Variants for those who price and pack them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch

from backend.catalogue.models import ProductPicture, ProductState, Variant


def sellable_variants(variant_ids: Iterable[UUID]) -> dict[UUID, Variant]:
    """The variants that are on the shelf now, by id, each with its product and the product's pictures."""
    found = Variant.objects.filter(pk__in=set(variant_ids), product__state=ProductState.PUBLISHED)
    pictures = Prefetch("product__pictures", ProductPicture.objects.select_related("picture").order_by("position"))
    return {variant.pk: variant for variant in found.select_related("product", "picture").prefetch_related(pictures)}
