"""The warehouse of the demo: where things lie, and a delivery that waits to be looked at."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.catalogue.models import Variant
from backend.config.demo.play import Play
from backend.core.ids import new_id
from backend.inventory.actions import inspect_line, set_place, take_delivery
from backend.inventory.models import InboundLine

AISLES, BAYS, SHELVES = 6, 20, 4


def plan_warehouse(*, play: Play, keeper: User) -> None:
    """Give every variant its place; one delivery was looked at, another stands at the door."""
    play.plan(play.until - timedelta(hours=40), lambda at: _furnish(at, keeper))
    play.plan(play.until - timedelta(hours=3), lambda at: _bring(at, keeper, note="TL-2611-07", skip=3))


def _furnish(at: datetime, keeper: User) -> None:
    """Spread the variants over the racks, and look at a first delivery."""
    for number, variant_id in enumerate(Variant.objects.order_by("sku").values_list("pk", flat=True)):
        set_place(
            variant_id=variant_id,
            aisle=1 + number * 7 % AISLES,
            bay=1 + number * 11 % BAYS,
            shelf=1 + number % SHELVES,
        )
    delivery_id = _bring(at, keeper, note="TL-2611-01", skip=0)
    for defects, line in enumerate(InboundLine.objects.filter(delivery_id=delivery_id).order_by("pk")):
        inspect_line(
            line_id=line.pk, defects=defects * 2, note="边缘有毛刺" if defects else "", actor_id=keeper.pk, now=at
        )


def _bring(at: datetime, keeper: User, *, note: str, skip: int) -> UUID:
    skus = Variant.objects.order_by("sku").values_list("sku", flat=True)[skip : skip + 3]
    delivery = take_delivery(
        supplier="桐庐竹木制品厂",
        note_number=note,
        quantities=dict(zip(skus, (120, 60, 300), strict=False)),
        actor_id=keeper.pk,
        idempotency_key=new_id(),
        now=at,
    )
    return delivery.pk
