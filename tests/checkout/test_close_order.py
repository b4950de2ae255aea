"""Orders that nobody pays."""

import pytest

from backend.checkout.actions import close_overdue_orders
from backend.checkout.rules import NOT_PAID
from backend.core.models import OutboxEvent
from backend.inventory.models import StockItem
from backend.orders.models import OrderState
from backend.payments.models import PaymentState
from tests.checkout.sources import CHOICE, StandIn, taking_part
from tests.factories.catalogue import make_variant
from tests.factories.orders import LATER, make_order
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db


def test_an_order_is_closed_when_its_time_is_over_and_not_before():
    variant = make_variant(stock=3)
    with taking_part(StandIn()) as source:
        placed = make_order(variants=[(variant, 2)], choices=CHOICE)
        assert close_overdue_orders(now=LATER) == 0

        assert close_overdue_orders(now=placed.order.pay_deadline_at) == 1
        assert close_overdue_orders(now=placed.order.pay_deadline_at) == 0

    placed.order.refresh_from_db()
    placed.payment.refresh_from_db()
    assert (placed.order.state, placed.order.close_reason) == (OrderState.CLOSED, NOT_PAID)
    assert placed.payment.state == PaymentState.EXPIRED
    assert StockItem.objects.get(pk=variant.pk).reserved == 0
    assert source.heard[-1] == f"release: {NOT_PAID}"
    assert OutboxEvent.objects.filter(name="OrderClosed").count() == 1


def test_a_paid_order_is_never_closed():
    placed = make_paid_order()

    assert close_overdue_orders(now=placed.order.pay_deadline_at) == 0

    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID
