"""Flash sales for tests, made by campaigns and by ordering."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import Address, User
from backend.catalogue.models import Variant
from backend.checkout.actions import PlacedOrder, place_order
from backend.checkout.selectors import WantedLine
from backend.core.ids import new_id
from backend.flash.actions import stock_sale, take_token
from backend.flash.models import FlashBucket, FlashItem, FlashOrder, FlashSale
from backend.promotions.actions import RuleDraft
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer
from tests.factories.promotions import make_running_campaign, this_moment


def flash_rule(items: Mapping[Variant, tuple[int, int]], **params: Any) -> RuleDraft:
    """A flash price: variant → (price in fen, pieces)."""
    wanted = [
        {"variantId": str(variant.pk), "priceMinor": price, "quota": pieces}
        for variant, (price, pieces) in items.items()
    ]
    return RuleDraft(kind="flash_price", params={"items": wanted, **params})


def make_sale(
    *,
    quota: int = 10,
    stock: int | None = None,
    price_minor: int = 1990,
    now: datetime | None = None,
    starts_in: timedelta = timedelta(hours=-1),
    lasts: timedelta = timedelta(hours=4),
    campaign: Mapping[str, Any] | None = None,
    is_stocked: bool = True,
    **params: Any,
) -> FlashSale:
    """A sale of one variant, running since an hour and stocked, unless told otherwise."""
    now = now or this_moment()
    variant = make_variant(stock=quota if stock is None else stock, now=now)
    rule = flash_rule({variant: (price_minor, quota)}, **params)
    running = make_running_campaign([rule], now=now, starts_in=starts_in, lasts=lasts, **(campaign or {}))
    sale = FlashSale.objects.get(campaign=running)
    if is_stocked:
        stock_sale(sale_id=sale.pk, now=now)
        sale.refresh_from_db()
    return sale


def the_item(sale: FlashSale) -> FlashItem:
    """The one item of a sale."""
    return FlashItem.objects.select_related("variant__product").get(sale=sale)


def token_for(sale: FlashSale, buyer: User, *, now: datetime | None = None, address: str = "") -> str:
    """A signed token."""
    _token, signed = take_token(
        sale_id=sale.pk,
        variant_id=the_item(sale).variant_id,
        buyer_id=buyer.pk,
        address=address,
        now=now or this_moment(),
    )
    return signed


def order_with(
    sale: FlashSale,
    token: str,
    buyer: User,
    *,
    quantity: int = 1,
    now: datetime | None = None,
    key: UUID | None = None,
    variant_id: UUID | None = None,
) -> PlacedOrder:
    """An unpaid order that uses a token."""
    return place_order(
        buyer_id=buyer.pk,
        lines=[WantedLine(variant_id or the_item(sale).variant_id, quantity)],
        address_id=Address.objects.values_list("pk", flat=True).filter(user=buyer).first(),
        choices={"flash_price": {"token": token}},
        quote_hash=None,
        via="",
        provider="sandbox",
        idempotency_key=key or new_id(),
        now=now or this_moment(),
    )


def buy(sale: FlashSale, *, buyer: User | None = None, quantity: int = 1, now: datetime | None = None) -> PlacedOrder:
    """Take a token and order with it."""
    now = now or this_moment()
    buyer = buyer or make_shopper(now=now)
    return order_with(sale, token_for(sale, buyer, now=now), buyer, quantity=quantity, now=now)


def make_shopper(name: str = "Bob", *, now: datetime | None = None) -> User:
    """A buyer at an address of their own."""
    user = make_buyer(name, now=now or this_moment())
    Address.objects.filter(user=user).update(line=f"文三路 {user.pk}")
    return user


def flash_order(placed: PlacedOrder) -> FlashOrder:
    """What an order took."""
    return FlashOrder.objects.get(pk=placed.order.id)


def sums(sale: FlashSale) -> tuple[int, int, int, int]:
    """Available, reserved, sold, returned."""
    buckets = list(FlashBucket.objects.filter(item__sale=sale))
    return (
        sum(bucket.available for bucket in buckets),
        sum(bucket.reserved for bucket in buckets),
        sum(bucket.sold for bucket in buckets),
        sum(bucket.returned for bucket in buckets),
    )
