"""What staff and shoppers can ask about parcels."""

from typing import Any
from uuid import UUID

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import Page, anyone, connection, query_field, role
from backend.fulfilment import selectors
from backend.fulfilment.ports import carrier_standings, carriers
from backend.fulfilment.rules import lanes_to
from backend.fulfilment.schema.desk_types import CarrierMessageType, CarrierType, DeskListEnum, OrderDeskCountsType
from backend.fulfilment.schema.loaders import preload_people
from backend.fulfilment.schema.types import DeliveryType, carrier_name
from backend.fulfilment.schema.warehouse import LateParcelType, PickListType, resolve_late
from backend.fulfilment.selectors.picking import pick_list
from backend.orders.schema.types import OrderType

STAFF = role("support", "growth")
LONGEST_PROVINCE = 40


def resolve_desk(
    root: Any, info: Any, first: int, after: str | None = None, show: Any = None, words: str | None = None
) -> Page:
    """One page of a list of the desk."""
    page = selectors.desk_orders(
        show=getattr(show, "value", show), words=(words or "")[:60], first=first, after=after, now=info.context.now
    )
    preload_people([row["buyer_id"] for row in page.nodes], info)
    return page


def resolve_order(root: Any, info: Any, id: UUID) -> dict[str, Any] | None:
    """One order for the desk, or nothing."""
    try:
        return selectors.desk_order(order_id=id, now=info.context.now)
    except NotFound:
        return None


def resolve_carriers(root: Any, info: Any, province: str, pieces: int) -> list[dict[str, Any]]:
    """Who can bring so many pieces there, the best first."""
    known = {carrier.code: carrier for carrier in carriers()}
    return [
        {
            "code": lane.carrier,
            "name": carrier_name(lane.carrier),
            "gives_numbers": known[lane.carrier].gives_numbers,
            "least_days": lane.least_days,
            "most_days": lane.most_days,
        }
        for lane in lanes_to(
            province=province[:LONGEST_PROVINCE], pieces=max(1, min(pieces, 10_000)), standings=carrier_standings()
        )
        if lane.carrier in known
    ]


def resolve_estimate(root: Any, info: Any, province: str, pieces: int) -> dict[str, Any]:
    """When something that is ordered now leaves and arrives."""
    province, pieces = province[:LONGEST_PROVINCE], max(1, min(pieces, 10_000))
    found = selectors.expected_delivery(province=province, pieces=pieces, now=info.context.now)
    return {
        "dispatch_by": found.dispatch_by,
        "arrives_from": found.arrives_from,
        "arrives_until": found.arrives_until,
        "carrier_name": carrier_name(found.carrier),
        "is_overdue": False,
        "wish": None,
        "slots": selectors.offered_slots(province=province, now=info.context.now),
    }


class Query:
    """The root fields of fulfilment."""

    delivery_estimate = query_field(
        DeliveryType,
        resolve_estimate,
        permission=anyone,
        required=True,
        province=graphene.String(required=True, description="The province it would go to."),
        pieces=graphene.Int(default_value=1, description="How many pieces."),
        description="When something that is ordered now leaves and arrives, and the times that can be asked for.",
    )
    desk_orders = query_field(
        connection(OrderType),
        resolve_desk,
        permission=STAFF,
        show=DeskListEnum(description="Only this list; all confirmed orders without it."),
        words=graphene.String(description="The beginning of an order number, or a tracking number."),
        description="Confirmed orders for the desk: those that wait oldest first, others newest first.",
    )
    desk_order = query_field(
        OrderType,
        resolve_order,
        permission=STAFF,
        id=graphene.ID(required=True, description="The order's id."),
        description="One order for the desk.",
    )
    order_desk_counts = query_field(
        OrderDeskCountsType,
        lambda root, info: selectors.desk_counts(now=info.context.now),
        permission=STAFF,
        required=True,
        description="How much waits at the desk.",
    )
    carriers_to = query_field(
        graphene.List(graphene.NonNull(CarrierType)),
        resolve_carriers,
        permission=STAFF,
        required=True,
        province=graphene.String(required=True, description="The province it goes to."),
        pieces=graphene.Int(required=True, description="How many pieces."),
        description="The carriers that can bring so much there, the best first.",
    )
    pick_list = query_field(
        PickListType,
        lambda root, info, orders=20: pick_list(orders_count=orders, locale=info.context.viewer.locale),
        permission=STAFF,
        required=True,
        orders=graphene.Int(description="Of how many of the oldest orders, 40 at most; 20 without it."),
        description="The walk through the warehouse that collects what waits to be packed.",
    )
    late_parcels = query_field(
        graphene.List(graphene.NonNull(LateParcelType)),
        resolve_late,
        permission=STAFF,
        required=True,
        description="Parcels on their way that will probably be late, the worst first; a hundred at most.",
    )
    held_carrier_messages = query_field(
        graphene.List(graphene.NonNull(CarrierMessageType)),
        lambda root, info: selectors.held_messages(),
        permission=role("support"),
        required=True,
        description="Messages of carriers that wait for a person, the newest first; a hundred at most.",
    )
