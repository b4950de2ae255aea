"""What can be done about stock."""

from datetime import datetime
from typing import Any
from uuid import UUID

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, role, signed_in
from backend.inventory import actions, selectors
from backend.inventory.errors import (
    BelowReserved,
    DeliveryKnown,
    FindNeedsReason,
    LineInspected,
    StillInStock,
    SupplierStopped,
    UnknownSku,
)
from backend.inventory.schema.inbound import InboundDeliveryType
from backend.inventory.schema.types import StockRowType


class WatchStock(Mutation):
    """Be told once when a variant that is sold out is there again."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")

    errors = (StillInStock,)
    permission = signed_in
    variant_id = graphene.ID(description="The variant that the viewer waits for now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        watch = actions.watch_stock(variant_id=input.variant_id, user_id=viewer.id, now=now)
        return {"variant_id": str(watch.variant_id)}


class UnwatchStock(Mutation):
    """Wait no longer."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")

    permission = signed_in
    variant_id = graphene.ID(description="The variant that the viewer waits for no longer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.unwatch_stock(variant_id=input.variant_id, user_id=viewer.id)
        return {"variant_id": str(input.variant_id)}


class SetOnHand(Mutation):
    """Set the number of a variant to what was counted."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")
        on_hand = graphene.Int(required=True, description="How many were counted.")
        reason = graphene.String(description="Why the number differs; needed where more were found.")

    errors = (BelowReserved, FindNeedsReason)
    permission = role("growth")
    row = graphene.Field(StockRowType, description="The variant as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.set_on_hand(
            variant_id=input.variant_id,
            on_hand=input.on_hand,
            reason=input.reason or "",
            actor_id=viewer.id,
            now=now,
        )
        return {"row": _row(input.variant_id, viewer)}


class SetLowMark(Mutation):
    """Say from how few on a variant counts as low."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")
        low_mark = graphene.Int(required=True, description="The number, zero for never.")

    permission = role("growth")
    row = graphene.Field(StockRowType, description="The variant as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.set_low_mark(variant_id=input.variant_id, low_mark=input.low_mark)
        return {"row": _row(input.variant_id, viewer)}


class SetStoragePlace(Mutation):
    """Say where a variant lies."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")
        aisle = graphene.Int(required=True, description="The aisle, from 1 to 99.")
        bay = graphene.Int(required=True, description="The bay, counted from the front, from 1 to 99.")
        shelf = graphene.Int(required=True, description="The shelf, counted from the floor, from 1 to 9.")

    permission = role("growth")
    row = graphene.Field(StockRowType, description="The variant as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.set_place(variant_id=input.variant_id, aisle=input.aisle, bay=input.bay, shelf=input.shelf)
        return {"row": _row(input.variant_id, viewer)}


class InboundPiecesInput(graphene.InputObjectType):
    """So many pieces of one article."""

    sku = graphene.String(required=True, description="The article number.")
    quantity = graphene.Int(required=True, description="How many came.")


class TakeDelivery(Mutation):
    """Take in what a supplier brought; it becomes stock after it was looked at."""

    class Input:
        supplier = graphene.String(required=True, description="Who brought it.")
        note_number = graphene.String(required=True, description="The number of the delivery note.")
        lines = graphene.List(graphene.NonNull(InboundPiecesInput), required=True, description="What came.")
        improved = graphene.String(description="What the supplier improved, where goods of theirs were stopped.")
        idempotency_key = graphene.ID(required=True, description="The same key takes in one delivery.")

    errors = (DeliveryKnown, UnknownSku, SupplierStopped)
    permission = role("growth", "support")
    delivery = graphene.Field(
        InboundDeliveryType, description="The delivery, with how many pieces are to be looked at."
    )

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        quantities: dict[str, int] = {}
        for line in input.lines:
            quantities[line.sku.strip()] = quantities.get(line.sku.strip(), 0) + line.quantity
        delivery = actions.take_delivery(
            supplier=input.supplier,
            note_number=input.note_number,
            quantities=quantities,
            improved=input.improved or "",
            actor_id=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"delivery": delivery}


class InspectDeliveryLine(Mutation):
    """Note how many faulty pieces the sample held; the table decides."""

    class Input:
        line_id = graphene.ID(required=True, description="The line of the delivery.")
        defects = graphene.Int(required=True, description="How many faulty pieces were found.")
        note = graphene.String(description="What was wrong with them.")

    errors = (LineInspected,)
    permission = role("growth", "support")
    delivery = graphene.Field(InboundDeliveryType, description="The delivery as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        line = actions.inspect_line(
            line_id=input.line_id, defects=input.defects, note=input.note or "", actor_id=viewer.id, now=now
        )
        return {"delivery": selectors.delivery_by_id(line.delivery_id)}


class Mutations:
    """Root mutations of the stock room."""

    watch_stock = WatchStock.field()
    unwatch_stock = UnwatchStock.field()
    set_on_hand = SetOnHand.field()
    set_low_mark = SetLowMark.field()
    set_storage_place = SetStoragePlace.field()
    take_delivery = TakeDelivery.field()
    inspect_delivery_line = InspectDeliveryLine.field()


def _row(variant_id: UUID, viewer: Viewer) -> dict[str, Any]:
    return selectors.stock_row(variant_id=variant_id, locale=viewer.locale)
