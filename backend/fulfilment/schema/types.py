"""The types of parcels, and what they add to an order."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.core.graphql import DateTime, ObjectType, PictureType, extend, object_field
from backend.core.languages import translate
from backend.core.pictures import picture_urls
from backend.fulfilment.models import DeliveryWindow, Packaging, ResendReason, Shipment, ShipmentState
from backend.fulfilment.ports import carrier_named, carrier_standings
from backend.fulfilment.rules import DISPATCH_WITHIN, step_label
from backend.fulfilment.schema.loaders import (
    buyer_of,
    events_of,
    lines_of,
    person_named,
    pieces_of,
    progress,
    resends_of,
    shipments_of,
)
from backend.fulfilment.selectors import (
    completion_of,
    delivery_of,
    option_of,
    picture_of,
    readings_of,
    sku_of,
    wishes_of_orders,
)
from backend.fulfilment.selectors.resends import waits_too_long
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType

ShipmentStateEnum = graphene.Enum(
    "ShipmentState", [(state.value, state.value) for state in ShipmentState], description="Where a parcel is."
)
PackagingEnum = graphene.Enum(
    "Packaging", [(each.value, each.value) for each in Packaging], description="How a parcel is wrapped."
)
DeliveryWindowEnum = graphene.Enum(
    "DeliveryWindow", [(each.value, each.value) for each in DeliveryWindow], description="A part of the day."
)
ResendReasonEnum = graphene.Enum(
    "ResendReason", [(each.value, each.value) for each in ResendReason], description="Why something is sent once more."
)


class TrackingEventType(ObjectType):
    """One step of a parcel."""

    id = graphene.ID(required=True, description="The step's id.")
    code = graphene.String(required=True, description="The step as a code.")
    label = object_field(
        graphene.String,
        lambda row, info: step_label(code=row.code, place=row.place, text=row.text),
        required=True,
        description="The step in the reader's language.",
    )
    text = graphene.String(required=True, description="What the carrier said about it, in its own words.")
    place = graphene.String(required=True, description="Where it was, as the carrier calls the place.")
    at = graphene.Field(DateTime, required=True, description="When it happened.")


class ShipmentLineType(ObjectType):
    """So many pieces of one line in a parcel."""

    id = graphene.ID(required=True, description="The id of this part of the parcel.")
    line_id = graphene.ID(required=True, description="The order line.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.line.title, info.context.viewer.locale),
        required=True,
        description="The name of the product.",
    )
    option_title = object_field(
        graphene.String,
        lambda row, info: translate(option_of(row), info.context.viewer.locale),
        required=True,
        description="The chosen options; of an exchange those of the new piece.",
    )
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(found) if (found := picture_of(row)) else None,
        description="The picture of what lies in it.",
    )
    sku = object_field(graphene.String, lambda row, info: sku_of(row), required=True, description="Its code.")
    quantity = graphene.Int(required=True, description="How many pieces.")


class ResendPieceType(ObjectType):
    """So many pieces that are sent once more."""

    id = graphene.ID(required=True, description="The id of the piece.")
    line_id = graphene.ID(required=True, description="The order line in whose place they are sent.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row["title"], info.context.viewer.locale),
        required=True,
        description="The name of the product.",
    )
    option_title = object_field(
        graphene.String,
        lambda row, info: translate(row["option_title"], info.context.viewer.locale),
        required=True,
        description="Which kind is sent.",
    )
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(row["picture"]) if row["picture"] else None,
        description="The picture of what is sent.",
    )
    sku = graphene.String(required=True, description="Its code.")
    quantity = graphene.Int(required=True, description="How many pieces.")
    left = graphene.Int(required=True, description="How many are still to be packed.")


class ResendType(ObjectType):
    """What is sent once more for an order."""

    id = graphene.ID(required=True, description="Its id.")
    reason = graphene.Field(ResendReasonEnum, required=True, description="Why.")
    reason_label = object_field(
        graphene.String,
        lambda row, info: str(ResendReason(row.reason).label),
        required=True,
        description="Why, in the reader's language.",
    )
    asker_id = graphene.ID(required=True, description="The case that asked for it.")
    asker_number = graphene.String(required=True, description="The number of the case that asked for it.")
    asked_at = graphene.Field(DateTime, required=True, description="When it was put on the table.")
    dispatch_by = object_field(
        DateTime,
        lambda row, info: row.asked_at + DISPATCH_WITHIN,
        required=True,
        description="When it will have left at the latest.",
    )
    is_overdue = object_field(
        graphene.Boolean,
        lambda row, info: waits_too_long(
            row, left=sum(piece["left"] for piece in pieces_of(row, info)), now=info.context.now
        ),
        required=True,
        description="Whether it should have left by now.",
    )
    pieces = object_field(
        graphene.List(graphene.NonNull(ResendPieceType)),
        pieces_of,
        required=True,
        size=3,
        description="What is sent.",
    )


class ShipmentType(ObjectType):
    """One parcel of an order."""

    id = graphene.ID(required=True, description="The parcel's id.")
    order_id = graphene.ID(required=True, description="The order it belongs to.")
    resend = graphene.Field(ResendType, description="What it brings once more; empty where it brings the order itself.")
    is_checked = graphene.Boolean(required=True, description="Whether the packer named each piece by its code.")
    position = graphene.Int(required=True, description="Which parcel of the order it is, from 1 on.")
    state = graphene.Field(ShipmentStateEnum, required=True, description="Where it is.")
    state_label = object_field(
        graphene.String,
        lambda row, info: str(ShipmentState(row.state).label),
        required=True,
        description="Where it is, in the reader's language.",
    )
    carrier = graphene.String(required=True, description="The carrier's code.")
    carrier_name = object_field(
        graphene.String,
        lambda row, info: carrier_name(row.carrier),
        required=True,
        description="The carrier's name in the reader's language.",
    )
    tracking_number = graphene.String(required=True, description="The carrier's number; empty while there is none.")
    packaging = graphene.Field(PackagingEnum, required=True, description="How it is wrapped.")
    packaging_label = object_field(
        graphene.String,
        lambda row, info: str(Packaging(row.packaging).label),
        required=True,
        description="How it is wrapped, in the reader's language.",
    )
    thanks = object_field(
        graphene.String,
        lambda row, info: _after_opening(row, row.thanks, info),
        required=True,
        personal=True,
        description="The shop's handwritten line; the buyer reads it when the parcel is there.",
    )
    gift = object_field(
        graphene.String,
        lambda row, info: _after_opening(row, row.gift, info),
        required=True,
        personal=True,
        description="The small gift that lies in it; the buyer reads of it when the parcel is there.",
    )
    packed_at = graphene.Field(DateTime, required=True, description="When it was packed.")
    shipped_at = graphene.Field(DateTime, description="When it left.")
    delivered_at = graphene.Field(DateTime, description="When it was handed over.")
    expected_from = graphene.Field(graphene.Date, description="The first day on which it may arrive.")
    expected_until = graphene.Field(graphene.Date, description="The last day on which it should arrive.")
    problem = object_field(
        graphene.String,
        lambda row, info: row.problem if info.context.viewer.roles & {"support", "growth", "admin"} else "",
        required=True,
        personal=True,
        description="What the carrier's system said when it gave no number; for staff.",
    )
    lines = object_field(
        graphene.List(graphene.NonNull(ShipmentLineType)),
        lines_of,
        required=True,
        size=5,
        description="What lies in it.",
    )
    events = object_field(
        graphene.List(graphene.NonNull(TrackingEventType)),
        events_of,
        required=True,
        size=10,
        description="Its steps, the newest first.",
    )


class DeliverySlotType(ObjectType):
    """A day and a part of it at which a parcel may be asked for."""

    day = graphene.Field(graphene.Date, required=True, description="The day.")
    window = graphene.Field(DeliveryWindowEnum, required=True, description="The part of the day.")
    label = object_field(
        graphene.String,
        lambda row, info: str(DeliveryWindow(row["window"]).label),
        required=True,
        description="The part of the day in the reader's language.",
    )


class DeliveryType(ObjectType):
    """When something leaves and arrives."""

    dispatch_by = graphene.Field(DateTime, description="When everything will have left at the latest.")
    arrives_from = graphene.Field(graphene.Date, description="The first day on which it may arrive.")
    arrives_until = graphene.Field(graphene.Date, description="The last day on which it should arrive.")
    carrier_name = graphene.String(required=True, description="Who brings it, in the reader's language.")
    is_overdue = graphene.Boolean(required=True, description="Whether it should have left by now.")
    wish = graphene.Field(DeliverySlotType, description="When the buyer would like it.")
    slots = graphene.List(
        graphene.NonNull(DeliverySlotType),
        required=True,
        description="The times that can be asked for now; empty where none is offered or when it is too late.",
    )


class CompletionType(ObjectType):
    """When a delivered order counts as kept."""

    at = graphene.Field(DateTime, description="When it completes by itself.")
    is_paused = graphene.Boolean(required=True, description="Whether the clock stands still because something is open.")
    can_extend = graphene.Boolean(required=True, description="Whether the buyer can still take more days.")


class LineProgressType(ObjectType):
    """How far the pieces of one line have come."""

    line_id = graphene.ID(required=True, description="The order line.")
    sku = graphene.String(required=True, description="The code of its pieces.")
    bought = graphene.Int(required=True, description="How many were bought.")
    left = graphene.Int(required=True, description="How many are still to be packed.")
    packed = graphene.Int(required=True, description="How many lie in parcels that have not left.")
    gone = graphene.Int(required=True, description="How many have left.")


class AddressReadingType(ObjectType):
    """Somebody of the staff read an address."""

    id = graphene.ID(required=True, description="The id of the note.")
    reader = object_field(PersonType, lambda row, info: person_named(row.reader_id, info), description="Who read it.")
    reason = graphene.String(required=True, description="Why.")
    at = graphene.Field(DateTime, required=True, description="When.")


def carrier_name(code: str) -> str:
    """A carrier's name in the reader's language."""
    carrier = carrier_named(code)
    return str(carrier.name) if carrier else code


def _after_opening(row: Shipment, text: str, info: Any) -> str:
    is_staff = bool(info.context.viewer.roles & {"support", "growth", "admin"})
    return text if is_staff or row.state == ShipmentState.DELIVERED else ""


def _delivery(row: Any, info: Any) -> dict[str, Any]:
    wish = load_for_orders(row, info, "wishes", wishes_of_orders)
    standings = info.context.loaders.setdefault("fulfilment.standings", {})
    if not standings:
        standings["all"] = carrier_standings()
    found = delivery_of(
        row, shipments=shipments_of(row, info), wish=wish, standings=standings["all"], now=info.context.now
    )
    return {**found, "carrier_name": carrier_name(found["carrier"])}


def _readings(row: Any, info: Any) -> list[Any]:
    if not info.context.viewer.roles & {"support", "admin"}:
        return []
    return load_for_orders(row, info, "readings", readings_of) or []


extend(
    OrderType,
    shipments=object_field(
        graphene.List(graphene.NonNull(ShipmentType)),
        shipments_of,
        required=True,
        size=3,
        description="The parcels of the order, first the first.",
    ),
    resends=object_field(
        graphene.List(graphene.NonNull(ResendType)),
        resends_of,
        required=True,
        size=1,
        description="What is sent once more, first the first.",
    ),
    delivery=object_field(DeliveryType, _delivery, required=True, description="When it leaves and arrives."),
    completion=object_field(
        CompletionType,
        lambda row, info: completion_of(row),
        description="When it counts as kept; empty before it is there.",
    ),
    progress=object_field(
        graphene.List(graphene.NonNull(LineProgressType)),
        lambda row, info: [
            {
                "line_id": line_id,
                "sku": each.sku,
                "bought": each.bought,
                "left": each.left,
                "packed": each.packed,
                "gone": each.gone,
            }
            for line_id, each in progress(row, info).items()
        ],
        required=True,
        size=5,
        description="How far the pieces of each line have come.",
    ),
    buyer=object_field(PersonType, buyer_of, description="Who ordered."),
    address_readings=object_field(
        graphene.List(graphene.NonNull(AddressReadingType)),
        _readings,
        required=True,
        personal=True,
        size=5,
        description="Who of the staff read the whole address, the newest first; for support.",
    ),
)
