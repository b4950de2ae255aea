"""Delivered orders and cases for tests, made by the actions that the shop uses."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.actions import grant_role
from backend.accounts.models import User
from backend.aftersales.actions import apply_for_after_sale
from backend.aftersales.models import AfterSaleCase
from backend.aftersales.selectors.claims import Wanted
from backend.core.ids import new_id
from backend.core.locks import lock_one
from backend.orders.actions import mark_delivered, mark_shipped
from backend.orders.models import Order, OrderLine
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import LATER, make_buyer
from tests.factories.payments import make_paid_order

SENT = LATER + timedelta(hours=2)
ARRIVED = LATER + timedelta(days=2)
ASKED = ARRIVED + timedelta(days=1)


def make_agent(name: str = "Sue", *roles: str) -> User:
    """Somebody at the desk."""
    agent = make_buyer(name)
    for role in roles or ("support",):
        grant_role(user_id=agent.id, role=role, now=NOON)
    return agent


def make_sent_order(*, delivered: bool = True, **options: Any) -> Order:
    """An order whose parcel has left and, unless told otherwise, arrived."""
    order_id = make_paid_order(**options).order.id
    with transaction.atomic():
        order = lock_one(Order, order_id)
        mark_shipped(order=order, now=SENT)
        if delivered:
            mark_delivered(order=order, now=ARRIVED)
    return Order.objects.get(pk=order_id)


def make_order_of(quantity: int = 1, *, price_minor: int = 5990, **options: Any) -> Order:
    """A delivered order of so many pieces of one thing."""
    return make_sent_order(variants=[(make_variant(price_minor=price_minor), quantity)], **options)


def first_line(order: Order) -> OrderLine:
    """The first line of an order as it is now."""
    return OrderLine.objects.filter(order=order).order_by("position")[0]


def ask(
    order: Order,
    *,
    kind: str = "RETURN_REFUND",
    reason: str = "CHANGED_MIND",
    pieces: Mapping[UUID, int] | None = None,
    quantity: int = 1,
    instead: Mapping[UUID, UUID] | None = None,
    remedy: str | None = None,
    detail: str = "",
    picture_ids: Sequence[UUID] = (),
    buyer_id: UUID | None = None,
    key: UUID | None = None,
    to_store_credit: bool = False,
    now: datetime = ASKED,
) -> AfterSaleCase:
    """Ask for something about an order; without pieces for some of its first line."""
    return apply_for_after_sale(
        order_id=order.id,
        buyer_id=buyer_id or order.buyer_id,
        wanted=Wanted(
            type=kind, reason=reason, pieces=pieces or {first_line(order).id: quantity}, instead=instead or {}
        ),
        remedy=remedy,
        detail=detail,
        picture_ids=picture_ids,
        to_store_credit=to_store_credit,
        idempotency_key=key or new_id(),
        now=now,
    )
