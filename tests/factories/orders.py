"""Buyers and orders for tests, made by the actions that the shop uses."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from backend.accounts.actions import AddressText, save_address, sign_up
from backend.accounts.models import Address, User
from backend.catalogue.models import Variant
from backend.checkout.actions import PlacedOrder, close_order, place_order
from backend.checkout.actions.work_out_price import Choices
from backend.checkout.rules import NOT_PAID
from backend.checkout.selectors import WantedLine
from backend.core.ids import new_id
from tests.factories.catalogue import NOON, make_variant

__all__ = ["LATER", "NOON", "make_address", "make_buyer", "make_closed_order", "make_order"]

LATER = NOON + timedelta(minutes=5)
_people = count(1)


def make_buyer(name: str = "Bob", *, now: datetime = NOON) -> User:
    """Somebody who can order: an account with an address."""
    user = sign_up(now=now, locale="zh-Hans", email=f"{name.lower()}.{next(_people)}@buyers.example", display_name=name)
    make_address(user, now=now)
    return user


def make_address(
    user: User, *, phone: str = "+8613800000001", line: str = "文三路 1 号", now: datetime = NOON
) -> Address:
    """Where the person's parcels go."""
    text = AddressText(name="王小明", phone=phone, province="浙江省", city="杭州市", district="西湖区", line=line)
    return save_address(user_id=user.id, text=text, is_default=True, now=now)


def make_order(
    *,
    buyer: User | None = None,
    variants: Sequence[tuple[Variant, int]] | None = None,
    choices: Choices | None = None,
    key: UUID | None = None,
    now: datetime = NOON,
) -> PlacedOrder:
    """An order that waits for its payment."""
    buyer = buyer or make_buyer(now=now)
    wanted = variants or [(make_variant(now=now), 1)]
    return place_order(
        buyer_id=buyer.id,
        lines=[WantedLine(variant.pk, quantity) for variant, quantity in wanted],
        address_id=Address.objects.values_list("pk", flat=True).get(user=buyer, is_default=True),
        choices=choices or {},
        quote_hash=None,
        via="",
        provider="sandbox",
        idempotency_key=key or new_id(),
        now=now,
    )


def make_closed_order(*, now: datetime = NOON) -> PlacedOrder:
    """An order that nobody paid in time."""
    placed = make_order(now=now)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=now + timedelta(minutes=16))
    placed.order.refresh_from_db()
    placed.payment.refresh_from_db()
    return placed
