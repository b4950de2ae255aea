"""The list by which somebody walks through the warehouse for a batch of orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from backend.catalogue.models import Variant
from backend.core.languages import Locale, translate
from backend.fulfilment.models import ResendReason
from backend.fulfilment.selectors.desk import TO_SEND
from backend.fulfilment.selectors.parcels import progress_of
from backend.fulfilment.selectors.resends import open_lines, waiting_resends
from backend.fulfilment.walking import Stop, s_shape, walk_metres
from backend.inventory.models import StoragePlace
from backend.inventory.selectors import places_of
from backend.orders.models import Order, OrderLine

MOST_ORDERS = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many pieces of a variant that an order needs."""

    order_number: str
    variant_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One stop of the walk: what is taken there, and for which orders."""

    sku: str
    title: str
    kind: str
    place: StoragePlace | None
    quantity: int
    order_numbers: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickList:
    """A walk: its stops in order, how long it is, and how long it would be order by order as they came."""

    orders_count: int
    picks: list[Pick]
    metres: Decimal
    metres_as_came: Decimal


def pick_list(*, orders_count: int, locale: Locale) -> PickList:
    """The walk that collects what the oldest orders and resends still need; a repaired piece lies on no shelf."""
    wanted = _wanted(max(1, min(orders_count, MOST_ORDERS)))
    variants = Variant.objects.select_related("product").in_bulk({each.variant_id for each in wanted})
    places = places_of(variants)
    picks = [_pick(variant, wanted, places.get(pk), locale=locale) for pk, variant in variants.items()]
    walk = s_shape(_stops(places.values()))
    turn: dict[Stop | None, int] = {stop: number for number, stop in enumerate(walk)}
    picks.sort(key=lambda pick: (turn.get(_stop(pick.place), len(turn)), pick.sku))
    came = _stops(places[each.variant_id] for each in wanted if each.variant_id in places)
    return PickList(
        orders_count=len({each.order_number for each in wanted}),
        picks=picks,
        metres=walk_metres(walk),
        metres_as_came=walk_metres([stop for stop, _ in groupby(came)]),
    )


def _wanted(orders_count: int) -> list[Wanted]:
    """What is still to be packed, in the order in which the orders came."""
    orders = dict(
        Order.objects.filter(state__in=TO_SEND, confirmed_at__isnull=False)
        .order_by("confirmed_at", "pk")
        .values_list("pk", "number")[:orders_count]
    )
    progress = progress_of(list(orders))
    lines = OrderLine.objects.filter(order_id__in=orders).values_list("order_id", "pk", "variant_id", "position")
    asked = sorted(lines, key=lambda line: (list(orders).index(line[0]), line[3]))
    found = [
        Wanted(orders[order_id], variant_id, progress[order_id][line_id].left)
        for order_id, line_id, variant_id, _position in asked
    ]
    resends = waiting_resends().exclude(reason=ResendReason.REPAIR).select_related("order")
    numbers = {each.pk: each.order.number for each in resends.order_by("asked_at", "pk")[:orders_count]}
    again = [
        Wanted(numbers[line.resend_id], line.variant_id, line.progress.left)
        for line in open_lines(resend_ids=list(numbers))
    ]
    return [each for each in [*found, *again] if each.quantity]


def _pick(variant: Variant, wanted: Sequence[Wanted], place: StoragePlace | None, *, locale: Locale) -> Pick:
    here = [each for each in wanted if each.variant_id == variant.pk]
    return Pick(
        sku=variant.sku,
        title=translate(variant.product.title, locale),
        kind=translate(variant.title, locale),
        place=place,
        quantity=sum(each.quantity for each in here),
        order_numbers=list(dict.fromkeys(each.order_number for each in here)),
    )


def _stop(place: StoragePlace | None) -> Stop | None:
    return Stop(aisle=place.aisle, bay=place.bay) if place else None


def _stops(places: Iterable[StoragePlace]) -> list[Stop]:
    return [Stop(aisle=place.aisle, bay=place.bay) for place in places]
