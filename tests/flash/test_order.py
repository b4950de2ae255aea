"""Ordering in a flash sale: reserved, paid, given back, late."""

from datetime import timedelta

import pytest

from backend.accounts.models import Address
from backend.checkout.actions import cancel_order, close_order, work_out_price
from backend.checkout.actions.close_order import close_if_overdue
from backend.checkout.rules import NOT_PAID
from backend.checkout.selectors import WantedLine
from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.flash import rules
from backend.flash.actions import abort_sale, close_sale
from backend.flash.errors import (
    FlashAlreadyBought,
    FlashLimit,
    FlashOver,
    FlashSoldOut,
    FlashTokenRefused,
)
from backend.flash.models import FlashOrder, FlashOrderState
from backend.flash.selectors import miscounted_items, oversold
from backend.inventory.selectors import available_of, miscounted
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from backend.payments.models import Refund
from tests.factories.catalogue import make_variant
from tests.factories.flash import buy, flash_order, make_sale, make_shopper, order_with, sums, the_item, token_for
from tests.factories.orders import make_order
from tests.factories.payments import pay
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db
SIX_MINUTES = timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _everything_adds_up():
    yield
    assert miscounted_items() == []
    assert miscounted() == []
    assert oversold() == 0
    assert conservation()["difference"] == 0


def free(sale):
    variant_id = the_item(sale).variant_id
    return available_of([variant_id])[variant_id]


def test_an_order_takes_the_flash_price_and_has_five_minutes_to_pay():
    sale, now = make_sale(price_minor=1990), this_moment()

    placed = buy(sale, now=now)

    assert placed.order.items_minor - placed.order.discount_minor == 1990
    assert placed.order.pay_deadline_at == now + rules.PAY_WITHIN
    assert placed.order.campaign_id == sale.campaign_id
    assert sums(sale) == (9, 1, 0, 0)
    assert flash_order(placed).state == FlashOrderState.RESERVED


def test_money_makes_the_piece_sold():
    sale = make_sale()
    placed = buy(sale)

    pay(placed, now=this_moment())

    assert placed.order.state == OrderState.PAID
    assert sums(sale) == (9, 0, 1, 0)
    assert flash_order(placed).state == FlashOrderState.SOLD


def test_what_is_not_paid_goes_back_and_can_be_bought_again():
    sale = make_sale(quota=1)
    placed = buy(sale)
    assert sums(sale) == (0, 1, 0, 0)

    later = this_moment() + SIX_MINUTES
    assert close_if_overdue(order_id=placed.order.id, now=later)

    assert sums(sale) == (1, 0, 0, 0)
    assert flash_order(buy(sale, now=later)).state == FlashOrderState.RESERVED


def test_a_cancelled_paid_order_goes_back_to_the_sale():
    sale = make_sale(quota=1)
    placed = buy(sale)
    pay(placed, now=this_moment())

    cancel_order(order_id=placed.order.id, buyer_id=placed.order.buyer_id, idempotency_key=new_id(), now=this_moment())

    assert sums(sale) == (1, 0, 0, 0)
    assert free(sale) == 0


def test_a_cancelled_paid_order_goes_to_the_shelf_when_the_sale_is_over():
    sale = make_sale(quota=1)
    placed = buy(sale)
    pay(placed, now=this_moment())
    abort_sale(sale_id=sale.pk, now=this_moment())

    cancel_order(order_id=placed.order.id, buyer_id=placed.order.buyer_id, idempotency_key=new_id(), now=this_moment())

    assert sums(sale) == (0, 0, 0, 1)
    assert free(sale) == 1


def test_money_at_five_minutes_and_one_second_is_kept_while_the_order_was_not_closed():
    sale = make_sale()
    placed = buy(sale)

    pay(placed, now=this_moment() + timedelta(minutes=5, seconds=1))

    assert placed.order.state == OrderState.PAID
    assert placed.order.late_payment
    assert sums(sale) == (9, 0, 1, 0)


def test_money_after_the_order_was_closed_takes_a_piece_again_at_the_same_price():
    sale = make_sale(quota=2)
    placed = buy(sale)
    total = placed.order.total_minor
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=this_moment() + SIX_MINUTES)

    pay(placed, now=this_moment() + SIX_MINUTES)

    assert placed.order.state == OrderState.PAID
    assert placed.order.total_minor == total
    assert placed.order.late_payment
    assert sums(sale) == (1, 0, 1, 0)
    assert free(sale) == 0


