"""What staff does with parcels, and what a buyer says about one."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, Mutation, RequestFacts, Viewer, role, signed_in
from backend.fulfilment import actions, errors
from backend.fulfilment.models import DeliveryWindow, Packaging
from backend.fulfilment.schema.desk_types import BatchRowType, CarrierMessageType
from backend.fulfilment.schema.types import DeliveryWindowEnum, PackagingEnum
from backend.fulfilment.selectors import desk_order
from backend.orders.actions import extend_completion
from backend.orders.errors import CompletionAlreadyExtended, OrderMoved
from backend.orders.schema.types import OrderType

SUPPORT = role("support")
ORDER = graphene.Field(OrderType, description="The order as it stands now.")


class PieceInput(graphene.InputObjectType):
    """So many pieces of one order line."""

    line_id = graphene.ID(required=True, description="The order line.")
    quantity = graphene.Int(required=True, description="How many pieces.")


class PackParcel(Mutation):
    """Pack pieces of an order into a parcel; the carrier is asked for a number unless one is given."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        carrier = graphene.String(required=True, description="The carrier's code.")
        resend_id = graphene.ID(description="What is sent once more; without it the order itself.")
        lines = graphene.List(graphene.NonNull(PieceInput), description="What goes in; all that is left without it.")
        codes = graphene.List(
            graphene.NonNull(graphene.String), required=True, description="The code of each piece that was put in."
        )
        tracking_number = graphene.String(description="The number on the label, if there is one already.")
        packaging = PackagingEnum(description="How it is wrapped; a standard box without it.")
        thanks = graphene.String(description="A handwritten line for the buyer, at most 160 characters.")
        gift = graphene.String(description="A small gift that is put in, at most 60 characters.")
        idempotency_key = graphene.ID(required=True, description="The same key packs one parcel.")

    errors = (
        OrderMoved,
        errors.UnknownCarrier,
        errors.NothingToSend,
        errors.TooManyPieces,
        errors.WrongPiece,
        errors.PiecesUnchecked,
        errors.ResendWithdrawn,
        errors.TrackingNumberTaken,
    )
    permission = SUPPORT
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Pack it."""
        shipment = actions.pack_parcel(
            order_id=input.order_id,
            carrier=input.carrier,
            resend_id=input.resend_id,
            pieces=_pieces(input.lines),
            codes=_codes(input.codes),
            packing=actions.Packing(
                packaging=Packaging(input.packaging.value if input.packaging else Packaging.STANDARD),
                thanks=input.thanks or "",
                gift=input.gift or "",
            ),
            tracking_number=input.tracking_number or "",
            actor_id=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"order": desk_order(order_id=shipment.order_id, now=now)}


class GiveTrackingNumber(Mutation):
    """Write the number of the label on a packed parcel."""

    class Input:
        shipment_id = graphene.ID(required=True, description="The parcel.")
        tracking_number = graphene.String(required=True, description="The number.")

    errors = (errors.ParcelMoved, errors.TrackingNumberTaken)
    permission = SUPPORT
    done = graphene.Boolean(description="Whether it is written.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Write it."""
        if not input.tracking_number.strip():
            raise InvalidInput("trackingNumber")
        actions.enter_number(shipment_id=input.shipment_id, tracking_number=input.tracking_number, now=now)
        return {"done": True}


class SendParcel(Mutation):
    """Record that a packed parcel was handed to its carrier."""

    class Input:
        shipment_id = graphene.ID(required=True, description="The parcel.")

    errors = (OrderMoved, errors.ParcelMoved, errors.TrackingNumberNeeded)
    permission = SUPPORT
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Record it."""
        shipment = actions.send_parcel(shipment_id=input.shipment_id, actor_id=viewer.id, now=now)
        return {"order": desk_order(order_id=shipment.order_id, now=now)}


class UnpackParcel(Mutation):
    """Take a packed parcel apart again."""

    class Input:
        shipment_id = graphene.ID(required=True, description="The parcel.")

    errors = (errors.ParcelMoved,)
    permission = SUPPORT
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Take it apart."""
        shipment = actions.unpack_parcel(shipment_id=input.shipment_id, actor_id=viewer.id, now=now)
        return {"order": desk_order(order_id=shipment.order_id, now=now)}


