"""Twenty copies of one provider message arrive at the same instant: the money comes in once."""

import time
from uuid import UUID

from django.db import transaction

from backend.checkout.actions import receive_notice
from backend.core.models import OutboxEvent
from backend.core.outbox import emit
from backend.inventory.models import StockItem
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.selectors import conservation
from backend.orders.events import OrderPaid
from backend.orders.models import OrderLine, OrderState
from backend.payments.models import Payment, PaymentState
from tests.factories.orders import LATER, make_order
from tests.factories.payments import make_notice
from tests.support.races import all_at_once

NUMBER = 4
NAME = "duplicate callback, 20 copies"
COPIES = 20
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count effects beyond the first: captured money, events, pieces, and what the book does not explain."""
    placed = make_order()
    stock = StockItem.objects.get(pk=OrderLine.objects.get(order=placed.order).variant_id)
    notice = make_notice(placed.payment)

    def arrive(number: int) -> None:
        if guarded:
            receive_notice(notice=notice, now=LATER)
        else:
            read_then_write(placed.payment.id, number)

    outcome = all_at_once(COPIES, arrive)

    book = conservation()
    before, total = stock.on_hand, placed.order.total_minor
    stock.refresh_from_db()
    return (
        len(outcome.raised)
        + abs(book["captured"] // total - 1)
        + abs(OutboxEvent.objects.filter(name="OrderPaid").count() - 1)
        + (abs(before - stock.on_hand - 1) + abs(stock.reserved) if guarded else 0)
        + int(book["difference"] != 0)
    )


def read_then_write(payment_id: UUID, number: int) -> None:
    """What a shop does that trusts what it read a moment ago."""
    with transaction.atomic():
        payment = Payment.objects.select_related("order").get(pk=payment_id)
        if payment.state != PaymentState.CREATED:
            return
        time.sleep(THINKING_SECONDS)
        payment.state, payment.captured_minor = PaymentState.SUCCEEDED, payment.amount_minor
        payment.save(update_fields=["state", "captured_minor"])
        order = payment.order
        order.state = OrderState.PAID
        order.save(update_fields=["state"])
        legs = [
            Leg("provider_cash", None, -payment.amount_minor, "CNY"),
            Leg("sales", None, payment.amount_minor, "CNY"),
        ]
        post_transfer(kind="capture", source=("payment", payment.id), sequence=number, legs=legs, now=LATER)
        emit(
            OrderPaid(
                order_id=order.id, buyer_id=order.buyer_id, total_minor=order.total_minor, kind=order.kind,
                campaign_id=None, at=LATER,
            )
        )  # fmt: skip
