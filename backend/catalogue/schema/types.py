"""The types of the shop window. Their values are the rows that the selectors give."""

import datetime as dt
from typing import Any

import graphene
from django.core.files.storage import default_storage
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from backend.catalogue.schema.asking import asked_fields
from backend.catalogue.schema.loaders import category_of, child_of
from backend.catalogue.selectors import product_page
from backend.catalogue.selectors.prices import price_histories
from backend.catalogue.wording import attribute_words
from backend.core.graphql import (
    JSON,
    BigInt,
    DateTime,
    MoneyType,
    ObjectType,
    PictureType,
    connection_field,
    object_field,
)
from backend.core.languages import translate
from backend.core.pictures.storing import picture_urls

HISTORY = dt.timedelta(days=90)
TryOnEnum = graphene.Enum("TryOn", [("LIPS", "LIPS")], description="Where a colour can be tried on.")


def picture_field(description: str, *, required: bool = True) -> Any:
    """A field whose row holds the columns of a picture under the field's own name."""
    return object_field(PictureType, _picture, required=required, description=description)


def child_field(type_: Any, name: str, description: str, *, size: int = 10) -> Any:
    """A list of a product that is read only when asked for."""
    return object_field(
        graphene.List(graphene.NonNull(type_)),
        lambda row, info: child_of(row, name, info),
        required=True,
        size=size,
        description=description,
    )


def _picture(row: dict[str, Any], info: Any) -> dict[str, Any] | None:
    columns = row.get("picture")
    return picture_urls(columns) if columns else None


class CategoryType(ObjectType):
    """A shelf of the shop."""

    id = graphene.ID(required=True, description="The category's id.")
    slug = graphene.String(required=True, description="The name in addresses.")
    name = graphene.String(required=True, description="The name in the reader's language.")
    picture = object_field(
        PictureType,
        lambda row, info: _picture(row if "picture" in row else category_of(info, row["slug"]), info),
        required=True,
        description="The picture in its round button.",
    )
    products_count = object_field(
        graphene.Int,
        lambda row, info: (row if "products_count" in row else category_of(info, row["slug"]))["products_count"],
        required=True,
        description="How many products stand on this shelf and on the shelves in it.",
    )
    parent_id = object_field(
        graphene.ID,
        lambda row, info: (row if "parent_id" in row else category_of(info, row["slug"]))["parent_id"],
        description="The shelf it stands in; empty at the top.",
    )
    depth = object_field(
        graphene.Int,
        lambda row, info: (row if "depth" in row else category_of(info, row["slug"]))["depth"],
        required=True,
        description="How deep it stands: 1 at the top, 3 at most.",
    )
    try_on = object_field(
        TryOnEnum,
        lambda row, info: (row if "try_on" in row else category_of(info, row["slug"]))["try_on"],
        description="Where the colours of its products can be tried on with a camera; empty where they cannot.",
    )


class BrandType(ObjectType):
    """Who made it."""

    id = graphene.ID(required=True, description="The brand's id.")
    slug = graphene.String(required=True, description="The name in addresses.")
    name = graphene.String(required=True, description="The name in the reader's language.")
    logo = picture_field("Its sign, if it has one.", required=False)


class ProductAttributeType(ObjectType):
    """One thing that the shelf asks for, as it is stated of the product."""

    key = graphene.String(required=True, description="The attribute's key, as filters use it.")
    name = object_field(
        graphene.String,
        lambda row, info: translate(row["name"], info.context.viewer.locale),
        required=True,
        description="What is stated.",
    )
    text = object_field(
        graphene.String,
        lambda row, info: attribute_words(row, info.context.viewer.locale),
        required=True,
        description="The statement in words.",
    )
    value = graphene.Field(JSON, required=True, description="The statement as it is kept and filtered by.")


