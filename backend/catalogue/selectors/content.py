"""The content of a product as it stands in the tables, in the form in which revisions keep it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from backend.catalogue.models import AttributeDefinition, Category, Product, Variant
from backend.catalogue.rules.attributes import Definition
from backend.catalogue.rules.content import Content, NewMedia, NewPicture, NewTestReport
from backend.catalogue.rules.variants import NewChoice, NewOption, NewVariant


def products_whole(product_ids: Iterable[UUID]) -> dict[UUID, Product]:
    """Products with all that belongs to them."""
    offered = Prefetch("variants", queryset=Variant.objects.filter(is_offered=True).order_by("position"))
    wanted = Product.objects.filter(pk__in=list(product_ids))
    return {
        product.pk: product for product in wanted.prefetch_related(offered, "options", "pictures", "media", "reports")
    }


def content_of(product: Product) -> Content:
    """What the tables say of a product that was read whole."""
    return Content(
        title=product.title,
        subtitle=product.subtitle,
        description=product.description,
        category_id=product.category_id,
        brand_id=product.brand_id,
        attributes=product.attributes,
        options=[_option(option.key, option.name, option.choices) for option in product.options.all()],
        variants=[
            NewVariant(sku=each.sku, price_minor=each.price_minor, options=each.options, picture_id=each.picture_id)
            for each in product.variants.all()
            if each.is_offered
        ],
        pictures=[
            NewPicture(picture_id=each.picture_id, role=each.role, alt=each.alt) for each in product.pictures.all()
        ],
        media=[
            NewMedia(file_id=each.file_id, title=each.title, poster_id=each.poster_id) for each in product.media.all()
        ],
        reports=[
            NewTestReport(
                file_id=each.file_id,
                title=each.title,
                issuer=each.issuer,
                number=each.number,
                issued_on=each.issued_on,
                valid_until=each.valid_until,
            )
            for each in product.reports.all()
        ],
        promises=product.promises,
        facts=product.facts,
    )


def current_content(product_id: UUID) -> dict[str, Any]:
    """What the tables say of a product, as it is compared and kept."""
    return content_of(products_whole([product_id])[product_id]).as_row()


def definitions_for(category_id: UUID) -> list[Definition]:
    """What is asked of products on a shelf: by itself and by the shelves it stands in."""
    return [
        Definition(
            key=each.key,
            type=each.type,
            choices=[choice["key"] for choice in each.choices],
            is_required=each.is_required,
        )
        for each in attribute_definitions(category_id)
    ]


def attribute_definitions(category_id: UUID) -> list[AttributeDefinition]:
    """The attributes of a shelf, those of the top first."""
    above = dict(Category.objects.values_list("pk", "parent_id"))
    line: list[UUID] = []
    place: UUID | None = category_id
    while place is not None and place in above:
        line.insert(0, place)
        place = above[place]
    found = AttributeDefinition.objects.filter(category_id__in=line)
    return sorted(found, key=lambda each: (line.index(each.category_id), each.position, each.pk))


def _option(key: str, name: dict[str, str], choices: list[dict[str, Any]]) -> NewOption:
    return NewOption(
        key=key,
        name=name,
        choices=[NewChoice(key=each["key"], label=each["label"], swatch=each.get("swatch")) for each in choices],
    )
