"""Store credit above an amount is spent only with a proof about this very price."""

from datetime import timedelta

import pytest

from backend.accounts.models import Address, ConfirmChoice, Passkey, Proof
from backend.accounts.rules import SECURITY, about_payment
from backend.checkout.actions import place_order
from backend.checkout.actions.work_out_price import work_out_price
from backend.checkout.selectors import WantedLine
from backend.core.ids import new_id
from backend.orders.models import Order
from backend.payments.actions import grant_store_credit
from backend.payments.errors import CreditNeedsProof
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import make_buyer
from tests.support.races import all_at_once

USE = {"store_credit": {"use": True}}


@pytest.fixture
def bob(db):
    return with_credit()


def with_credit(*, has_passkey: bool = True):
    """A buyer with 1,000 yuan of store credit and a passkey."""
    bob = make_buyer()
    reason = {"zh-Hans": "x", "zh-Hant": "x", "en": "x"}
    grant_store_credit(user_id=bob.id, amount_minor=100_000, reason=reason, source=("test", new_id()), now=NOON)
    if has_passkey:
        Passkey.objects.create(
            user=bob, name="x", credential_id=str(bob.id), credential=b"", sign_count=0, made_at=NOON
        )
    return bob


def hash_of(bob, variant) -> str:
    lines = [WantedLine(variant.pk, 1)]
    code = Address.objects.get(user=bob).region_code
    return work_out_price(lines=lines, choices=USE, buyer_id=bob.id, region_code=code, now=NOON).hash


def order(bob, variant, *, key=None, now=NOON) -> Order:
    return place_order(
        buyer_id=bob.id, lines=[WantedLine(variant.pk, 1)], address_id=Address.objects.get(user=bob).pk,
        choices=USE, quote_hash=None, via="", provider="sandbox", idempotency_key=key or new_id(), now=now,
    ).order  # fmt: skip


def confirmed(bob, about: str) -> Proof:
    return Proof.objects.create(
        user=bob, about=about, by_passkey=True, made_at=NOON, expires_at=NOON + timedelta(minutes=5)
    )


def test_a_small_payment_and_one_without_a_passkey_need_no_proof(bob):
    assert order(bob, make_variant(price_minor=19_000)).tendered_minor == 19_000
    assert order(with_credit(has_passkey=False), make_variant(price_minor=30_000)).tendered_minor == 30_000


def test_a_large_payment_needs_one_and_without_it_nothing_is_written(bob):
    with pytest.raises(CreditNeedsProof):
        order(bob, make_variant(price_minor=30_000))

    assert not Order.objects.exists()


def test_the_amount_is_the_buyers_choice(bob):
    ConfirmChoice.objects.create(user=bob, from_minor=0, chosen_at=NOON)
    with pytest.raises(CreditNeedsProof):
        order(bob, make_variant(price_minor=5_000))
    ConfirmChoice.objects.update(from_minor=50_000)

    assert order(bob, make_variant(price_minor=30_000)).tendered_minor == 30_000


def test_a_proof_about_this_price_pays_once_and_a_repeat_answers_the_same_order(bob):
    variant, key = make_variant(price_minor=30_000), new_id()
    confirmed(bob, about_payment(hash_of(bob, variant)))

    first = order(bob, variant, key=key)

    assert order(bob, variant, key=key).pk == first.pk
    with pytest.raises(CreditNeedsProof):
        order(bob, variant)
    assert Order.objects.count() == 1


def test_a_proof_about_another_price_another_person_or_ones_security_does_not_count(bob):
    variant, other = make_variant(price_minor=30_000), make_variant(price_minor=30_100)
    confirmed(bob, about_payment(hash_of(bob, other)))
    confirmed(bob, SECURITY)
    carol = with_credit()
    confirmed(carol, about_payment(hash_of(bob, variant)))

    with pytest.raises(CreditNeedsProof):
        order(bob, variant)

    assert not Order.objects.exists()
    assert Proof.objects.filter(used_at=None).count() == 3


def test_a_proof_that_is_too_old_does_not_count(bob):
    variant = make_variant(price_minor=30_000)
    confirmed(bob, about_payment(hash_of(bob, variant)))

    with pytest.raises(CreditNeedsProof):
        order(bob, variant, now=NOON + timedelta(minutes=5))

    assert not Order.objects.exists()


def test_one_proof_pays_one_of_two_orders_that_come_at_once(fresh_database):
    bob = with_credit()
    variant = make_variant(price_minor=30_000)
    confirmed(bob, about_payment(hash_of(bob, variant)))

    outcome = all_at_once(4, lambda number: order(bob, variant))

    assert len(outcome.answers) == 1
    assert {type(raised) for raised in outcome.raised} == {CreditNeedsProof}
    assert Order.objects.count() == 1


def test_control_a_proof_that_is_not_used_up_pays_every_one_of_them(fresh_database, monkeypatch):
    bob = with_credit()
    variant = make_variant(price_minor=30_000)
    confirmed(bob, about_payment(hash_of(bob, variant)))
    monkeypatch.setattr("backend.payments.actions.confirm_credit.use_proof", lambda **wanted: None)

    outcome = all_at_once(3, lambda number: order(bob, variant))

    assert Order.objects.count() == len(outcome.answers) > 1
