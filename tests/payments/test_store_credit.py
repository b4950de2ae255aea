"""Store credit: given with a reason, set aside, spent, given back, refunded after the money."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from backend.checkout.actions import cancel_order, close_order
from backend.checkout.rules import NOT_PAID
from backend.core.errors import InvalidInput, KeyReused
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.ledger.selectors import balance, conservation, drifts
from backend.orders.models import Order, OrderState
from backend.payments.actions import credit_source, grant_store_credit, request_refund, settle_refund
from backend.payments.actions.credit_source import StoreCreditSource
from backend.payments.errors import NothingToRefund, StoreCreditChanged
from backend.payments.models import CreditHold, CreditState, PaymentState, Refund, RefundState, Wallet
from backend.payments.rules import LARGEST_GRANT_MINOR, Split, split_refund, spread_tender
from backend.payments.selectors import available_credit, wallet_of
from tests.factories.catalogue import make_variant
from tests.factories.orders import LATER, NOON, make_buyer, make_order
from tests.factories.payments import pay
from tests.support.races import all_at_once

USE = {"store_credit": {"use": True}}
REASON = {"zh-Hans": "包裹晚到", "zh-Hant": "包裹晚到", "en": "The parcel was late"}
db = pytest.mark.django_db


def rich(minor: int, name: str = "Bob"):
    buyer = make_buyer(name)
    grant_store_credit(user_id=buyer.id, amount_minor=minor, reason=REASON, source=("test", buyer.id), now=NOON)
    return buyer


def order_with_credit(buyer, *, price: int = 6000, **options):
    return make_order(buyer=buyer, variants=[(make_variant(price_minor=price, stock=50), 1)], choices=USE, **options)


@db
def test_credit_is_granted_once_per_cause_and_says_why():
    buyer = rich(500)

    again = grant_store_credit(user_id=buyer.id, amount_minor=500, reason=REASON, source=("test", buyer.id), now=LATER)

    assert again is False
    assert available_credit(buyer.id) == 500
    assert OutboxEvent.objects.filter(name="StoreCreditGranted").count() == 1
    assert conservation()["granted"] == conservation()["credit"] == 500


@db
@pytest.mark.parametrize("amount", [0, -1, LARGEST_GRANT_MINOR + 1, 2**62])
def test_an_amount_out_of_bounds_is_refused_and_nothing_is_written(amount):
    buyer = make_buyer()

    with pytest.raises(InvalidInput):
        grant_store_credit(user_id=buyer.id, amount_minor=amount, reason=REASON, source=("t", "1"), now=NOON)

    assert available_credit(buyer.id) == 0
    assert not OutboxEvent.objects.filter(name="StoreCreditGranted").exists()


@db
def test_the_same_cause_with_another_amount_is_refused():
    buyer = rich(500)

    with pytest.raises(KeyReused):
        grant_store_credit(user_id=buyer.id, amount_minor=501, reason=REASON, source=("test", buyer.id), now=NOON)

    assert available_credit(buyer.id) == 500


@db
def test_credit_is_set_aside_at_order_and_spent_when_the_money_is_in():
    buyer = rich(2000)

    placed = order_with_credit(buyer)

    assert (placed.order.tendered_minor, placed.payment.amount_minor) == (2000, 4000)
    assert placed.order.total_minor == 6000
    assert wallet_of(buyer.id) == {"balance_minor": 2000, "held_minor": 2000}
    assert available_credit(buyer.id) == 0

    pay(placed)

    assert placed.order.state == OrderState.PAID
    assert (placed.payment.captured_minor, placed.payment.credit_minor) == (4000, 2000)
    assert wallet_of(buyer.id) == {"balance_minor": 0, "held_minor": 0}
    book = conservation()
    assert (book["captured"], book["granted"], book["kept"], book["difference"]) == (4000, 2000, 6000, 0)


@db
def test_an_order_that_credit_covers_needs_no_provider():
    buyer = rich(9000)

    placed = order_with_credit(buyer)

    placed.order.refresh_from_db()
    assert (placed.order.state, placed.payment.provider) == (OrderState.PAID, "free")
    assert (placed.payment.amount_minor, placed.payment.credit_minor) == (0, 6000)
    assert available_credit(buyer.id) == 3000
    assert conservation()["kept"] == 6000


@db
def test_an_order_that_is_closed_gives_the_credit_back_and_takes_it_again_if_it_is_paid_late():
    buyer = rich(2000)
    placed = order_with_credit(buyer)

    close_order(order_id=placed.order.id, reason=NOT_PAID, now=LATER)
    assert available_credit(buyer.id) == 2000
    pay(placed, now=LATER + timedelta(hours=1))

    assert placed.order.state == OrderState.PAID
    assert available_credit(buyer.id) == 0
    assert CreditHold.objects.get().state == CreditState.TAKEN


@db
def test_late_money_for_an_order_whose_credit_is_spent_elsewhere_goes_back():
    buyer = rich(2000)
    placed = order_with_credit(buyer)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=LATER)
    other = order_with_credit(buyer, now=LATER)
    assert other.order.tendered_minor == 2000

    pay(placed, now=LATER + timedelta(minutes=5))

    assert placed.order.state == OrderState.CANCELLED
    assert (placed.payment.captured_minor, placed.payment.refunded_minor) == (4000, 4000)
    assert placed.payment.credit_minor == 0
    assert wallet_of(buyer.id) == {"balance_minor": 2000, "held_minor": 2000}
    assert conservation()["difference"] == 0


@db
def test_a_refund_sends_money_back_first_and_credit_after_it():
    buyer = rich(2000)
    placed = order_with_credit(buyer)
    pay(placed)

    first = request_refund(order_id=placed.order.id, reason="a", cause="a", amount_minor=3000, now=LATER)
    second = request_refund(order_id=placed.order.id, reason="b", cause="b", amount_minor=2500, now=LATER)

    assert (first.provider_minor, first.credit_minor) == (3000, 0)
    assert (second.provider_minor, second.credit_minor) == (1000, 1500)
    assert available_credit(buyer.id) == 1500
    third = request_refund(order_id=placed.order.id, reason="c", cause="c", now=LATER)
    assert (third.provider_minor, third.credit_minor, third.state) == (0, 500, RefundState.SUCCEEDED)
    with pytest.raises(NothingToRefund):
        request_refund(order_id=placed.order.id, reason="d", cause="d", amount_minor=1, now=LATER)
    for refund in Refund.objects.all():
        settle_refund(refund_id=refund.id, now=LATER)
    placed.order.refresh_from_db()
    placed.payment.refresh_from_db()
    assert (placed.order.state, placed.payment.state) == (OrderState.REFUNDED, PaymentState.REFUNDED)
    book = conservation()
    assert (book["kept"], book["in_flight"], book["refunded"], book["credit"], book["difference"]) == (
        0,
        0,
        4000,
        2000,
        0,
    )


@db
def test_with_the_buyers_consent_all_of_it_becomes_credit_at_once():
    buyer = rich(2000)
    placed = order_with_credit(buyer)
    pay(placed)

    refund = request_refund(order_id=placed.order.id, reason="a", cause="a", to_credit=True, now=LATER)

    refund.refresh_from_db()
    assert (refund.state, refund.provider_minor, refund.to_credit) == (RefundState.SUCCEEDED, 0, True)
    assert available_credit(buyer.id) == 6000
    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.REFUNDED
    assert conservation()["difference"] == 0


@db
def test_a_cancelled_order_gives_money_and_credit_back():
    buyer = rich(2000)
    placed = order_with_credit(buyer)
    pay(placed)

    cancel_order(order_id=placed.order.id, buyer_id=buyer.id, idempotency_key=new_id(), now=LATER)

    assert available_credit(buyer.id) == 2000
    assert [(one.provider_minor, one.credit_minor) for one in Refund.objects.all()] == [(4000, 2000)]


@db
def test_credit_that_shrank_since_the_price_was_worked_out_is_refused_and_nothing_is_written(monkeypatch):
    buyer = rich(2000)
    monkeypatch.setattr(credit_source, "available_credit", lambda owner_id: 5000)

    with pytest.raises(StoreCreditChanged) as refused, transaction.atomic():
        order_with_credit(buyer)

    assert refused.value.available.minor == 2000
    assert Order.objects.count() == 0
    assert Wallet.objects.filter(held_minor__gt=0).count() == 0


def test_the_same_credit_spent_by_twenty_orders_at_once_pays_no_more_than_there_is(fresh_database):
    outcome, buyer = spend_at_once()

    held = sum(CreditHold.objects.values_list("amount_minor", flat=True))
    assert [type(raised) for raised in outcome.raised] == [StoreCreditChanged] * len(outcome.raised)
    assert held <= 2000
    assert wallet_of(buyer.id) == {"balance_minor": 2000, "held_minor": held}
    assert drifts() == []


def test_control_without_the_wallet_held_the_same_credit_is_promised_twice(fresh_database, monkeypatch):
    def careless(*, order_id, owner_id, amount_minor, now):
        wallet, _new = Wallet.objects.get_or_create(owner_id=owner_id)
        if amount_minor > balance(kind="store_credit", owner_id=owner_id) - wallet.held_minor:
            raise StoreCreditChanged(available=None, available_text="")
        time.sleep(0.05)
        CreditHold.objects.create(order_id=order_id, wallet=wallet, amount_minor=amount_minor, changed_at=now)

    monkeypatch.setattr(StoreCreditSource, "lock", lambda self, *, adjustments: None)
    monkeypatch.setattr(credit_source, "hold_credit", careless)

    spend_at_once()

    assert sum(CreditHold.objects.values_list("amount_minor", flat=True)) > 2000


def spend_at_once():
    buyer = rich(2000)
    variant = make_variant(price_minor=6000, stock=50)
    outcome = all_at_once(20, lambda number: make_order(buyer=buyer, variants=[(variant, 1)], choices=USE))
    return outcome, buyer


@given(st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 18000))
def test_a_split_loses_nothing_and_takes_no_more_than_was_paid(cash, credit, wanted):
    wanted = min(wanted, cash + credit)
    parts = split_refund(wanted_minor=wanted, left=Split(cash, credit))

    assert parts.whole_minor == wanted
    assert 0 <= parts.cash_minor <= cash
    assert 0 <= parts.credit_minor <= credit
    assert parts.credit_minor == 0 or parts.cash_minor == cash


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=8), st.integers(0, 600), st.data())
def test_a_tender_is_spread_without_loss_and_within_each_part(lines, shipping, data):
    amount = data.draw(st.integers(0, sum(lines) + shipping))
    parts, rest = spread_tender(amount_minor=amount, lines_minor=lines, shipping_minor=shipping)

    assert sum(parts) + rest == amount
    if sum(lines) + shipping:
        assert all(0 <= part <= line for part, line in zip(parts, lines, strict=True))
        assert 0 <= rest <= shipping
