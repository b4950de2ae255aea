"""Store credit pays for a plan: set aside, spent, given back with the money, and never promised twice."""

import time
from datetime import timedelta

import pytest

from backend.accounts.models import Passkey, Proof
from backend.accounts.rules import about_payment
from backend.checkout.actions import close_order
from backend.checkout.rules import NOT_PAID
from backend.ledger.selectors import balance, conservation, drifts
from backend.orders.models import Order, OrderKind, OrderState
from backend.payments.actions import credit_source, grant_store_credit, settle_refund
from backend.payments.actions.credit_source import StoreCreditSource
from backend.payments.errors import CreditNeedsProof, StoreCreditChanged
from backend.payments.models import CreditHold, Refund, Wallet
from backend.payments.selectors import available_credit
from backend.protection import actions, errors
from backend.protection.models import Coverage, CoverageState
from tests.factories.aftersales import make_order_of
from tests.factories.orders import NOON, make_buyer
from tests.factories.payments import pay
from tests.factories.protection import BOUGHT, buy, make_plan
from tests.support.races import all_at_once

DAY = timedelta(days=1)
REASON = {"zh-Hans": "谢谢", "zh-Hant": "謝謝", "en": "Thanks"}


def with_credit(order: Order, minor: int) -> Order:
    """Give the buyer of an order store credit."""
    grant_store_credit(
        user_id=order.buyer_id, amount_minor=minor, reason=REASON, source=("test", order.id), now=NOON
    )  # fmt: skip
    return order


def sent_back(order: Order, *, now) -> list[tuple[int, int]]:
    """The refunds of an order, money and credit, once the provider has done its part."""
    for refund in Refund.objects.filter(order=order):
        settle_refund(refund_id=refund.id, now=now)
    rows = Refund.objects.filter(order=order).order_by("requested_at", "id")
    return [(each.provider_minor, each.credit_minor) for each in rows]


def test_credit_pays_a_part_of_a_plan_and_the_money_puts_it_in_force(db, deliver_outbox):
    order = with_credit(make_order_of(), 400)
    placed = buy(order, make_plan(order), credit_minor=400)
    assert (placed.order.tendered_minor, placed.payment.amount_minor) == (400, 500)
    assert available_credit(order.buyer_id) == 0

    pay(placed, now=BOUGHT)
    deliver_outbox()

    assert Coverage.objects.get().state == CoverageState.ACTIVE
    assert balance(kind="store_credit", owner_id=order.buyer_id) == 0
    assert (placed.payment.captured_minor, placed.payment.credit_minor) == (500, 400)
    assert drifts() == []
    assert conservation()["difference"] == 0


def test_credit_that_pays_all_of_a_plan_needs_no_provider(db, deliver_outbox):
    order = with_credit(make_order_of(), 2000)

    placed = buy(order, make_plan(order), credit_minor=900)
    deliver_outbox()

    placed.order.refresh_from_db()
    assert (placed.order.state, placed.payment.provider) == (OrderState.COMPLETED, "free")
    assert Coverage.objects.get().state == CoverageState.ACTIVE
    assert available_credit(order.buyer_id) == 1100


def test_a_plan_that_ends_early_returns_money_first_and_then_credit(db, deliver_outbox):
    order = with_credit(make_order_of(2), 1000)
    version = make_plan(order)
    placed = buy(order, version, pieces=2, credit_minor=1000)
    pay(placed, now=BOUGHT)
    deliver_outbox()
    first, second = Coverage.objects.order_by("piece")

    actions.cancel_protection(coverage_id=first.id, buyer_id=order.buyer_id, now=BOUGHT + DAY)
    halfway = second.starts_at + (second.ends_at - second.starts_at) / 2
    actions.cancel_protection(coverage_id=second.id, buyer_id=order.buyer_id, now=halfway)

    second.refresh_from_db()
    assert 0 < second.refunded_minor < 900
    assert sent_back(placed.order, now=halfway) == [(800, 100), (0, second.refunded_minor)]
    assert available_credit(order.buyer_id) == 100 + second.refunded_minor
    assert drifts() == []
    assert conservation()["difference"] == 0


