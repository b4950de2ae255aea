"""Prices, shelves, brands, attributes and tables: what the merchandising desk changes without review."""

from datetime import datetime
from typing import Any

import graphene

from backend.catalogue import actions
from backend.catalogue import errors as refusals
from backend.catalogue.rules import NewChoice
from backend.catalogue.schema.desk_types import (
    AttributeDefinitionType,
    AttributeKind,
    CatalogueImportType,
    DeskCategoryType,
    DeskVariantType,
    GoodsDetailType,
)
from backend.catalogue.schema.types import TryOnEnum
from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, BigInt, DateTime, Mutation, RequestFacts, Viewer, role

DESK = role("growth")


def named(names: Any, field: str = "names") -> dict[str, str]:
    """A text in each language.

    Raises: InvalidInput.
    """
    if not isinstance(names, dict) or not all(isinstance(text, str) for text in names.values()):
        raise InvalidInput(field)
    return names


def plain(value: Any) -> str:
    """The name of an enum's value."""
    return str(getattr(value, "value", value))


class RetireProduct(Mutation):
    """Take a product off the shelf; what was ordered stays ordered."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")

    errors = ()
    permission = DESK
    product = graphene.Field(GoodsDetailType, description="The product.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"product": actions.retire_product(product_id=input.product_id, now=now)}


class ChangePrice(Mutation):
    """Ask another price for a variant from now on."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")
        price_minor = graphene.InputField(BigInt, required=True, description="The new price in fen.")

    errors = ()
    permission = DESK
    variant = graphene.Field(DeskVariantType, description="The variant.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        variant = actions.change_price(
            variant_id=input.variant_id, price_minor=input.price_minor, changed_by=viewer.id, now=now
        )
        return {"variant": variant}