def test_late_money_goes_back_when_somebody_else_has_the_piece():
    sale = make_sale(quota=1)
    placed = buy(sale)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=this_moment() + SIX_MINUTES)
    other = buy(sale, now=this_moment() + SIX_MINUTES)

    pay(placed, now=this_moment() + SIX_MINUTES)

    assert placed.order.state == OrderState.CANCELLED
    assert placed.order.late_payment
    assert Refund.objects.get(payment__order=placed.order).amount_minor == placed.order.total_minor
    assert sums(sale) == (0, 1, 0, 0)
    assert flash_order(other).state == FlashOrderState.RESERVED


def test_late_money_after_the_end_takes_a_piece_that_went_back_to_stock():
    sale = make_sale(quota=1)
    placed = buy(sale)
    late = this_moment() + timedelta(hours=4)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=late)
    close_sale(sale_id=sale.pk, now=late)
    assert free(sale) == 1

    pay(placed, now=late)

    assert placed.order.state == OrderState.PAID
    assert sums(sale) == (0, 0, 1, 0)
    assert free(sale) == 0


def test_late_money_after_the_end_goes_back_when_stock_is_gone():
    sale = make_sale(quota=1)
    placed = buy(sale)
    late = this_moment() + timedelta(hours=4)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=late)
    close_sale(sale_id=sale.pk, now=late)
    from_the_shelf(sale, late)

    pay(placed, now=late)

    assert placed.order.state == OrderState.CANCELLED
    assert Refund.objects.filter(payment__order=placed.order).exists()
    assert sums(sale) == (0, 0, 0, 1)


def from_the_shelf(sale, now):
    """Somebody buys the last piece at the normal price."""
    make_order(variants=[(the_item(sale).variant, 1)], now=now)


def test_late_money_of_someone_who_bought_again_goes_back():
    sale, buyer = make_sale(quota=5), make_shopper()
    first = buy(sale, buyer=buyer)
    close_order(order_id=first.order.id, reason=NOT_PAID, now=this_moment() + SIX_MINUTES)
    second = buy(sale, buyer=buyer, now=this_moment() + SIX_MINUTES)

    pay(first, now=this_moment() + SIX_MINUTES)

    assert first.order.state == OrderState.CANCELLED
    assert Refund.objects.filter(payment__order=first.order).exists()
    assert flash_order(second).state == FlashOrderState.RESERVED
    assert sums(sale) == (4, 1, 0, 0)


def refused(refusal, act):
    orders, taken = Order.objects.count(), FlashOrder.objects.count()
    with pytest.raises(refusal) as caught:
        act()
    assert (Order.objects.count(), FlashOrder.objects.count()) == (orders, taken)
    return caught.value


def test_a_token_buys_once_even_after_its_order_was_closed():
    sale, buyer = make_sale(), make_shopper()
    token = token_for(sale, buyer)
    placed = order_with(sale, token, buyer)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=this_moment() + SIX_MINUTES)

    refused(FlashTokenRefused, lambda: order_with(sale, token, buyer))

    assert sums(sale) == (10, 0, 0, 0)


def test_a_person_orders_once_in_a_sale_and_is_shown_the_order():
    sale, buyer = make_sale(), make_shopper()
    early, late = token_for(sale, buyer), token_for(sale, buyer)
    placed = order_with(sale, early, buyer)

    refusal = refused(FlashAlreadyBought, lambda: order_with(sale, late, buyer))

    assert refusal.details == {"orderId": str(placed.order.id)}
    assert sums(sale) == (9, 1, 0, 0)


def test_the_same_key_places_the_order_once():
    sale, buyer, key = make_sale(), make_shopper(), new_id()
    token, now = token_for(sale, buyer), this_moment()

    first = order_with(sale, token, buyer, key=key, now=now)
    again = order_with(sale, token, buyer, key=key, now=now)

    assert first.order.id == again.order.id
    assert sums(sale) == (9, 1, 0, 0)


