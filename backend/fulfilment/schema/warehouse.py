"""The walk through the warehouse, and parcels that will probably be late, as the API shows them."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.core.graphql import DateTime, ObjectType, object_field
from backend.fulfilment.models import DelayForecast
from backend.fulfilment.schema.loaders import person_named, preload_people
from backend.fulfilment.schema.types import carrier_name
from backend.fulfilment.selectors.lateness import likely_late
from backend.inventory.schema.types import StoragePlaceType


class WalkStopType(ObjectType):
    """One stop of the walk through the warehouse."""

    sku = graphene.String(required=True, description="The article.")
    title = graphene.String(required=True, description="The name of the product.")
    kind = graphene.String(required=True, description="Which kind of it.")
    place = graphene.Field(StoragePlaceType, description="Where it lies; empty if nobody said so.")
    quantity = graphene.Int(required=True, description="How many are taken.")
    order_numbers = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The orders that need them."
    )


class PickListType(ObjectType):
    """A walk that collects a batch of orders."""

    orders_count = graphene.Int(required=True, description="How many orders it collects.")
    picks = graphene.List(
        graphene.NonNull(WalkStopType), required=True, description="Its stops, in the order of the walk."
    )
    metres = object_field(
        graphene.Float, lambda row, info: float(row.metres), required=True, description="How long the walk is."
    )
    metres_as_came = object_field(
        graphene.Float,
        lambda row, info: float(row.metres_as_came),
        required=True,
        description="How long it would be in the order in which the orders came.",
    )


class LateParcelType(ObjectType):
    """A parcel on its way that will probably be late."""

    shipment_id = graphene.ID(required=True, description="The parcel.")
    order_id = object_field(
        graphene.ID, lambda row, info: row.shipment.order_id, required=True, description="Its order."
    )
    order_number = object_field(
        graphene.String, lambda row, info: row.shipment.order.number, required=True, description="The order's number."
    )
    buyer = object_field(
        PersonType, lambda row, info: person_named(row.shipment.order.buyer_id, info), description="Who waits for it."
    )
    carrier_name = object_field(
        graphene.String,
        lambda row, info: carrier_name(row.shipment.carrier),
        required=True,
        description="The carrier's name in the reader's language.",
    )
    tracking_number = object_field(
        graphene.String,
        lambda row, info: row.shipment.tracking_number,
        required=True,
        description="The carrier's number.",
    )
    province = object_field(
        graphene.String,
        lambda row, info: str(row.shipment.order.address.get("province", "")),
        required=True,
        description="The province to which it goes.",
    )
    promised_until = graphene.Field(graphene.Date, required=True, description="The day that was promised.")
    expected_until = graphene.Field(graphene.Date, required=True, description="The day by which it will be there.")
    late_percent = object_field(
        graphene.Int,
        lambda row, info: row.late_bps // 100,
        required=True,
        description="How many percent of the parcels alike came after the promise.",
    )
    alike_count = graphene.Int(required=True, description="How many parcels alike that is judged by.")
    foreseen_at = graphene.Field(DateTime, required=True, description="When the buyer was told.")


def resolve_late(root: Any, info: Any) -> list[DelayForecast]:
    """What will probably be late, with the people who wait for it."""
    rows = likely_late()
    preload_people([row.shipment.order.buyer_id for row in rows], info)
    return rows