class SetReferencePrice(Mutation):
    """Show an earlier price beside the present one; never more than was really asked."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")
        price_minor = graphene.InputField(BigInt, required=True, description="The earlier price in fen.")
        at = graphene.InputField(DateTime, required=True, description="When it was asked.")

    errors = (refusals.InflatedReferencePrice,)
    permission = DESK
    product = graphene.Field(GoodsDetailType, description="The product.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        product = actions.set_reference_price(
            product_id=input.product_id, price_minor=input.price_minor, at=input.at, now=now
        )
        return {"product": product}


class ImportCatalogue(Mutation):
    """Read a table of products that was sent."""

    class Input:
        file_id = graphene.ID(required=True, description="The sent table.")
        file_name = graphene.String(required=True, description="What the file was called.")

    errors = (refusals.TableRefused,)
    permission = DESK
    table = graphene.Field(CatalogueImportType, description="The import.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        table = actions.import_catalogue(file_id=input.file_id, file_name=input.file_name, owner_id=viewer.id, now=now)
        return {"table": table}


class CreateCategory(Mutation):
    """Put up a new shelf, at the top or in another one."""

    class Input:
        slug = graphene.String(required=True, description="The name in addresses.")
        names = graphene.InputField(JSON, required=True, description="Its name in each language.")
        picture_id = graphene.ID(required=True, description="Its picture.")
        parent_id = graphene.ID(description="The shelf it stands in.")
        position = graphene.Int(description="Its place among the others.")
        try_on = TryOnEnum(description="Where the colours of its products can be tried on.")

    errors = (refusals.SlugTaken, refusals.CategoryTooDeep)
    permission = DESK
    category = graphene.Field(DeskCategoryType, description="The shelf.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        category = actions.create_category(
            slug=input.slug,
            name=named(input.names),
            picture_id=input.picture_id,
            parent_id=input.parent_id,
            position=place_of(input.position),
            try_on=input.try_on,
            now=now,
        )
        return {"category": category}


class ChangeCategory(Mutation):
    """Rename a shelf, put it somewhere else, or say where its colours can be tried on."""

    class Input:
        category_id = graphene.ID(required=True, description="The shelf.")
        names = graphene.InputField(JSON, required=True, description="Its name in each language.")
        picture_id = graphene.ID(required=True, description="Its picture.")
        parent_id = graphene.ID(description="The shelf it stands in; the top if not said.")
        position = graphene.Int(required=True, description="Its place among the others.")
        try_on = TryOnEnum(description="Where the colours of its products can be tried on; nowhere if not said.")

    errors = (refusals.CategoryTooDeep,)
    permission = DESK
    category = graphene.Field(DeskCategoryType, description="The shelf.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        category = actions.change_category(
            category_id=input.category_id,
            name=named(input.names),
            picture_id=input.picture_id,
            parent_id=input.parent_id,
            position=place_of(input.position),
            try_on=input.try_on,
            now=now,
        )
        return {"category": category}


class SaveBrand(Mutation):
    """Write down a brand, or other words for one that is there."""

    class Input:
        id = graphene.ID(description="The brand, if it is not new.")
        slug = graphene.String(required=True, description="The name in addresses.")
        names = graphene.InputField(JSON, required=True, description="Its name in each language.")
        logo_id = graphene.ID(description="Its sign.")

    errors = (refusals.SlugTaken,)
    permission = DESK
    brand_id = graphene.ID(description="The brand.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        brand = actions.save_brand(
            slug=input.slug, name=named(input.names), logo_id=input.logo_id, brand_id=input.id, now=now
        )
        return {"brand_id": brand.pk}


class DefineAttribute(Mutation):
    """Say what is stated of every product on a shelf and in it."""

    class Input:
        category_id = graphene.ID(required=True, description="The shelf.")
        key = graphene.String(required=True, description="The key of the value; the same key again changes it.")
        names = graphene.InputField(JSON, required=True, description="Its name in each language.")
        type = AttributeKind(required=True, description="What kind of value it takes.")
        unit = graphene.String(description="The unit of a number.")
        choices = graphene.InputField(JSON, description="The choices: a list of key and label in each language.")
        is_required = graphene.Boolean(description="Whether a product needs it to go on the shelf.")
        position = graphene.Int(description="Its place among the others.")

    errors = (refusals.AttributeTaken, refusals.AttributeInUse)
    permission = DESK
    attribute = graphene.Field(AttributeDefinitionType, description="The attribute.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        attribute = actions.define_attribute(
            category_id=input.category_id,
            key=input.key,
            name=named(input.names),
            type=plain(input.type),
            unit=input.unit or "",
            choices=choices_of(input.choices),
            is_required=bool(input.is_required),
            position=place_of(input.position),
            now=now,
        )
        return {"attribute": attribute}


class RemoveAttribute(Mutation):
    """No longer ask for this; only while no product states it."""

    class Input:
        attribute_id = graphene.ID(required=True, description="The attribute.")

    errors = (refusals.AttributeInUse,)
    permission = DESK
    attribute_id = graphene.ID(description="The attribute that is gone.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"attribute_id": actions.remove_attribute(attribute_id=input.attribute_id, now=now).pk}


def place_of(position: int | None) -> int:
    """A place among others.

    Raises: InvalidInput.
    """
    if position is not None and not 0 <= position <= 10_000:
        raise InvalidInput("position")
    return position or 0


def choices_of(given: Any) -> list[NewChoice]:
    """The choices of an attribute.

    Raises: InvalidInput.
    """
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > 60:
        raise InvalidInput("choices")
    for each in given:
        if not isinstance(each, dict) or not isinstance(each.get("key"), str) or not 0 < len(each["key"]) <= 40:
            raise InvalidInput("choices")
    return [NewChoice(key=each["key"], label=named(each.get("label"), "choices")) for each in given]


class DeskMutations:
    """Prices, shelves, brands, attributes, tables."""

    retire_product = RetireProduct.field()
    change_price = ChangePrice.field()
    set_reference_price = SetReferencePrice.field()
    import_catalogue = ImportCatalogue.field()
    create_category = CreateCategory.field()
    change_category = ChangeCategory.field()
    save_brand = SaveBrand.field()
    define_attribute = DefineAttribute.field()
    remove_attribute = RemoveAttribute.field()
