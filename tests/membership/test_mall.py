"""The points mall: a coupon at once, goods as a real order, everything or nothing."""

import pytest

from backend.accounts.models import Address
from backend.checkout.actions import cancel_order
from backend.checkout.errors import AddressNeeded
from backend.core.ids import new_id
from backend.orders.models import Order, OrderState
from backend.promotions.models import Coupon
from membership import actions, selectors
from membership.errors import MallItemClosed, MallItemGone, MallLimitReached, MallTierNeeded, PointsTooFew
from membership.models import ExchangeState, MallExchange, MallItem, PointSpend
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, make_mall_coupon, make_mall_goods, make_person, put_on_tier
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db


def redeem(person, item, *, key=None, address=None):
    return actions.redeem_item(
        user_id=person.id, item_id=item.pk, address_id=address, idempotency_key=key or new_id(), now=NOON
    )


def usable(person) -> int:
    return selectors.points_available(person.id, now=NOON).amount


def home_of(person):
    return Address.objects.values_list("pk", flat=True).get(user=person, is_default=True)


def test_points_become_a_coupon():
    bob, item = make_person(), make_mall_coupon(points=100, left=3)
    give_points(bob, 150)

    exchange = redeem(bob, item)

    assert Coupon.objects.get(pk=exchange.coupon_id).user_id == bob.id
    assert (usable(bob), MallItem.objects.get().left) == (50, 2)
    assert selectors.lots_that_disagree() == []


def test_a_double_tap_exchanges_once():
    bob, item, key = make_person(), make_mall_coupon(points=100, per_person=5), new_id()
    give_points(bob, 500)

    assert redeem(bob, item, key=key) == redeem(bob, item, key=key)

    assert (usable(bob), Coupon.objects.count()) == (400, 1)


@pytest.mark.parametrize(
    ("points", "left", "tier", "is_open", "refusal"),
    [
        (50, 5, None, True, PointsTooFew),
        (500, 0, None, True, MallItemGone),
        (500, 5, "gold", True, MallTierNeeded),
        (500, 5, None, False, MallItemClosed),
    ],
)
def test_what_cannot_be_had_is_refused_and_nothing_is_written(points, left, tier, is_open, refusal):
    bob, item = make_person(), make_mall_coupon(points=100, left=left, tier=tier, is_open=is_open)
    give_points(bob, points)

    with pytest.raises(refusal):
        redeem(bob, item)

    assert (usable(bob), MallItem.objects.get().left) == (points, left)
    assert not (MallExchange.objects.exists())
    assert not (PointSpend.objects.exists())
    assert not (Coupon.objects.exists())


def test_each_person_has_as_many_as_one_may():
    bob, item = make_person(), make_mall_coupon(points=100)
    give_points(bob, 500)
    redeem(bob, item)

    with pytest.raises(MallLimitReached):
        redeem(bob, item)

    assert usable(bob) == 400


def test_goods_are_a_real_order_without_money_that_is_paid_and_will_be_sent():
    bob, item = make_buyer("Bob"), make_mall_goods(points=500)
    put_on_tier(bob, "gold")
    give_points(bob, 600)

    exchange = redeem(bob, item, address=home_of(bob))

    order = Order.objects.get(pk=exchange.order_id)
    assert (order.total_minor, order.state) == (0, OrderState.PAID)
    assert (usable(bob), MallItem.objects.get().left) == (100, 4)
    assert {each.kind for each in selectors.adjustments_of_order(order.id)} == {"mall_goods", "mall_shipping"}
    assert selectors.lots_that_disagree() == selectors.prices_that_disagree() == []


def test_goods_that_are_cancelled_give_points_and_piece_back_once():
    bob, item = make_buyer("Bob"), make_mall_goods(points=500)
    give_points(bob, 600)
    exchange = redeem(bob, item, address=home_of(bob))

    cancel_order(order_id=exchange.order_id, buyer_id=bob.id, idempotency_key=new_id(), now=NOON)
    actions.give_back_exchange(order_id=exchange.order_id, now=NOON)

    exchange.refresh_from_db()
    assert (exchange.state, usable(bob), MallItem.objects.get().left) == (ExchangeState.RETURNED, 600, 5)
    assert selectors.lots_that_disagree() == []


def test_goods_need_an_address_and_without_one_the_points_stay():
    bob, item = make_buyer("Bob"), make_mall_goods(points=500)
    give_points(bob, 600)

    with pytest.raises(AddressNeeded):
        redeem(bob, item)

    assert (usable(bob), Order.objects.count(), MallItem.objects.get().left) == (600, 0, 5)