class DeliverParcel(Mutation):
    """Record that a parcel was handed over, where no carrier says so."""

    class Input:
        shipment_id = graphene.ID(required=True, description="The parcel.")

    errors = (errors.ParcelMoved,)
    permission = SUPPORT
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Record it."""
        shipment = actions.deliver_parcel(shipment_id=input.shipment_id, actor_id=viewer.id, now=now)
        return {"order": desk_order(order_id=shipment.order_id, now=now)}


class ShipOrder(Mutation):
    """Pack all that is left of an order into one parcel that the shop brings itself, and send it."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        codes = graphene.List(
            graphene.NonNull(graphene.String), required=True, description="The code of each piece that is packed."
        )

    errors = (
        OrderMoved,
        errors.UnknownCarrier,
        errors.WrongPiece,
        errors.PiecesUnchecked,
        errors.TrackingNumberTaken,
    )
    permission = SUPPORT
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Send it."""
        order = actions.ship_order(order_id=input.order_id, codes=input.codes, actor_id=viewer.id, now=now)
        return {"order": desk_order(order_id=order.id, now=now)}


class DeliverOrder(Mutation):
    """Record that every parcel of an order was handed over."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")

    errors = (OrderMoved,)
    permission = SUPPORT
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Record it."""
        order = actions.deliver_order(order_id=input.order_id, actor_id=viewer.id, now=now)
        return {"order": desk_order(order_id=order.id, now=now)}


class SendBatch(Mutation):
    """Send many orders from a table with the columns order number, carrier, tracking number and codes of the pieces."""

    class Input:
        table = graphene.String(required=True, description="The table as CSV, at most 2,000 rows.")

    errors = (errors.TableUnreadable,)
    permission = SUPPORT
    sent_count = graphene.Int(description="How many orders were sent.")
    refused = graphene.List(graphene.NonNull(BatchRowType), description="The rows that were refused, with the reason.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Send them."""
        rows = actions.send_batch(table=input.table, actor_id=viewer.id, now=now)
        refused = [row for row in rows if row.code]
        return {"sent_count": len(rows) - len(refused), "refused": refused}


class ReadAddress(Mutation):
    """Read the whole address of an order; who reads it, when and why is written down."""

    class Input:
        order_id = graphene.ID(required=True, description="The order.")
        reason = graphene.String(required=True, description="Why it is needed.")

    errors = ()
    permission = SUPPORT
    address = graphene.Field(JSON, description="The whole address.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Read it."""
        return {
            "address": actions.read_address(order_id=input.order_id, reader_id=viewer.id, reason=input.reason, now=now)
        }


class ReviewCarrierMessage(Mutation):
    """Note that a held message of a carrier was looked at."""

    class Input:
        message_id = graphene.ID(required=True, description="The message.")

    errors = ()
    permission = SUPPORT
    message = graphene.Field(CarrierMessageType, description="The message.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        return {"message": actions.review_message(message_id=input.message_id, reviewer_id=viewer.id, now=now)}


class ConfirmReceipt(Mutation):
    """Say that everything has arrived and all is well."""

    class Input:
        order_id = graphene.ID(required=True, description="The viewer's order.")

    errors = (OrderMoved,)
    permission = signed_in
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Confirm it."""
        order = actions.confirm_receipt(order_id=input.order_id, buyer_id=viewer.id, now=now)
        return {"order": desk_order(order_id=order.id, now=now)}


class ExtendCompletion(Mutation):
    """Take more days to look at what arrived, once per order."""

    class Input:
        order_id = graphene.ID(required=True, description="The viewer's order.")

    errors = (CompletionAlreadyExtended, OrderMoved)
    permission = signed_in
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Take them."""
        order = extend_completion(order_id=input.order_id, buyer_id=viewer.id, now=now)
        return {"order": desk_order(order_id=order.id, now=now)}


class ChooseDelivery(Mutation):
    """Ask for the parcel on a day and in a part of it, or take the wish back by leaving both out."""

    class Input:
        order_id = graphene.ID(required=True, description="The viewer's order.")
        day = graphene.Date(description="The day.")
        window = DeliveryWindowEnum(description="The part of the day.")

    errors = (errors.DeliveryFixed, errors.SlotNotOffered)
    permission = signed_in
    order = ORDER

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Keep the wish."""
        window = DeliveryWindow(input.window.value) if input.window else None
        actions.choose_delivery(order_id=input.order_id, buyer_id=viewer.id, day=input.day, window=window, now=now)
        return {"order": desk_order(order_id=input.order_id, now=now)}


class Mutations:
    """The mutations of fulfilment."""

    pack_parcel = PackParcel.field()
    give_tracking_number = GiveTrackingNumber.field()
    send_parcel = SendParcel.field()
    unpack_parcel = UnpackParcel.field()
    deliver_parcel = DeliverParcel.field()
    ship_order = ShipOrder.field()
    deliver_order = DeliverOrder.field()
    send_batch = SendBatch.field()
    read_address = ReadAddress.field()
    review_carrier_message = ReviewCarrierMessage.field()
    confirm_receipt = ConfirmReceipt.field()
    extend_completion = ExtendCompletion.field()
    choose_delivery = ChooseDelivery.field()


def _codes(codes: list[str]) -> list[str]:
    if len(codes) > 10_000 or any("\x00" in code or len(code) > 60 for code in codes):
        raise InvalidInput("codes")
    return codes


def _pieces(lines: Any) -> dict[Any, int] | None:
    if lines is None:
        return None
    pieces: dict[Any, int] = {}
    for line in lines:
        if line.quantity < 0 or line.quantity > 10_000:
            raise InvalidInput("lines")
        pieces[line.line_id] = pieces.get(line.line_id, 0) + line.quantity
    return pieces
