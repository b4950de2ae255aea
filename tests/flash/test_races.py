"""What race 10 of the drill rests on, each part with its control."""

import threading
import time
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections, transaction

from backend.flash.actions import count_pieces
from backend.flash.models import FlashBucket, FlashSale
from tests.drill.race_10_flash_sale import false_sold_outs, naive_oversell
from tests.factories.flash import make_sale, make_shopper, order_with, sums, the_item, token_for
from tests.support.races import all_at_once


def test_nobody_is_told_sold_out_while_pieces_are_left(fresh_database):
    assert false_sold_outs(waits=True) == 0


def test_control_passing_over_held_buckets_without_waiting_tells_lies(fresh_database):
    """Without the wait the same race sends people away, so the test above does test something."""
    assert false_sold_outs(waits=False) > 0


def test_control_reading_first_and_writing_after_sells_more_than_there_is(fresh_database):
    assert naive_oversell() > 0


def test_one_person_on_two_devices_gets_one_order(fresh_database):
    sale, buyer = make_sale(quota=5), make_shopper()
    tokens = [token_for(sale, buyer) for _ in range(4)]

    outcome = all_at_once(4, lambda number: order_with(sale, tokens[number], buyer))

    assert len(outcome.answers) == 1
    assert {type(refusal).__name__ for refusal in outcome.raised} == {"FlashAlreadyBought"}
    assert sums(sale) == (4, 1, 0, 0)


def test_one_token_sent_by_many_hands_buys_once(fresh_database):
    sale, buyer = make_sale(quota=5), make_shopper()
    token = token_for(sale, buyer)

    outcome = all_at_once(6, lambda _: order_with(sale, token, buyer))

    assert len(outcome.answers) == 1
    assert {type(refusal).__name__ for refusal in outcome.raised} <= {"FlashAlreadyBought", "FlashTokenRefused"}
    assert sums(sale) == (4, 1, 0, 0)


def test_an_empty_answer_holds_no_bucket(fresh_database, monkeypatch):
    sale = make_sale(quota=4)
    slow_choice(monkeypatch)

    assert held_after_an_empty_answer(sale, lambda item_id: count_pieces.take_piece(item_id=item_id, quantity=1)) == 0


def test_control_a_bare_statement_keeps_the_buckets_that_it_found_empty(fresh_database, monkeypatch):
    """Holding these and waiting for the others in order is how two buyers come to stand in a ring."""
    sale = make_sale(quota=4)
    slow_choice(monkeypatch)

    def bare(item_id: UUID) -> None:
        with connection.cursor() as cursor:
            cursor.execute(count_pieces.TAKE_FREE, {"item_id": item_id, "quantity": 1})
            assert cursor.fetchone() is None

    assert held_after_an_empty_answer(sale, bare) > 0


def slow_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a moment pass between what the statement sees and what it locks."""
    slow = count_pieces.TAKE_FREE.replace("ORDER BY random()", "ORDER BY pg_sleep(0.5) IS NULL")
    assert slow != count_pieces.TAKE_FREE
    monkeypatch.setattr(count_pieces, "TAKE_FREE", slow)


def held_after_an_empty_answer(sale: FlashSale, take: Callable[[UUID], object]) -> int:
    """Empty the buckets while somebody chooses one; count what that person still holds after hearing of it."""
    item_id = the_item(sale).pk
    heard, counted = threading.Event(), threading.Event()

    def choose() -> None:
        try:
            with transaction.atomic():
                take(item_id)
                heard.set()
                counted.wait(timeout=30)
        finally:
            heard.set()
            connections.close_all()

    buyer = threading.Thread(target=choose)
    buyer.start()
    time.sleep(0.2)
    FlashBucket.objects.filter(item_id=item_id).update(available=0, sold=4 // FlashBucket.objects.count())
    assert heard.wait(timeout=30)
    held = sum(is_held(bucket_id) for bucket_id in FlashBucket.objects.values_list("pk", flat=True))
    counted.set()
    buyer.join(timeout=30)
    return held


def is_held(bucket_id: UUID) -> bool:
    """Whether somebody else has this bucket."""
    try:
        with transaction.atomic():
            FlashBucket.objects.select_for_update(nowait=True).get(pk=bucket_id)
    except OperationalError:
        return True
    return False