class ShownPictureType(ObjectType):
    """A picture of a product with what it shows."""

    role = graphene.String(required=True, description="FRONT, BACK, SIDE, DETAIL, SCENE, SIZE or PACKAGE.")
    alt = graphene.String(
        required=True, description="What is seen, in the reader's language; empty if nobody wrote it."
    )
    picture = object_field(
        PictureType, lambda row, info: picture_urls(row), required=True, description="The picture itself."
    )


class ProductMediaType(ObjectType):
    """A video or a 3-D model."""

    id = graphene.ID(required=True, description="Its id.")
    kind = graphene.String(required=True, description="VIDEO or MODEL.")
    title = graphene.String(required=True, description="What it shows.")
    url = object_field(
        graphene.String, lambda row, info: default_storage.url(row["name"]), required=True, description="Where it is."
    )
    media_type = graphene.String(required=True, description="Such as video/mp4.")
    size_bytes = graphene.Field(BigInt, required=True, description="How large the file is.")
    seconds = graphene.Int(description="How long a video is.")
    poster = picture_field("The picture to show before it plays.", required=False)


class TestReportType(ObjectType):
    """What a laboratory found."""

    __test__ = False

    id = graphene.ID(required=True, description="Its id.")
    title = graphene.String(required=True, description="What was tested.")
    issuer = graphene.String(required=True, description="Who tested it.")
    number = graphene.String(required=True, description="The number of the report.")
    issued_on = graphene.String(required=True, description="The day of the report, as year-month-day.")
    valid_until = graphene.String(description="Until when it holds; empty if it says nothing.")
    url = object_field(
        graphene.String, lambda row, info: default_storage.url(row["name"]), required=True, description="The PDF."
    )
    size_bytes = graphene.Field(BigInt, required=True, description="How large the file is.")


class PriceStepType(ObjectType):
    """From a moment on, the lowest price of a product."""

    at = graphene.Field(DateTime, required=True, description="Since when.")
    price = graphene.Field(MoneyType, required=True, description="The price of buying alone.")


class OptionValueType(ObjectType):
    """One value that can be chosen."""

    key = graphene.String(required=True, description="The value as it stands in the options of a variant.")
    label = graphene.String(required=True, description="What the shopper reads.")
    swatch = graphene.String(description="A colour to show, as #RRGGBB.")


class ProductOptionType(ObjectType):
    """One choice to make, such as size."""

    key = graphene.String(required=True, description="The option as it stands in the options of a variant.")
    name = graphene.String(required=True, description="What the shopper reads.")
    values = graphene.List(
        graphene.NonNull(OptionValueType), required=True, description="The values to choose from, in order."
    )


class VariantType(ObjectType):
    """What is actually put into a parcel."""

    id = graphene.ID(required=True, description="The variant's id.")
    sku = graphene.String(required=True, description="The stock number.")
    title = graphene.String(required=True, description="The chosen values in words; empty if there is no choice.")
    options = graphene.Field(JSON, required=True, description="The chosen value of each option, by their keys.")
    price = graphene.Field(MoneyType, required=True, description="The price of buying alone.")
    picture = picture_field("A picture of this kind, where it looks different.", required=False)


class FactType(ObjectType):
    """One line of the product's data sheet."""

    name = graphene.String(required=True, description="What is stated.")
    value = graphene.String(required=True, description="The statement.")


class ReferencePriceType(ObjectType):
    """The lowest price of the thirty days before the present one, so that it can be judged. It is never invented."""

    price = graphene.Field(MoneyType, required=True, description="The lowest price.")
    on = graphene.Field(DateTime, required=True, description="When it was asked.")
    sentence = graphene.String(required=True, description="The same in words.")


