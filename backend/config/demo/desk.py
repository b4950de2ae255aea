"""What the orders desk of the demo finds in the morning."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.config.demo.parcels import plan_parcel
from backend.config.demo.play import Step
from backend.config.demo.trade import Market
from backend.core.ids import new_id
from backend.fulfilment.actions import Packing, pack_parcel, send_parcel
from backend.fulfilment.models import Packaging
from backend.orders.models import OrderLine

THANKS = "谢谢你和邻居一起买！东西有问题，随时找我们。"


def plan_desk(*, market: Market, shoppers: Sequence[User], support: User) -> None:
    """Plan what the desk finds in the morning: orders to send, one overdue, one half sent, two in trouble."""
    play, dice = market.play, market.dice
    for hours in (61, 37, 26, 14, 6, 2):
        play.plan(play.until - timedelta(hours=hours), _buying(market, dice.choice(list(shoppers)), count=1))
    play.plan(play.until - timedelta(hours=30), _buying_in_parts(market, shoppers[0], support=support))
    for buyer, days, trouble in ((shoppers[1], 4, "delayed"), (shoppers[2], 8, "returned"), (shoppers[0], 3, "")):
        play.plan(play.until - timedelta(days=days), _buying(market, buyer, count=2, trouble=trouble, sends=True))


def _buying(market: Market, buyer: User, *, count: int, trouble: str = "", sends: bool = False) -> Step:
    def buy(at: datetime) -> None:
        placed = market.buy(buyer=buyer, products=_goods(market, count), at=at, sends=False)
        if sends:
            plan_parcel(play=market.play, dice=market.dice, order_id=placed.order.pk, after=at, trouble=trouble)

    return buy


def _buying_in_parts(market: Market, buyer: User, *, support: User) -> Step:
    def buy(at: datetime) -> None:
        order_id = market.buy(buyer=buyer, products=_goods(market, 3), at=at, sends=False).order.pk
        market.play.plan(at + timedelta(hours=8), lambda now: _send_a_part(order_id, actor=support, at=now))

    return buy


def _goods(market: Market, count: int) -> list[Product]:
    found: dict[UUID, Product] = {}
    while len(found) < count:
        product = market.product()
        found[product.pk] = product
    return list(found.values())


def _send_a_part(order_id: UUID, *, actor: User, at: datetime) -> None:
    """Send the first line of an order and leave the rest on the table."""
    line = OrderLine.objects.filter(order_id=order_id).order_by("position").first()
    if line is None:
        return
    parcel = pack_parcel(
        order_id=order_id,
        carrier="deer",
        pieces={line.pk: line.quantity},
        codes=[line.variant.sku] * line.quantity,
        packing=Packing(packaging=Packaging.FRAGILE, thanks=THANKS, gift="团子贴纸一张"),
        tracking_number=f"DE{at:%y%m%d%H%M%S}",
        actor_id=actor.pk,
        idempotency_key=new_id(),
        now=at,
    )
    send_parcel(shipment_id=parcel.pk, actor_id=actor.pk, now=at)
