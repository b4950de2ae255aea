"""Whatever buyers, clocks and providers do, every fen and every piece can be accounted for."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.checkout.actions import cancel_order, cancel_paid_orders, close_overdue_orders, confirm_group_order
from backend.core.errors import DomainError
from backend.core.ids import new_id
from backend.inventory.models import StockItem
from backend.ledger.selectors import conservation, drifts, imbalances
from backend.orders.models import Order, OrderState
from backend.orders.rules import KEPT, MONEY_IS_IN
from backend.payments.actions import request_refund, settle_refund, start_payment
from backend.payments.models import Payment, Refund
from backend.promotions.basket import Late, Paid
from tests.checkout.sources import CHOICE, StandIn, taking_part
from tests.factories.catalogue import make_variant
from tests.factories.orders import NOON, make_buyer, make_order
from tests.factories.payments import pay

STOCK = 6
STEPS = st.sampled_from([
    "place", "place group", "pay", "pay again", "pay less", "pay elsewhere", "cancel", "close", "confirm", "expire",
    "be late", "be in time", "refund some", "settle", "provider refunds",
])  # fmt: skip


class Shop:
    """One buyer, one variant, and the orders made so far."""

    def __init__(self, source: StandIn) -> None:
        self.source, self.now = source, NOON
        self.placed: list[Any] = []
        self.buyer, self.variant = make_buyer(), make_variant(stock=STOCK)

    def step(self, name: str, which: int) -> None:
        self.now += timedelta(minutes=2)
        if name.startswith("place"):
            self.source.is_group = name == "place group"
            self.source.answer = Paid(awaits_group=self.source.is_group)
            choices = CHOICE if self.source.is_group else {}
            self.placed.append(
                make_order(buyer=self.buyer, variants=[(self.variant, 1)], choices=choices, now=self.now)
            )
        elif name == "close":
            close_overdue_orders(now=self.now)
        elif name == "settle":
            for refund_id in Refund.objects.values_list("pk", flat=True):
                settle_refund(refund_id=refund_id, now=self.now)
        elif name in ("be late", "be in time"):
            self.source.answer = Late("late") if name == "be late" else Paid(awaits_group=True)
        elif self.placed:
            self.touch(self.placed[which % len(self.placed)], name)

    def touch(self, placed, name: str) -> None:
        order_id = placed.order.id
        match name:
            case "pay" | "pay again":
                pay(placed, now=self.now)
            case "pay less":
                pay(placed, now=self.now, amount_minor=placed.payment.amount_minor - 1)
            case "pay elsewhere":
                other = start_payment(order_id=order_id, provider="other", now=self.now)
                pay(placed, now=self.now, reference=other.reference, provider="other")
            case "cancel":
                cancel_order(order_id=order_id, buyer_id=self.buyer.id, idempotency_key=new_id(), now=self.now)
            case "confirm":
                confirm_group_order(order_id=order_id, now=self.now)
            case "expire":
                cancel_paid_orders(order_ids=[order_id], reason="group_expired", cause="group", now=self.now)
            case "refund some":
                request_refund(order_id=order_id, reason="part", cause=str(new_id()), amount_minor=700, now=self.now)
            case "provider refunds":
                pay(placed, now=self.now, kind="refund.succeeded", amount_minor=300)


def check(shop: Shop) -> None:
    book = conservation()
    assert book["difference"] == 0
    assert min(value for name, value in book.items() if name != "difference") >= 0
    assert drifts() == []
    assert imbalances() == []
    paid = Payment.objects.exclude(captured_minor=0)
    assert sum(paid.values_list("captured_minor", flat=True)) == book["captured"]
    assert not paid.filter(refunded_minor__gt=F("captured_minor")).exists()
    waiting = Order.objects.filter(state=OrderState.AWAITING_GROUP)
    assert book["held"] <= sum(waiting.values_list("total_minor", flat=True))
    stock = StockItem.objects.get(pk=shop.variant.pk)
    assert stock.reserved == Order.objects.filter(state=OrderState.PENDING_PAYMENT).count()
    assert STOCK - stock.on_hand >= Order.objects.filter(state__in=MONEY_IS_IN | KEPT).count()


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(STEPS, st.integers(0, 5)), min_size=4, max_size=16))
def test_money_and_pieces_are_conserved(steps):
    with transaction.atomic(), taking_part(StandIn(is_group=True)) as source:
        shop = Shop(source)
        for name, which in steps:
            try:
                with transaction.atomic():
                    shop.step(name, which)
            except DomainError:
                pass
            check(shop)
        transaction.set_rollback(True)
