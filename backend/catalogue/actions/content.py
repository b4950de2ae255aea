"""Writing the content of a product into the tables: what is new is added, what is gone is no longer offered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.catalogue.actions.prices import compare_with_before
from backend.catalogue.actions.writing import note_prices, plain, write_options
from backend.catalogue.errors import AttributeRefused, SkuTaken, VariantMismatch
from backend.catalogue.models import (
    Brand,
    Category,
    FileKind,
    Product,
    ProductMedia,
    ProductPicture,
    ProductState,
    StoredFile,
    TestReport,
    Variant,
)
from backend.catalogue.rules import variant_title, variants_match
from backend.catalogue.rules.attributes import wrong_attributes
from backend.catalogue.rules.content import Content
from backend.catalogue.selectors.content import definitions_for
from backend.core.errors import InvalidInput
from backend.core.pictures.models import Picture

MEDIA_KINDS = {FileKind.VIDEO: "VIDEO", FileKind.MODEL: "MODEL"}


def check_content(content: Content, *, product_id: UUID | None, is_whole: bool) -> None:
    """See that everything the content speaks of is there and fits together.

    Raises: InvalidInput, VariantMismatch, SkuTaken, AttributeRefused.
    """
    if not Category.objects.filter(pk=content.category_id).exists():
        raise InvalidInput("content.category_id")
    if content.brand_id is not None and not Brand.objects.filter(pk=content.brand_id).exists():
        raise InvalidInput("content.brand_id")
    _check_pictures(content)
    _check_files(content)
    _check_variants(content, product_id=product_id)
    wrong = wrong_attributes(definitions_for(content.category_id), content.attributes, is_whole=is_whole)
    if wrong:
        key, expected = wrong[0]
        raise AttributeRefused(key=key, expected=expected)


def write_content(product: Product, content: Content, *, by: UUID | None, now: datetime) -> None:
    """Make the tables say what the content says; the product and its variants are held by the caller.

    The price of a variant that shoppers can buy already is not touched: prices change by `change_price` alone.
    """
    _write_words(product, content, now=now)
    product.options.all().delete()
    write_options(product, content.options)
    has_other_prices = _write_variants(product, content, by=by, now=now)
    _write_shown(product, content)
    offered = [each.price_minor for each in product.variants.filter(is_offered=True)]
    product.price_minor = min(offered, default=0)
    if has_other_prices:
        compare_with_before(product)
    product.save(update_fields=["price_minor", "reference_price_minor", "reference_price_at"])


def _check_pictures(content: Content) -> None:
    wanted = {each.picture_id for each in content.pictures}
    wanted |= {each.picture_id for each in content.variants if each.picture_id}
    wanted |= {each.poster_id for each in content.media if each.poster_id}
    if Picture.objects.filter(pk__in=wanted).count() != len(wanted):
        raise InvalidInput("content.pictures")


def _check_files(content: Content) -> None:
    wanted = {each.file_id for each in content.media} | {each.file_id for each in content.reports}
    kinds = dict(StoredFile.objects.filter(pk__in=wanted).values_list("pk", "kind"))
    if any(kinds.get(each.file_id) not in MEDIA_KINDS for each in content.media):
        raise InvalidInput("content.media")
    if any(kinds.get(each.file_id) != FileKind.DOCUMENT for each in content.reports):
        raise InvalidInput("content.reports")


def _check_variants(content: Content, *, product_id: UUID | None) -> None:
    skus = [each.sku for each in content.variants]
    repeated = next((sku for sku in skus if skus.count(sku) > 1), None)
    others = Variant.objects.filter(sku__in=skus)
    if product_id is not None:
        others = others.exclude(product_id=product_id)
    taken = repeated or others.values_list("sku", flat=True).first()
    if taken:
        raise SkuTaken(sku=taken)
    if content.variants and not variants_match(content.options, content.variants):
        raise VariantMismatch


def _write_words(product: Product, content: Content, *, now: datetime) -> None:
    product.title = dict(content.title)
    product.subtitle = dict(content.subtitle)
    product.description = dict(content.description)
    product.category_id = content.category_id
    product.brand_id = content.brand_id
    product.attributes = dict(content.attributes)
    product.promises = [dict(each) for each in content.promises]
    product.facts = [dict(each) for each in content.facts]
    product.changed_at = now
    product.save(
        update_fields=[
            "title",
            "subtitle",
            "description",
            "category",
            "brand",
            "attributes",
            "promises",
            "facts",
            "changed_at",
        ]
    )


def _write_variants(product: Product, content: Content, *, by: UUID | None, now: datetime) -> bool:
    known = {each.sku: each for each in product.variants.all()}
    wanted = {each.sku for each in content.variants}
    asked: dict[UUID, int | None] = {}
    for gone in (each for each in known.values() if each.is_offered and each.sku not in wanted):
        gone.is_offered = False
        gone.save(update_fields=["is_offered"])
        asked[gone.pk] = None
    # Those that stay make room first, so that two of them may exchange their choices.
    product.variants.filter(is_offered=True).update(is_offered=False)
    for position, each in enumerate(content.variants):
        columns: dict[str, Any] = {
            "title": variant_title(content.options, each),
            "options": plain(each.options),
            "picture_id": each.picture_id,
            "position": position,
            "is_offered": True,
        }
        variant = known.get(each.sku)
        if variant is None or product.state == ProductState.DRAFT or not variant.is_offered:
            columns["price_minor"] = each.price_minor
        if variant is None:
            made = Variant.objects.create(product=product, sku=each.sku, **columns)
            asked[made.pk] = each.price_minor
            continue
        if not variant.is_offered or columns.get("price_minor", variant.price_minor) != variant.price_minor:
            asked[variant.pk] = columns["price_minor"]
        Variant.objects.filter(pk=variant.pk).update(**columns)
    note_prices(asked, product_id=product.pk, by=by, now=now)
    return bool(asked)


def _write_shown(product: Product, content: Content) -> None:
    """Pictures, videos, models and reports are written anew; nothing else points to their rows."""
    product.pictures.all().delete()
    ProductPicture.objects.bulk_create(
        ProductPicture(
            product=product, picture_id=each.picture_id, role=each.role, alt=dict(each.alt), position=position
        )
        for position, each in enumerate(content.pictures)
    )
    product.media.all().delete()
    kinds = dict(StoredFile.objects.filter(pk__in=[each.file_id for each in content.media]).values_list("pk", "kind"))
    ProductMedia.objects.bulk_create(
        ProductMedia(
            product=product,
            file_id=each.file_id,
            kind=MEDIA_KINDS[FileKind(kinds[each.file_id])],
            title=dict(each.title),
            poster_id=each.poster_id,
            position=position,
        )
        for position, each in enumerate(content.media)
    )
    product.reports.all().delete()
    TestReport.objects.bulk_create(
        TestReport(
            product=product,
            file_id=each.file_id,
            title=dict(each.title),
            issuer=each.issuer,
            number=each.number,
            issued_on=each.issued_on,
            valid_until=each.valid_until,
            position=position,
        )
        for position, each in enumerate(content.reports)
    )
