"""Buying a plan for pieces that have arrived."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.checkout.actions import hold_credit_for_service, place_service_order
from backend.core.errors import NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.languages import LOCALES, translate
from backend.core.locks import lock_one
from backend.orders.models import Order, OrderLine
from backend.orders.rules import KEPT
from backend.protection import rules
from backend.protection.errors import OfferOver, PieceCovered, PlanNotOffered, PlanPriceChanged
from backend.protection.models import Coverage
from backend.protection.selectors.coverages import PricedPlan, is_open_for_offers, live_pieces, priced_plan
from backend.protection.selectors.plans import offered_for


@transaction.atomic
def buy_protection(
    *,
    line_id: UUID,
    plan_id: UUID,
    pieces: int,
    price_minor: int,
    buyer_id: UUID,
    provider: str,
    idempotency_key: UUID,
    now: datetime,
    credit_minor: int = 0,
) -> Order:
    """Order a plan for some pieces of a line; it is paid like any order and in force once it is paid.

    `price_minor` is the price of one piece that the page showed, `credit_minor` how much of all of it store credit
    pays. The wallet is held, then the order of the covered pieces, so two windows cannot buy for one piece.

    Raises: PlanNotOffered, OfferOver, PieceCovered, PlanPriceChanged, StoreCreditChanged, CreditNeedsProof, NotFound,
        KeyReused.
    Emits: OrderPlaced, and if nothing is left to pay PaymentCaptured, OrderPaid.
    """
    key: dict[str, Any] = {"principal_id": buyer_id, "action": "buy_protection", "key": idempotency_key}
    request = {"line": line_id, "plan": plan_id, "pieces": pieces, "price": price_minor}
    if answered := replay_or_reserve(**key, request={**request, **({"credit": credit_minor} if credit_minor else {})}):
        return Order.objects.get(pk=answered["orderId"])
    tenders = hold_credit_for_service(
        buyer_id=buyer_id,
        about=plan_id,
        total_minor=price_minor * pieces,
        credit_minor=credit_minor,
        quote_hash=f"protection {line_id} {plan_id} {pieces} {price_minor} {credit_minor}",
        now=now,
    )
    order, line = _held_line(line_id, buyer_id=buyer_id)
    offer = _offer(order, line, plan_id, now=now)
    free = rules.free_pieces(quantity=line.quantity, refunded=line.refunded_quantity, covered=live_pieces(line.pk))
    if not 1 <= pieces <= len(free):
        raise PieceCovered(left=len(free))
    if offer.price_minor != price_minor:
        raise PlanPriceChanged
    placed = place_service_order(
        buyer_id=buyer_id,
        service=_said(offer, line),
        total_minor=offer.price_minor * pieces,
        tenders=tenders,
        provider=provider,
        now=now,
    )
    Coverage.objects.bulk_create(
        [_coverage(offer, line, piece, plan_order=placed.order, now=now) for piece in free[:pieces]]
    )
    remember(**key, answer={"orderId": placed.order.pk})
    return placed.order


def _held_line(line_id: UUID, *, buyer_id: UUID) -> tuple[Order, OrderLine]:
    """Hold the order of a line, then read the line fresh."""
    found = OrderLine.objects.filter(pk=line_id, order__buyer_id=buyer_id, is_gift=False).first()
    if found is None:
        raise NotFound
    order = lock_one(Order, found.order_id)
    return order, OrderLine.objects.get(pk=line_id)


def _offer(order: Order, line: OrderLine, plan_id: UUID, *, now: datetime) -> PricedPlan:
    if order.state not in KEPT or order.delivered_at is None or not is_open_for_offers(order, now=now):
        raise OfferOver(days=rules.OFFER_DAYS)
    plans = offered_for([line.product_id]).get(line.product_id, [])
    version = next((each for each in plans if each.plan_id == plan_id), None)
    offer = priced_plan(version, line, delivered_at=order.delivered_at) if version else None
    if offer is None:
        raise PlanNotOffered
    return offer


def _said(offer: PricedPlan, line: OrderLine) -> dict[str, str]:
    """What the order is for, in every language."""
    return {locale: f"{translate(offer.version.title, locale)} · {translate(line.title, locale)}" for locale in LOCALES}


def _coverage(offer: PricedPlan, line: OrderLine, piece: int, *, plan_order: Order, now: datetime) -> Coverage:
    return Coverage(
        version=offer.version,
        buyer_id=plan_order.buyer_id,
        order_line=line,
        piece=piece,
        plan_order=plan_order,
        price_minor=offer.price_minor,
        repairs_left=offer.version.repairs,
        bought_at=now,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
    )
