"""Parcels of a page of orders: each kind of row read once for all orders of the page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from backend.accounts.selectors import PublicPerson, public_people
from backend.fulfilment.models import Resend, Shipment, ShipmentLine, TrackingEvent
from backend.fulfilment.rules import LineProgress
from backend.fulfilment.selectors import (
    events_of_shipments,
    lines_of_shipments,
    pieces_of_resends,
    progress_of,
    resends_of_orders,
    shipments_of_orders,
)
from backend.orders.schema.loaders import load_for_orders

V = TypeVar("V")
KNOWN = "fulfilment.known"
RESENDS = "fulfilment.resends"


def shipments_of(row: Mapping[str, Any], info: Any) -> list[Shipment]:
    """The parcels of one order."""

    def fetch(order_ids: Sequence[UUID]) -> dict[UUID, list[Shipment]]:
        found = shipments_of_orders(order_ids)
        remember_shipments([shipment for each in found.values() for shipment in each], info)
        return found

    return load_for_orders(row, info, "shipments", fetch) or []


def resends_of(row: Mapping[str, Any], info: Any) -> list[Resend]:
    """What is sent once more for one order."""

    def fetch(order_ids: Sequence[UUID]) -> dict[UUID, list[Resend]]:
        found = resends_of_orders(order_ids)
        remember_resends([resend for each in found.values() for resend in each], info)
        return found

    return load_for_orders(row, info, "resends", fetch) or []


def remember_shipments(shipments: Sequence[Shipment], info: Any) -> None:
    """Note which parcels one answer shows, so that what belongs to them is read together."""
    info.context.loaders.setdefault(KNOWN, set()).update(shipment.id for shipment in shipments)
    remember_resends([shipment.resend for shipment in shipments if shipment.resend], info)


def remember_resends(resends: Sequence[Resend], info: Any) -> None:
    """Note which of them one answer shows, so that their pieces are read together."""
    info.context.loaders.setdefault(RESENDS, set()).update(resend.id for resend in resends)


def pieces_of(resend: Resend, info: Any) -> list[dict[str, Any]]:
    """What is sent once more."""
    return _load(resend.id, info, "pieces", pieces_of_resends, among=RESENDS) or []


def progress(row: Mapping[str, Any], info: Any) -> dict[UUID, LineProgress]:
    """How far the pieces of one order have come."""
    return load_for_orders(row, info, "progress", progress_of) or {}


def lines_of(shipment: Shipment, info: Any) -> list[ShipmentLine]:
    """What lies in one parcel."""
    return _load(shipment.id, info, "lines", lines_of_shipments) or []


def events_of(shipment: Shipment, info: Any) -> list[TrackingEvent]:
    """The steps of one parcel."""
    return _load(shipment.id, info, "events", events_of_shipments) or []


def buyer_of(row: Mapping[str, Any], info: Any) -> PublicPerson | None:
    """Who ordered; the first one asked for reads those of all orders of the page."""
    return _person(row["buyer_id"], info)


def person_named(person_id: UUID, info: Any) -> PublicPerson | None:
    """Name and face of somebody."""
    return _person(person_id, info)


def preload_people(person_ids: Sequence[UUID], info: Any) -> None:
    """Read names and faces at once."""
    people: dict[UUID, PublicPerson] = info.context.loaders.setdefault("fulfilment.people", {})
    people.update(public_people([each for each in person_ids if each not in people]))


def _person(person_id: UUID, info: Any) -> PublicPerson | None:
    people: dict[UUID, PublicPerson] = info.context.loaders.setdefault("fulfilment.people", {})
    if person_id not in people:
        preload_people([person_id], info)
    return people.get(person_id)


def _load(
    row_id: UUID,
    info: Any,
    name: str,
    fetch: Callable[[Sequence[UUID]], Mapping[UUID, V]],
    *,
    among: str = KNOWN,
) -> V | None:
    loaded: dict[UUID, V | None] = info.context.loaders.setdefault(f"fulfilment.{name}", {})
    if row_id not in loaded:
        wanted = [row_id, *(info.context.loaders.get(among, set()) - loaded.keys() - {row_id})]
        loaded.update(dict.fromkeys(wanted))
        loaded.update(fetch(wanted))
    return loaded[row_id]
