"""Placing an order for something that nobody sends."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.checkout.actions.place_order import PlacedOrder, keep_adjustment
from backend.checkout.actions.settle_payment import settle_free_order
from backend.checkout.selectors import terms
from backend.core.money import Money
from backend.orders.actions import create_service_order
from backend.payments.actions import check_credit_confirmed, open_payment
from backend.payments.errors import StoreCreditChanged
from backend.payments.providers.amounts import yuan
from backend.promotions.actions import hold_adjustments
from backend.promotions.adjustments import source_of
from backend.promotions.basket import Basket, BasketLine, OfferedAdjustment

CREDIT = "store_credit"


@transaction.atomic
def hold_credit_for_service(
    *, buyer_id: UUID, about: UUID, total_minor: int, credit_minor: int, quote_hash: str, now: datetime
) -> Sequence[OfferedAdjustment]:
    """Hold the wallet that is to pay so much of a service, before anything else is held; answer what it offers.

    `quote_hash` names the price that the buyer confirms, where so much credit needs it.

    Raises: StoreCreditChanged, CreditNeedsProof.
    """
    if not credit_minor:
        return []
    line = BasketLine(variant_id=about, product_id=about, category_id=about, quantity=1, unit_minor=total_minor)
    offered = source_of(CREDIT).quote(basket=Basket(lines=(line,)), choice={"use": True}, buyer_id=buyer_id, now=now)
    there = sum(each.amount_minor for each in offered)
    if there != credit_minor:
        raise StoreCreditChanged(available=Money(there), available_text=f"¥{yuan(there)}")
    check_credit_confirmed(owner_id=buyer_id, amount_minor=credit_minor, quote_hash=quote_hash, now=now)
    hold_adjustments(offered)
    return offered


@transaction.atomic
def place_service_order(
    *,
    buyer_id: UUID,
    service: Mapping[str, str],
    total_minor: int,
    tenders: Sequence[OfferedAdjustment],
    provider: str,
    now: datetime,
) -> PlacedOrder:
    """Place an order for a service and open its payment; it is paid, closed and refunded like any other.

    Nothing lowers its price and nothing is sent. What `hold_credit_for_service` offered pays a part, or all of it:
    then the order is paid at once. Call it inside the transaction that decides what is bought.

    Raises: StoreCreditChanged.
    Emits: OrderPlaced, and if nothing is left to pay PaymentCaptured, OrderPaid.
    """
    order = create_service_order(
        buyer_id=buyer_id,
        service=service,
        total_minor=total_minor,
        tendered_minor=sum(each.amount_minor for each in tenders),
        pay_deadline_at=now + terms().pay_within,
        now=now,
    )
    for offered in tenders:
        keep_adjustment(order, offered, now=now)
    if order.payable_minor == 0:
        return PlacedOrder(order, settle_free_order(order_id=order.id, now=now))
    return PlacedOrder(order, open_payment(order=order, provider=provider, now=now))
