"""What a buyer may ask of an order: a note, a place far away, store credit, and that it leaves the cart."""

import pytest

from backend.accounts.actions import save_address
from backend.accounts.models import Address
from backend.cart.models import CartLine
from backend.checkout.actions import Wishes, place_order, work_out_price
from backend.checkout.errors import PriceChanged
from backend.checkout.invoice_rules import InvoiceFor
from backend.checkout.models import InvoiceWish
from backend.checkout.selectors import WantedLine
from backend.core.errors import InvalidInput, KeyReused
from backend.core.ids import new_id
from backend.fulfilment.errors import SlotNotOffered
from backend.fulfilment.models import DeliveryWindow, DeliveryWish
from backend.fulfilment.selectors import offered_slots
from backend.inventory.errors import OutOfStock
from backend.orders.models import Order, OrderState
from backend.payments.actions import grant_store_credit
from tests.cart.ground import of, put
from tests.checkout.sources import CHOICE, StandIn, taking_part
from tests.factories.accounts import address_text
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db


def order(buyer, *variants, **wanted):
    return place_order(
        **{
            "buyer_id": buyer.pk,
            "lines": [WantedLine(variant.pk, 1) for variant in variants],
            "address_id": Address.objects.get(user=buyer, is_default=True).pk,
            "choices": {},
            "quote_hash": None,
            "via": "",
            "provider": "sandbox",
            "idempotency_key": new_id(),
            "now": NOON,
            **wanted,
        }
    )


CREDIT = {"store_credit": {"use": True}}


def give_credit(buyer, minor):
    grant_store_credit(
        user_id=buyer.pk,
        amount_minor=minor,
        reason=dict.fromkeys(("zh-Hans", "zh-Hant", "en"), "x"),
        source=("test", new_id()),
        now=NOON,
    )


def test_what_is_ordered_leaves_the_cart_and_the_rest_stays():
    bob, ordered, kept = make_buyer("Bob"), make_variant(), make_variant()
    put(of(bob), ordered)
    put(of(bob), kept)

    order(bob, ordered, leaves_cart=True)

    assert list(CartLine.objects.values_list("variant_id", flat=True)) == [kept.pk]


def test_an_order_that_is_refused_leaves_the_cart_as_it_was():
    bob, variant = make_buyer("Bob"), make_variant(stock=1)
    put(of(bob), variant)

    with pytest.raises(OutOfStock):
        order(bob, variant, lines=[WantedLine(variant.pk, 2)], leaves_cart=True)

    assert CartLine.objects.count() == 1
    assert not Order.objects.exists()


def test_the_note_is_kept_as_one_clean_line_and_belongs_to_the_request():
    bob, variant, key = make_buyer("Bob"), make_variant(), new_id()

    placed = order(bob, variant, wishes=Wishes(note="  放门口\n 谢谢 "), idempotency_key=key)

    assert placed.order.note == "放门口 谢谢"
    with pytest.raises(KeyReused):
        order(bob, variant, wishes=Wishes(note="别的"), idempotency_key=key)
    with pytest.raises(InvalidInput):
        order(bob, variant, wishes=Wishes(note="长" * 201))
    assert Order.objects.count() == 1


def test_sending_far_away_costs_more_and_is_free_from_a_higher_amount():
    bob, cheap, dear = make_buyer("Bob"), make_variant(price_minor=5990), make_variant(price_minor=9900)
    text = address_text(province="新疆维吾尔自治区", city="乌鲁木齐市", district="天山区")
    far = save_address(user_id=bob.pk, text=text, now=NOON)

    assert order(bob, cheap).order.shipping_minor == 0
    assert order(bob, cheap, address_id=far.pk).order.shipping_minor == 1200
    assert order(bob, dear, address_id=far.pk).order.shipping_minor == 0
    assert Order.objects.filter(address__region_code="650102").count() == 2


def test_an_invoice_and_a_time_of_delivery_are_asked_for_together_with_the_order():
    bob, variant, key = make_buyer("Bob"), make_variant(), new_id()
    slot = offered_slots(province="浙江省", now=NOON)[0]
    invoice = InvoiceFor(way="ELECTRONIC", title="王小满")
    wishes = Wishes(invoice=invoice, delivery=(slot["day"], DeliveryWindow(slot["window"])))

    placed = order(bob, variant, wishes=wishes, idempotency_key=key)
    again = order(bob, variant, wishes=wishes, idempotency_key=key)

    assert again.order.pk == placed.order.pk
    assert InvoiceWish.objects.get().title == "王小满"
    assert DeliveryWish.objects.get().day_on == slot["day"]
    with pytest.raises(KeyReused):
        order(bob, variant, idempotency_key=key)


def test_a_wish_that_cannot_be_kept_places_no_order():
    bob, variant = make_buyer("Bob"), make_variant()
    never = (NOON.date(), DeliveryWindow.MORNING)
    wrong = InvoiceFor(way="ELECTRONIC", title="团子公司", tax_number="123")

    with pytest.raises(SlotNotOffered):
        order(bob, variant, wishes=Wishes(delivery=never))
    with pytest.raises(InvalidInput):
        order(bob, variant, wishes=Wishes(invoice=wrong))

    assert not Order.objects.exists()
    assert not InvoiceWish.objects.exists()


def test_store_credit_lowers_what_is_paid_and_not_the_price():
    bob, variant = make_buyer("Bob"), make_variant(price_minor=5990)

    give_credit(bob, 1000)
    placed = order(bob, variant, choices=CREDIT)

    assert (placed.order.total_minor, placed.order.tendered_minor) == (5990, 1000)
    assert placed.payment.amount_minor == 4990


def test_an_order_with_nothing_left_to_pay_is_paid_at_once():
    bob, variant = make_buyer("Bob"), make_variant(price_minor=5990)

    give_credit(bob, 10_000)
    placed = order(bob, variant, choices=CREDIT)

    placed.order.refresh_from_db()
    assert (placed.order.state, placed.payment.amount_minor) == (OrderState.PAID, 0)


def test_each_part_of_a_price_that_moved_is_told():
    bob, variant = make_buyer("Bob"), make_variant(price_minor=4000)
    lines = [WantedLine(variant.pk, 1)]
    with taking_part(StandIn(off_minor=300)):
        seen = work_out_price(lines=lines, choices=CHOICE, buyer_id=bob.pk, now=NOON).hash
    variant.price_minor = 5200
    variant.save(update_fields=["price_minor"])

    with taking_part(StandIn(off_minor=200)), pytest.raises(PriceChanged) as refused:
        order(bob, variant, choices=CHOICE, quote_hash=seen)

    told = {(each["what"], each["beforeMinor"], each["afterMinor"]) for each in refused.value.changes}
    assert told == {("unitPrice", 4000, 5200), ("stand_in", 300, 200), ("shipping", 600, 0), ("total", 4300, 5000)}
    assert not Order.objects.exists()
