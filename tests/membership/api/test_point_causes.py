"""Each line of the statement says what moved the points."""

from datetime import timedelta

import pytest

from backend.core.money import Money
from membership import actions
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, make_confirmed_order, make_person
from tests.support.api import Api

pytestmark = pytest.mark.django_db

ENTRIES = "{ viewer { points { entries(first: 20) { edges { node { kind cause state } } } } } }"


def causes(person):
    edges = Api(person).payload(ENTRIES)["points"]["entries"]["edges"]
    return sorted((edge["node"]["kind"], edge["node"]["cause"]) for edge in edges)


def test_orders_and_check_ins_are_told_apart():
    bob = make_person()
    actions.count_order(order_id=make_confirmed_order(buyer_id=bob.id).id, now=NOON)
    actions.check_in(user_id=bob.id, now=NOON)

    assert causes(bob) == [("LOT", "CHECK_IN"), ("LOT", "ORDER")]


def test_what_was_refunded_and_what_lapsed_say_so():
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)
    actions.count_order(order_id=order.id, now=NOON)
    actions.reduce_order(order_id=order.id, refunded=Money(order.total_minor), now=NOON)
    give_points(bob, 10, lasts=timedelta(days=1))
    actions.expire_points(now=NOON + timedelta(days=3))

    assert causes(bob) == [("LOT", "EXPIRY"), ("LOT", "RETURN")]
