"""Many buyers of few pieces, all at the same moment, on connections of their own."""

from django.db import connection, transaction

from backend.core.ids import new_id
from backend.inventory.actions import release, reserve
from backend.inventory.errors import OutOfStock
from backend.inventory.models import Reservation, StockItem
from tests.factories.catalogue import NOON, make_product, make_variant, variant_ids
from tests.support.races import all_at_once

BUYERS = 24
PIECES = 5


def test_no_piece_is_sold_twice(fresh_database):
    variant = make_variant(stock=PIECES)

    outcome = all_at_once(BUYERS, lambda _: reserve(order_id=new_id(), demand={variant.id: 1}, now=NOON))

    assert len(outcome.answers) == PIECES
    assert {type(refusal) for refusal in outcome.raised} == {OutOfStock}
    assert StockItem.objects.get(pk=variant.pk).reserved == PIECES
    assert Reservation.objects.count() == PIECES


def test_control_looking_first_and_writing_after_sells_pieces_twice(fresh_database):
    """Without the condition in the statement the same race oversells, so the test above does test something."""
    variant = make_variant(stock=PIECES)

    def look_then_write(_number):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT on_hand - reserved FROM inventory_stockitem WHERE variant_id = %s", [variant.pk])
            left = cursor.fetchone()[0]
            cursor.execute("SELECT pg_sleep(0.05)")
            if left < 1:
                raise OutOfStock(variant_id=variant.pk, available=left)
            Reservation.objects.create(order_id=new_id(), variant=variant, quantity=1, changed_at=NOON)

    outcome = all_at_once(BUYERS, look_then_write)

    assert len(outcome.answers) > PIECES


def test_orders_that_name_the_same_kinds_in_other_orders_do_not_lock_each_other_out(fresh_database):
    product = make_product(variants=4, stock=1000)
    kinds = list(variant_ids(product))

    def buy_and_give_back(number):
        order_id = new_id()
        wanted = kinds if number % 2 else kinds[::-1]
        reserve(order_id=order_id, demand=[(kind, 1) for kind in wanted], now=NOON)
        release(order_id=order_id, now=NOON)

    outcome = all_at_once(BUYERS, buy_and_give_back)

    assert outcome.raised == []
    assert set(StockItem.objects.filter(pk__in=kinds).values_list("reserved", flat=True)) == {0}
