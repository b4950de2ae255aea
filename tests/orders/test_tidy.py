"""Orders that are over: out of sight, bought again, found again; and another address in time."""

import pytest

from backend.accounts.actions import save_address
from backend.cart.models import CartLine
from backend.checkout.actions import cancel_order, change_order_address
from backend.checkout.errors import AddressFixed, ShippingDiffers
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.orders.actions import buy_again, hide_order
from backend.orders.errors import OrderStillOpen
from backend.orders.models import Order
from backend.orders.selectors import orders_of
from tests.factories.accounts import address_text
from tests.factories.catalogue import make_variant
from tests.factories.orders import LATER, make_buyer, make_closed_order, make_order

pytestmark = pytest.mark.django_db


def shown(buyer, words=""):
    page = orders_of(buyer_id=buyer.pk, state=None, first=10, after=None, now=LATER, words=words)
    return [row["id"] for row in page.nodes]


def test_an_order_that_is_over_can_be_put_out_of_sight_and_an_open_one_cannot():
    closed, open_one = make_closed_order().order, make_order().order

    hide_order(order_id=closed.pk, buyer_id=closed.buyer_id, now=LATER)
    hide_order(order_id=closed.pk, buyer_id=closed.buyer_id, now=LATER)

    assert shown(closed.buyer) == []
    with pytest.raises(OrderStillOpen):
        hide_order(order_id=open_one.pk, buyer_id=open_one.buyer_id, now=LATER)
    with pytest.raises(NotFound):
        hide_order(order_id=open_one.pk, buyer_id=closed.buyer_id, now=LATER)
    assert shown(open_one.buyer) == [open_one.pk]


def test_orders_are_found_by_number_and_by_the_name_of_a_product():
    bob = make_buyer("Bob")
    order = make_order(buyer=bob).order

    assert shown(bob, order.number[:8].lower()) == shown(bob, "多肉") == shown(bob, "succulents") == [order.pk]
    assert shown(bob, "100%_") == shown(bob, "茶") == []


def test_buying_again_puts_into_the_cart_what_can_be_had():
    bob, there, gone = make_buyer("Bob"), make_variant(stock=10), make_variant(stock=1)
    order = make_order(buyer=bob, variants=[(there, 2), (gone, 1)]).order

    assert buy_again(order_id=order.pk, buyer_id=bob.pk, now=LATER) == 1

    assert list(CartLine.objects.values_list("variant_id", "quantity")) == [(there.pk, 2)]
    with pytest.raises(NotFound):
        buy_again(order_id=order.pk, buyer_id=make_buyer().pk, now=LATER)


def test_an_order_goes_elsewhere_until_it_is_packed_if_sending_costs_the_same():
    bob = make_buyer("Bob")
    order = make_order(buyer=bob).order
    near = save_address(user_id=bob.pk, text=address_text(line="天目山路 9 号"), now=LATER)
    far_text = address_text(province="新疆维吾尔自治区", city="乌鲁木齐市", district="天山区")
    far = save_address(user_id=bob.pk, text=far_text, now=LATER)

    changed = change_order_address(order_id=order.pk, buyer_id=bob.pk, address_id=near.pk, now=LATER)
    assert changed.address["line"] == "天目山路 9 号"

    with pytest.raises(ShippingDiffers):
        change_order_address(order_id=order.pk, buyer_id=bob.pk, address_id=far.pk, now=LATER)
    with pytest.raises(NotFound):
        change_order_address(order_id=order.pk, buyer_id=bob.pk, address_id=new_id(), now=LATER)
    cancel_order(order_id=order.pk, buyer_id=bob.pk, idempotency_key=new_id(), now=LATER)
    with pytest.raises(AddressFixed):
        change_order_address(order_id=order.pk, buyer_id=bob.pk, address_id=near.pk, now=LATER)
    assert Order.objects.get().address["line"] == "天目山路 9 号"
