"""What a shopper says: open a group, or join one. Both place an order; checkout asks group buying for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.checkout.actions import PlacedOrder, place_order
from backend.checkout.selectors import WantedLine
from groupbuy.actions.price_source import GroupPriceSource
from groupbuy.models import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSeat:
    """What a shopper gives to get a seat."""

    variant_id: UUID
    quantity: int
    address_id: UUID | None
    late_choice: str | None = None
    via: str = ""


@transaction.atomic
def open_by_paying(
    *, product_id: UUID, asked: AskedSeat, buyer_id: UUID, idempotency_key: UUID, now: datetime
) -> PlacedOrder:
    """Place the order of a leader; the group is there once it is paid.

    Raises: OfferEnded, NotEligible, LimitReached, PlacesGone, BudgetExhausted, OutOfStock, SoldOut, ProductUnavailable,
        BasketEmpty, AddressNeeded, InvalidInput, NotFound, KeyReused.
    Emits: OrderPlaced.
    """
    choice = {"productId": product_id, "lateChoice": asked.late_choice}
    return _place(choice, asked, buyer_id=buyer_id, idempotency_key=idempotency_key, now=now)


@transaction.atomic
def join_group(
    *, group_id: UUID, asked: AskedSeat, buyer_id: UUID, idempotency_key: UUID, now: datetime
) -> tuple[Seat, PlacedOrder]:
    """Hold a seat in an open group and place the order for it; of many who want the last one exactly one gets it.

    Raises: GroupFull, GroupClosed, AlreadySeated, OfferEnded, NotEligible, NewcomersOnly, LinkedToBuyer, LimitReached,
        PlacesGone, BudgetExhausted, OutOfStock, SoldOut, ProductUnavailable, BasketEmpty, AddressNeeded, InvalidInput,
        NotFound, KeyReused.
    Emits: OrderPlaced, SeatHeld.
    """
    choice = {"groupId": group_id, "lateChoice": asked.late_choice}
    placed = _place(choice, asked, buyer_id=buyer_id, idempotency_key=idempotency_key, now=now)
    seats = Seat.objects.filter(order=placed.order).order_by("-number")
    return seats[0], placed


def _place(
    choice: Mapping[str, object], asked: AskedSeat, *, buyer_id: UUID, idempotency_key: UUID, now: datetime
) -> PlacedOrder:
    return place_order(
        buyer_id=buyer_id,
        lines=[WantedLine(asked.variant_id, asked.quantity)],
        address_id=asked.address_id,
        choices={GroupPriceSource.kind: choice},
        quote_hash=None,
        via=asked.via,
        provider=settings.PAYMENT_PROVIDER,
        idempotency_key=idempotency_key,
        now=now,
    )
