"""What can be done about stock."""

from datetime import datetime
from typing import Any
from uuid import UUID

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, role, signed_in
from backend.inventory import actions, selectors
from backend.inventory.errors import BelowReserved, StillInStock
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


class ReceiveStock(Mutation):
    """Write down a delivery."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")
        quantity = graphene.Int(required=True, description="How many came in, at least one.")
        reason = graphene.String(description="Where they came from.")
        idempotency_key = graphene.ID(required=True, description="The same key counts one delivery.")

    permission = role("growth")
    row = graphene.Field(StockRowType, description="The variant as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.receive_stock(
            variant_id=input.variant_id,
            quantity=input.quantity,
            reason=input.reason or "",
            actor_id=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"row": _row(input.variant_id, viewer)}


class SetOnHand(Mutation):
    """Set the number of a variant to what was counted."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")
        on_hand = graphene.Int(required=True, description="How many were counted.")
        reason = graphene.String(description="Why the number differs.")

    errors = (BelowReserved,)
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


class Mutations:
    """Root mutations of the stock room."""

    watch_stock = WatchStock.field()
    unwatch_stock = UnwatchStock.field()
    receive_stock = ReceiveStock.field()
    set_on_hand = SetOnHand.field()
    set_low_mark = SetLowMark.field()


def _row(variant_id: UUID, viewer: Viewer) -> dict[str, Any]:
    return selectors.stock_row(variant_id=variant_id, locale=viewer.locale)
