"""Orders that are given up at the same instant do not wait for one another for ever."""

import sys
import time

import pytest
from django.db import OperationalError

from backend.checkout.actions import cancel_order, cancel_paid_orders
from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from backend.promotions.basket import Paid
from tests.checkout.sources import CHOICE, StandIn, taking_part
from tests.factories.orders import LATER, make_buyer
from tests.factories.payments import make_paid_order
from tests.support.races import all_at_once

# Long enough for the other one to take the account that comes next.
PAUSE_SECONDS = 0.4


def give_up_a_mixture_and_one_more(monkeypatch: pytest.MonkeyPatch):
    """One gives up an order of a group and one that was sold; meanwhile another order that was sold is given up."""
    module = sys.modules[cancel_paid_orders.__module__]
    refund = module.request_refund

    def refund_slowly(**request):
        given = refund(**request)
        if request["cause"] == "mixture":
            time.sleep(PAUSE_SECONDS)
        return given

    monkeypatch.setattr(module, "request_refund", refund_slowly)
    with taking_part(StandIn(answer=Paid(awaits_group=True), is_group=True)):
        grouped = make_paid_order(choices=CHOICE).order
        sold, buyer = make_paid_order().order, make_buyer()
        other = make_paid_order(buyer=buyer).order

        def act(number: int):
            if number == 0:
                return cancel_paid_orders(order_ids=[grouped.id, sold.id], reason="x", cause="mixture", now=LATER)
            time.sleep(PAUSE_SECONDS / 2)
            return cancel_order(order_id=other.id, buyer_id=buyer.id, idempotency_key=new_id(), now=LATER)

        return all_at_once(2, act)


def test_a_mixture_of_orders_is_given_up_while_another_order_is(fresh_database, monkeypatch):
    outcome = give_up_a_mixture_and_one_more(monkeypatch)

    assert outcome.raised == []
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.CANCELLED}
    assert conservation()["difference"] == 0


def test_control_without_holding_the_accounts_first_one_of_them_is_ended(fresh_database, monkeypatch):
    module = sys.modules[cancel_order.__module__]
    monkeypatch.setattr(module, "hold_shop_accounts", lambda kinds: None)

    outcome = give_up_a_mixture_and_one_more(monkeypatch)

    assert [type(raised) for raised in outcome.raised] == [OperationalError]
