"""The way of the demo's parcels: sent by one carrier or another, and told of step by step."""

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from backend.config.demo.play import Play, Step
from backend.fulfilment.actions import ship_order, take_notice
from backend.fulfilment.models import Shipment
from backend.fulfilment.ports import TrackingNotice
from backend.fulfilment.rules import lanes_to
from backend.fulfilment.sandbox.routes import Step as Stop
from backend.fulfilment.sandbox.routes import plan as way_of
from backend.orders.actions import mark_completed
from backend.orders.models import Order, OrderLine, OrderState
from backend.orders.rules import KEEP_WINDOW

RECENT = timedelta(days=16)


def plan_parcel(*, play: Play, dice: random.Random, order_id: UUID, after: datetime, trouble: str = "") -> None:
    """Plan a parcel's way: packed within two days, on the road for some more, kept a week later."""
    shipped_at = after + timedelta(hours=dice.randint(14, 40))
    luck = random.Random(dice.random())  # noqa: S311 - the demo is the same each time on purpose

    def send(at: datetime) -> None:
        order = Order.objects.get(pk=order_id)
        if order.state != OrderState.PAID:
            return
        carrier = lanes_to(province=str(order.address["province"]), pieces=1)[0].carrier
        number = f"{carrier[:2].upper()}{order_id.int % 10**11:011d}"
        lines = OrderLine.objects.filter(order=order).values_list("variant__sku", "quantity")
        read = [sku for sku, quantity in lines for _piece in range(quantity)]
        ship_order(order_id=order_id, codes=read, actor_id=None, carrier=carrier, tracking_number=number, now=at)
        address = {name: str(value) for name, value in order.address.items()}
        stops = way_of(carrier=carrier, address=address, trouble=trouble, dice=luck)
        if trouble:
            # What went wrong is still so this morning.
            codes = [stop.code for stop in stops]
            stops = stops[: codes.index(trouble) + 1]
        _plan_stops(play, Shipment.objects.get(order_id=order_id), stops, sent_at=at)

    play.plan(shipped_at, send)


def _plan_stops(play: Play, shipment: Shipment, stops: Sequence[Stop], *, sent_at: datetime) -> None:
    """Tell of every stop of a recent parcel; of an old one only how it ended."""
    is_old = sent_at < play.until - RECENT
    for number, stop in enumerate(stops):
        if stop.code in ("accepted", "picked_up") or (is_old and stop.code != "delivered"):
            continue
        at = sent_at + timedelta(hours=stop.after_hours)
        play.plan(at, _telling(shipment, stop, number))
        if stop.code == "delivered":
            play.plan(at + KEEP_WINDOW, lambda now: _keep(shipment.order_id, now))


def _telling(shipment: Shipment, stop: Stop, number: int) -> Step:
    return lambda at: tell_of(shipment, code=stop.code, place=stop.place, text=stop.text, at=at, number=number)


def tell_of(
    shipment: Shipment, *, code: str, place: str, at: datetime, text: str = "", number: int | None = None
) -> None:
    """Let the carrier tell of one step of a parcel."""
    facts = {"code": code, "place": place, "text": text}
    take_notice(
        notice=TrackingNotice(
            carrier=shipment.carrier,
            event_id=f"demo_{shipment.tracking_number}_{code if number is None else number}",
            tracking_number=shipment.tracking_number,
            at=at,
            body=json.dumps({**facts, "tracking": shipment.tracking_number}, ensure_ascii=False).encode(),
            **facts,
        ),
        now=at,
    )


def _keep(order_id: UUID, at: datetime) -> None:
    order = Order.objects.get(pk=order_id)
    if order.state == OrderState.DELIVERED:
        mark_completed(order=order, now=at)
