"""A buyer cancels at the very moment the provider says that the order is paid: one wins, and the other knows it."""

import time

from django.db import transaction

from backend.checkout.actions import PlacedOrder, cancel_order, receive_notice
from backend.core.ids import new_id
from backend.inventory.actions import commit, release
from backend.inventory.models import StockItem
from backend.ledger.selectors import conservation
from backend.orders.errors import OrderNotCancellable
from backend.orders.models import Order, OrderLine, OrderState
from backend.payments.actions import capture_payment
from backend.payments.models import Payment
from tests.factories.orders import LATER, make_order
from tests.factories.payments import make_notice
from tests.support.races import all_at_once

NUMBER = 5
NAME = "cancel against pay, 10 orders"
ORDERS = 10
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count orders whose money, state and pieces do not agree."""
    placed = [make_order() for _ in range(ORDERS)]
    notices = [make_notice(each.payment) for each in placed]

    def move(number: int) -> None:
        each, pays = placed[number // 2], number % 2 == 0
        if not guarded:
            (naive_pay if pays else naive_cancel)(each)
        elif pays:
            receive_notice(notice=notices[number // 2], now=LATER)
        else:
            _cancel(each)

    outcome = all_at_once(ORDERS * 2, move)

    return len(outcome.raised) + sum(_disagrees(each) for each in placed) + int(conservation()["difference"] != 0)


def naive_pay(placed: PlacedOrder) -> None:
    """Read, think, write."""
    with transaction.atomic():
        order = Order.objects.get(pk=placed.order.pk)
        if order.state != OrderState.PENDING_PAYMENT:
            return
        time.sleep(THINKING_SECONDS)
        payment = Payment.objects.get(pk=placed.payment.pk)
        capture_payment(payment=payment, booked_in="sales", settles_order=True, provider_reference="", now=LATER)
        order.state = OrderState.PAID
        order.save(update_fields=["state"])
        commit(order_id=order.id, now=LATER)


def naive_cancel(placed: PlacedOrder) -> None:
    """Read, think, write."""
    with transaction.atomic():
        order = Order.objects.get(pk=placed.order.pk)
        if order.state != OrderState.PENDING_PAYMENT:
            return
        time.sleep(THINKING_SECONDS)
        order.state = OrderState.CLOSED
        order.save(update_fields=["state"])
        release(order_id=order.id, now=LATER)


def _cancel(placed: PlacedOrder) -> None:
    try:
        cancel_order(order_id=placed.order.id, buyer_id=placed.order.buyer_id, idempotency_key=new_id(), now=LATER)
    except OrderNotCancellable:
        return


def _disagrees(placed: PlacedOrder) -> bool:
    order = Order.objects.get(pk=placed.order.pk)
    payment = Payment.objects.get(pk=placed.payment.pk)
    stock = StockItem.objects.get(pk=OrderLine.objects.get(order=order).variant_id)
    is_kept = order.state == OrderState.PAID
    kept_minor = payment.captured_minor - payment.refunded_minor
    pieces_left = 9 if is_kept else 10
    return kept_minor != (order.total_minor if is_kept else 0) or (stock.on_hand, stock.reserved) != (pieces_left, 0)
