"""The types of the orders desk: what waits there, the carriers, their messages, and tables of parcels."""

import graphene

from backend.core.graphql import DateTime, ObjectType, object_field
from backend.fulfilment.models import Verdict
from backend.fulfilment.schema.types import carrier_name
from backend.fulfilment.selectors.desk import LISTS

DeskListEnum = graphene.Enum(
    "OrderDeskList", [(name, name) for name in LISTS], description="The lists of the orders desk."
)


class OrderDeskCountsType(ObjectType):
    """How much waits at the orders desk."""

    to_send = graphene.Int(required=True, description="Orders that wait to be sent.")
    resend = graphene.Int(required=True, description="Orders of which something waits to be sent once more.")
    overdue = graphene.Int(required=True, description="Orders that should have left by now.")
    packed = graphene.Int(required=True, description="Orders with a packed parcel that has not left.")
    on_way = graphene.Int(required=True, description="Orders that are on their way.")
    trouble = graphene.Int(
        required=True, description="Orders with a parcel that is held up, came back or got no number."
    )
    held = graphene.Int(required=True, description="Messages of carriers that wait for a person.")


class CarrierMessageType(ObjectType):
    """A message from a carrier that waits for a person."""

    id = graphene.ID(required=True, description="The message's id.")
    carrier_name = object_field(
        graphene.String,
        lambda row, info: carrier_name(row.carrier),
        required=True,
        description="The carrier's name in the reader's language.",
    )
    tracking_number = graphene.String(required=True, description="The number it names; empty if it cannot be read.")
    verdict = graphene.String(required=True, description="Why it is held, as a code.")
    verdict_label = object_field(
        graphene.String,
        lambda row, info: str(Verdict(row.verdict).label),
        required=True,
        description="Why it is held, in the reader's language.",
    )
    payload = graphene.String(required=True, description="The message as it came.")
    times_seen = graphene.Int(required=True, description="How often it came.")
    received_at = graphene.Field(DateTime, required=True, description="When it came first.")


class CarrierType(ObjectType):
    """A carrier that can bring an order."""

    code = graphene.String(required=True, description="The carrier's code.")
    name = graphene.String(required=True, description="Its name in the reader's language.")
    gives_numbers = graphene.Boolean(required=True, description="Whether it is asked for a tracking number by itself.")
    least_days = graphene.Int(required=True, description="How many days it takes at best.")
    most_days = graphene.Int(required=True, description="How many days it takes at most.")


class BatchRowType(ObjectType):
    """One row of a table of parcels and what became of it."""

    line = graphene.Int(required=True, description="The row's line in the table.")
    order_number = graphene.String(required=True, description="The order it names.")
    code = graphene.String(required=True, description="The refusal as a code; empty when the order was sent.")
    message = graphene.String(required=True, description="The refusal in the reader's language.")


class OrderDeskHintType(ObjectType):
    """An order or parcel moved; read it again."""

    order_id = graphene.ID(required=True, description="The order.")
