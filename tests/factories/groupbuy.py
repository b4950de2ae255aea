"""Groups for tests, made by ordering and paying."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import Address, User
from backend.catalogue.models import Product, Variant
from backend.checkout.actions import PlacedOrder
from backend.core.ids import new_id
from groupbuy.actions import AskedSeat, join_group, open_by_paying
from groupbuy.models import Group, GroupOrder, Seat
from tests.factories.catalogue import make_product, variant_ids
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import group_rule, make_running_campaign, this_moment


def make_offered_product(
    *, now: datetime | None = None, stock: int = 100, campaign: Any = None, **params: Any
) -> Product:
    """A product that can be bought together."""
    now = now or this_moment()
    product = make_product(stock=stock, now=now)
    make_running_campaign([group_rule([product], **params)], now=now, **(campaign or {}))
    return product


def asked(product: Product, buyer: User, **options: Any) -> AskedSeat:
    """What a buyer gives to get a seat."""
    address_id = Address.objects.values_list("pk", flat=True).get(user=buyer, is_default=True)
    return AskedSeat(**{"variant_id": variant_ids(product)[0], "quantity": 1, "address_id": address_id, **options})


def order_opening(
    product: Product, *, buyer: User | None = None, key: UUID | None = None, now: datetime | None = None, **options: Any
) -> PlacedOrder:
    """The unpaid order of a leader."""
    now = now or this_moment()
    buyer = buyer or make_buyer("Lea", now=now)
    return open_by_paying(
        product_id=product.id,
        asked=asked(product, buyer, **options),
        buyer_id=buyer.id,
        idempotency_key=key or new_id(),
        now=now,
    )


def make_group(
    product: Product | None = None, *, leader: User | None = None, now: datetime | None = None, **params: Any
) -> Group:
    """An open group whose leader has paid."""
    now = now or this_moment()
    product = product or make_offered_product(now=now, **params)
    placed = order_opening(product, buyer=leader, now=now)
    pay(placed, now=now)
    return group_of(placed)


def hold(
    group: Group, *, buyer: User | None = None, key: UUID | None = None, now: datetime | None = None, **options: Any
) -> tuple[Seat, PlacedOrder]:
    """A seat that waits for its payment."""
    now = now or this_moment()
    buyer = buyer or make_buyer("Joe", now=now)
    return join_group(
        group_id=group.id,
        asked=asked(group.product, buyer, **options),
        buyer_id=buyer.id,
        idempotency_key=key or new_id(),
        now=now,
    )


def join(group: Group, *, buyer: User | None = None, now: datetime | None = None, **options: Any) -> PlacedOrder:
    """A paid seat."""
    now = now or this_moment()
    _seat, placed = hold(group, buyer=buyer, now=now, **options)
    pay(placed, now=now)
    return placed


def group_of(placed: PlacedOrder) -> Group:
    """The group that an order led to."""
    group = GroupOrder.objects.select_related("group__product", "group__offer").get(pk=placed.order.id).group
    assert group is not None
    return group


def let_pass(group: Group, *, by: timedelta = timedelta(seconds=1)) -> None:
    """Put the deadline into the past."""
    moment = this_moment()
    Group.objects.filter(pk=group.pk).update(opened_at=moment - timedelta(days=1), deadline_at=moment - by)
    group.refresh_from_db()


def the_variant(product: Product) -> Variant:
    """The first kind of a product."""
    return Variant.objects.get(pk=variant_ids(product)[0])
