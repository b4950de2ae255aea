"""The number beside each variant, and what the desk of the stock room shows."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import public_people
from backend.catalogue.schema.types import VariantType
from backend.core.graphql import BigInt, DateTime, ObjectType, PictureType, extend, object_field
from backend.core.paging import Page
from backend.core.pictures.storing import picture_urls
from backend.inventory.rules import shown
from backend.inventory.selectors import available_of

WhichStockEnum = graphene.Enum(
    "WhichStock",
    [("ALL", "ALL"), ("LOW", "LOW"), ("OUT", "OUT"), ("WANTED", "WANTED")],
    description="Every variant, those with few left, those with none, or those that somebody waits for.",
)


def resolve_available(variant: Any, info: Any) -> int:
    """Read the number that came with the row, or count for a variant that came alone."""
    if isinstance(variant, dict) and "available" in variant:
        return int(variant["available"])
    pk = variant["id"] if isinstance(variant, dict) else variant.pk
    return shown(available_of([pk])[pk])


extend(
    VariantType,
    available=object_field(
        graphene.Int,
        resolve_available,
        required=True,
        description="How many can be bought now; 99 stands for 99 or more.",
    ),
)


class StoragePlaceType(ObjectType):
    """Where something lies."""

    aisle = graphene.Int(required=True, description="The aisle.")
    bay = graphene.Int(required=True, description="The bay, counted from the front.")
    shelf = graphene.Int(required=True, description="The shelf, counted from the floor.")


class StockRowType(ObjectType):
    """One variant as the stock room sees it."""

    id = graphene.ID(required=True, description="The variant.")
    sku = graphene.String(required=True, description="The stock number.")
    title = graphene.String(required=True, description="The name of the product.")
    kind = graphene.String(required=True, description="The chosen values in words; empty if there is no choice.")
    slug = graphene.String(required=True, description="The product's name in addresses.")
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(row["picture"]) if row["picture"] else None,
        description="A picture of it.",
    )
    is_on_sale = object_field(
        graphene.Boolean,
        lambda row, info: row["product_state"] == "PUBLISHED",
        required=True,
        description="Whether its product is on the shelf.",
    )
    on_hand = graphene.Field(BigInt, required=True, description="How many there are.")
    reserved = graphene.Field(BigInt, required=True, description="How many of them are promised.")
    available = graphene.Field(BigInt, required=True, description="How many can be sold.")
    aside_count = graphene.Field(BigInt, required=True, description="How many are set aside for sales.")
    low_mark = graphene.Int(required=True, description="From how few on it counts as low.")
    waiting_count = graphene.Field(BigInt, required=True, description="How many people wait for it.")
    place = graphene.Field(StoragePlaceType, description="Where it lies; empty if nobody said so.")


class StockMovementType(ObjectType):
    """One change of the number on hand."""

    id = graphene.ID(required=True, description="Its id.")
    kind = graphene.String(required=True, description="OPENING, RECEIVED, CORRECTED, SOLD or RETURNED.")
    change = graphene.Field(BigInt, required=True, description="How many more, or fewer.")
    on_hand = graphene.Field(BigInt, required=True, description="How many there were then.")
    reason = graphene.String(required=True, description="Why, in the words of whoever did it.")
    reference = graphene.String(required=True, description="The order or the file behind it.")
    actor = object_field(
        PersonType,
        lambda row, info: _people(info, row.actor_id).get(row.actor_id),
        personal=True,
        description="Who did it; empty when an order did.",
    )
    at = graphene.Field(DateTime, required=True, description="When.")


class StockImportType(ObjectType):
    """A file of stock numbers that was taken in."""

    id = graphene.ID(required=True, description="Its id.")
    name = graphene.String(required=True, description="The name of the file.")
    rows_count = graphene.Int(required=True, description="How many rows it had.")
    landed_count = graphene.Int(required=True, description="How many of them were written.")
    refused_count = object_field(
        graphene.Int, lambda row, info: len(row.refused), required=True, description="How many came back."
    )
    refused_url = object_field(
        graphene.String,
        lambda row, info: f"/stock/imports/{row.pk}/refused.csv" if row.refused else None,
        description="Where the refused rows are, each with its reason.",
    )
    at = graphene.Field(DateTime, required=True, description="When.")


class StockCountsType(ObjectType):
    """How the stock room stands."""

    low = object_field(graphene.Int, lambda row, info: row["LOW"], required=True, description="Variants with few left.")
    out = object_field(graphene.Int, lambda row, info: row["OUT"], required=True, description="Variants with none.")
    wanted = object_field(
        graphene.Int, lambda row, info: row["WANTED"], required=True, description="Variants that somebody waits for."
    )
    all = object_field(graphene.Int, lambda row, info: row["ALL"], required=True, description="Every variant.")


def preload_actors(page: Page, info: Any) -> Page:
    """Read the people behind a page of movements at once."""
    found = public_people({row.actor_id for row in page.nodes if row.actor_id})
    info.context.loaders.setdefault("inventory.people", {}).update(found)
    return page


def person_named(person_id: Any, info: Any) -> Any:
    """Name and face of somebody of the staff."""
    return _people(info, person_id).get(person_id)


def _people(info: Any, person_id: Any) -> dict[Any, Any]:
    known: dict[Any, Any] = info.context.loaders.setdefault("inventory.people", {})
    if person_id is not None and person_id not in known:
        known.update(public_people({person_id}))
    return known