class ProductType(ObjectType):
    """One thing on offer."""

    id = graphene.ID(required=True, description="The product's id.")
    slug = graphene.String(required=True, description="The name in addresses.")
    title = graphene.String(required=True, description="The name in the reader's language.")
    subtitle = graphene.String(required=True, description="One more line about it.")
    description = object_field(
        graphene.String,
        lambda row, info: child_of(row, "description", info),
        required=True,
        description="What there is to know, in plain sentences.",
    )
    category = graphene.Field(CategoryType, required=True, description="The shelf it stands on.")
    picture = picture_field("The picture in lists.")
    pictures = object_field(
        graphene.List(graphene.NonNull(PictureType)),
        lambda row, info: [picture_urls(columns) for columns in child_of(row, "pictures", info)],
        required=True,
        size=6,
        description="All pictures in order.",
    )
    price = graphene.Field(MoneyType, required=True, description="The lowest price of buying alone.")
    sold_count = graphene.Field(BigInt, required=True, description="How many were sold and kept.")
    rating_average = object_field(
        graphene.Float,
        lambda row, info: round(row["rating_total"] / row["rating_count"], 1) if row["rating_count"] else None,
        description="The average of all ratings from 1 to 5; empty while there is none.",
    )
    rating_count = graphene.Field(BigInt, required=True, description="How many ratings there are.")
    promises = child_field(graphene.String, "promises", "What the shop promises for this product.", size=5)
    reference_price = object_field(
        ReferencePriceType,
        lambda row, info: reference_price(row),
        description="The lowest price of the thirty days before the present one, where it ever changed.",
    )
    options = child_field(ProductOptionType, "options", "The choices to make, in order.", size=3)
    variants = child_field(VariantType, "variants", "Every combination that can be bought.", size=12)
    facts = child_field(FactType, "facts", "The data sheet.", size=10)
    brand = object_field(BrandType, lambda row, info: child_of(row, "brand", info), description="Who made it.")
    attributes = child_field(ProductAttributeType, "attributes", "What the shelf asks for, as it is stated.", size=10)
    angles = object_field(
        graphene.List(graphene.NonNull(ShownPictureType)),
        lambda row, info: child_of(row, "angles", info),
        required=True,
        size=6,
        description="All pictures in order, with what each shows.",
    )
    media = child_field(ProductMediaType, "media", "Videos and 3-D models.", size=3)
    test_reports = object_field(
        graphene.List(graphene.NonNull(TestReportType)),
        lambda row, info: child_of(row, "test_reports", info),
        required=True,
        size=3,
        description="Test reports that have not run out.",
    )
    price_history = object_field(
        graphene.List(graphene.NonNull(PriceStepType)),
        lambda row, info: row["batch"].load(
            "catalogue.prices", lambda ids: price_histories(ids, since=info.context.now - HISTORY)
        )[row["id"]],
        required=True,
        size=20,
        description="The lowest price of buying alone over the last ninety days, step by step.",
    )


class BannerType(ObjectType):
    """A theme at the top of the home page."""

    title = graphene.String(required=True, description="The headline.")
    subtitle = graphene.String(required=True, description="One more line.")
    action = graphene.String(required=True, description="The words on the button.")
    path = graphene.String(required=True, description="Where the button leads, within the shop.")
    picture = picture_field("The picture behind the words.")
    ends_at = graphene.Field(DateTime, description="When it really ends; empty if it does not.")


class HomeType(ObjectType):
    """The home page."""

    hero = graphene.List(graphene.NonNull(BannerType), required=True, description="The themes of this hour.")
    categories = graphene.List(graphene.NonNull(CategoryType), required=True, description="The shelves in order.")
    products = connection_field(
        lambda: ProductType,
        lambda row, info, first, after=None: product_page(
            locale=info.context.viewer.locale, first=first, after=after, children=asked_fields(info, "edges", "node")
        ),
        description="What the shop recommends to everybody.",
    )


def reference_price(row: dict[str, Any]) -> dict[str, Any] | None:
    """The reference price of a product row, with its sentence."""
    minor = row["reference_price_minor"]
    if minor is None:
        return None
    at = dt.datetime.fromisoformat(row["reference_price_at"])
    words = {"price": f"¥{minor // 100}.{minor % 100:02d}", "day": date_format(localtime(at), "MONTH_DAY_FORMAT")}
    sentence = _("Lowest price in the 30 days before: %(price)s (%(day)s)") % words
    return {"price": minor, "on": at, "sentence": sentence}
