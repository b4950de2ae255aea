"""What race 10 of the drill rests on, each part with its control."""

from tests.drill.race_10_flash_sale import false_sold_outs, naive_oversell
from tests.factories.flash import make_sale, make_shopper, order_with, sums, token_for
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