def test_somebody_elses_token_a_forged_one_and_one_for_another_thing_are_refused():
    sale, buyer = make_sale(), make_shopper()
    token = token_for(sale, buyer)
    other = make_variant(stock=3)

    refused(FlashTokenRefused, lambda: order_with(sale, token, make_shopper()))
    refused(FlashTokenRefused, lambda: order_with(sale, token[:-2] + "zz", buyer))
    refused(FlashTokenRefused, lambda: order_with(sale, "x" * 5000, buyer))
    refused(FlashTokenRefused, lambda: order_with(sale, token, buyer, variant_id=other.pk))


def test_a_token_that_has_run_out_is_refused():
    sale, buyer = make_sale(), make_shopper()
    token = token_for(sale, buyer)

    refused(FlashTokenRefused, lambda: order_with(sale, token, buyer, now=this_moment() + rules.TOKEN_LIFE))


def test_a_page_that_was_kept_open_past_the_end_cannot_buy():
    sale, buyer = make_sale(lasts=timedelta(hours=1, minutes=1)), make_shopper()
    token = token_for(sale, buyer)

    refused(FlashOver, lambda: order_with(sale, token, buyer, now=this_moment() + timedelta(minutes=2)))


def test_a_sale_that_was_aborted_sells_no_more_and_honours_what_is_paid_and_reserved():
    sale, buyer = make_sale(quota=5), make_shopper()
    token = token_for(sale, buyer)
    paid, reserved = buy(sale), buy(sale)
    pay(paid, now=this_moment())

    abort_sale(sale_id=sale.pk, now=this_moment())
    refused(FlashOver, lambda: order_with(sale, token, buyer))
    pay(reserved, now=this_moment())

    assert paid.order.state == reserved.order.state == OrderState.PAID
    assert sums(sale) == (0, 0, 2, 3)
    assert free(sale) == 3


def test_more_than_a_person_may_take_is_refused():
    sale = make_sale(perPerson=2)

    assert refused(FlashLimit, lambda: buy(sale, quantity=3)).details == {"limit": 2}
    assert buy(sale, quantity=2).order.discount_minor > 0
    assert sums(sale) == (8, 2, 0, 0)


def test_pieces_that_lie_in_different_buckets_are_brought_together():
    sale = make_sale(quota=3, perPerson=3)

    placed = buy(sale, quantity=3)

    assert sums(sale) == (0, 3, 0, 0)
    assert flash_order(placed).quantity == 3


def test_when_everything_is_taken_one_is_told_so_and_nothing_is_written():
    sale, late = make_sale(quota=1), make_shopper()
    token = token_for(sale, late)
    buy(sale)

    refusal = refused(FlashSoldOut, lambda: order_with(sale, token, late))

    assert refusal.details == {"itemId": str(the_item(sale).pk)}
    assert sums(sale) == (0, 1, 0, 0)


def test_a_flash_price_is_for_one_thing():
    sale, buyer = make_sale(), make_shopper()
    token = token_for(sale, buyer)

    with pytest.raises(InvalidInput):
        work_out_price(
            lines=[WantedLine(the_item(sale).variant_id, 1), WantedLine(make_variant().pk, 1)],
            choices={"flash_price": {"token": token}},
            buyer_id=buyer.pk,
            now=this_moment(),
        )


def test_two_people_at_one_address_are_flagged_for_people_and_not_refused():
    sale = make_sale()
    one, two, far = make_shopper("One"), make_shopper("Two"), make_shopper("Far")
    live_together(one, two)

    first, second, third = (buy(sale, buyer=buyer) for buyer in (one, two, far))

    assert [flash_order(each).is_flagged for each in (first, second, third)] == [False, True, False]


def live_together(*people):
    """Give people one address."""
    Address.objects.filter(user__in=people).update(line="文三路 1 号 2 室")


def test_a_normal_order_of_the_same_variant_leaves_the_sale_alone():
    sale = make_sale(quota=5, stock=8)
    from_the_shelf(sale, this_moment())

    assert free(sale) == 2
    assert sums(sale) == (5, 0, 0, 0)


def test_a_budget_is_promised_spent_and_given_back():
    sale = make_sale(campaign={"budget_minor": 100_000}, price_minor=4990)
    kept, dropped = buy(sale), buy(sale)
    pay(kept, now=this_moment())
    close_order(order_id=dropped.order.id, reason=NOT_PAID, now=this_moment() + SIX_MINUTES)

    sale.campaign.refresh_from_db()
    assert (sale.campaign.reserved_minor, sale.campaign.spent_minor) == (0, kept.order.discount_minor)
