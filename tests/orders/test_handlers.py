"""What the buyer hears of an order."""

import pytest

from backend.catalogue.models import PaidPrice, Product
from backend.messaging.models import Notification
from backend.orders.models import OrderLine
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db


def test_a_paid_order_is_told_once_and_counted_as_sold(deliver_outbox):
    placed = make_paid_order()

    deliver_outbox()
    deliver_outbox()

    told = Notification.objects.get(user_id=placed.order.buyer_id, kind="order_paid")
    assert told.url == f"/orders/{placed.order.id}"
    assert told.params["number"] == placed.order.number
    line = OrderLine.objects.get(order=placed.order)
    assert Product.objects.get(pk=line.product_id).sold_count == line.quantity


def test_what_was_really_paid_for_a_piece_is_kept_for_the_reference_price(deliver_outbox):
    placed = make_paid_order()

    deliver_outbox()

    line = OrderLine.objects.get(order=placed.order)
    paid = PaidPrice.objects.get(product_id=line.product_id)
    assert paid.lowest_minor == line.total_minor // line.quantity