def test_a_plan_that_nobody_paid_frees_the_credit(db, deliver_outbox):
    order = with_credit(make_order_of(), 400)
    placed = buy(order, make_plan(order), credit_minor=400)

    close_order(order_id=placed.order.pk, reason=NOT_PAID, now=BOUGHT + DAY)
    deliver_outbox()

    assert Coverage.objects.get().state == CoverageState.VOID
    assert available_credit(order.buyer_id) == 400


@pytest.mark.parametrize("credit_minor", [401, 399, 901, -1])
def test_credit_that_is_not_what_the_page_showed_buys_nothing(db, credit_minor):
    order = with_credit(make_order_of(), 400)

    with pytest.raises(StoreCreditChanged):
        buy(order, make_plan(order), credit_minor=credit_minor)

    assert not Coverage.objects.exists()
    assert not Order.objects.filter(kind=OrderKind.SERVICE).exists()
    assert available_credit(order.buyer_id) == 400


def test_a_large_sum_of_credit_is_spent_only_by_who_confirms_this_plan(db):
    order = with_credit(make_order_of(price_minor=400_000), 32_000)
    version = make_plan(order)
    name = {"name": "x", "credential_id": str(order.buyer_id), "credential": b"", "sign_count": 0, "made_at": NOON}
    Passkey.objects.create(user_id=order.buyer_id, **name)
    with pytest.raises(CreditNeedsProof) as asked:
        buy(order, version, price_minor=32_000, credit_minor=32_000)
    assert not Coverage.objects.exists()

    proof = {"by_passkey": True, "made_at": BOUGHT, "expires_at": BOUGHT + timedelta(minutes=5)}
    Proof.objects.create(user_id=order.buyer_id, about=about_payment(asked.value.quote_hash), **proof)
    placed = buy(order, version, price_minor=32_000, credit_minor=32_000)

    assert placed.order.tendered_minor == 32_000


def test_what_is_refused_uses_up_no_credit_and_no_proof(db):
    order = with_credit(make_order_of(), 400)
    version = make_plan(order)
    buy(order, version)

    with pytest.raises(errors.PieceCovered):
        buy(order, version, credit_minor=400)

    assert available_credit(order.buyer_id) == 400
    assert not CreditHold.objects.exists()


def plans_at_once():
    """One buyer with credit for a part of one plan, eight pieces, eight windows."""
    buyer = make_buyer("Bob")
    orders = [make_order_of(buyer=buyer) for _ in range(8)]
    with_credit(orders[0], 400)
    wanted = [(order, make_plan(order)) for order in orders]
    return all_at_once(8, lambda number: buy(*wanted[number], credit_minor=400)), buyer


def test_eight_windows_promise_the_credit_for_one_plan_once(fresh_database):
    outcome, buyer = plans_at_once()

    assert len(outcome.answers) == 1
    assert all(isinstance(each, StoreCreditChanged) for each in outcome.raised)
    assert Coverage.objects.count() == 1
    assert available_credit(buyer.id) == 0
    assert drifts() == []


def test_control_without_the_wallet_held_the_credit_is_promised_again(fresh_database, monkeypatch):
    def careless(*, order_id, owner_id, amount_minor, now):
        wallet, _new = Wallet.objects.get_or_create(owner_id=owner_id)
        if amount_minor > balance(kind="store_credit", owner_id=owner_id) - wallet.held_minor:
            raise StoreCreditChanged(available=None, available_text="")
        time.sleep(0.05)
        CreditHold.objects.create(order_id=order_id, wallet=wallet, amount_minor=amount_minor, changed_at=now)

    monkeypatch.setattr(StoreCreditSource, "lock", lambda self, *, adjustments: None)
    monkeypatch.setattr(credit_source, "hold_credit", careless)

    plans_at_once()

    assert sum(CreditHold.objects.values_list("amount_minor", flat=True)) > 400
