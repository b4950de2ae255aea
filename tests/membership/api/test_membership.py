"""Tier and points through the API."""

from datetime import timedelta

import pytest

from backend.core import clock
from membership import actions
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

ASK = """
{ viewer {
    membership { tier { key name } nextTier { name threshold { minor } } progress qualifyingAmount { minor }
      pendingAmount { minor } neededAmount { minor } why { label detail } tiers { key perks } }
    points { available pending entries { edges { node { title points state stateLabel
      why { label detail at } } } } } } }
"""


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def bought(person, goods_minor=3990):
    order = make_confirmed_order(buyer_id=person.id, goods_minor=goods_minor)
    actions.count_order(order_id=order.id, now=NOON)
    return order


def test_an_order_shows_as_pending_points_and_pending_progress_with_the_reason():
    bob = make_person()
    bought(bob)

    viewer = Api(bob)(ASK)["viewer"]

    assert (viewer["points"]["pending"], viewer["points"]["available"]) == (39, 0)
    entry = viewer["points"]["entries"]["edges"][0]["node"]
    assert [step["label"] for step in entry["why"]] == ["你买了东西", "按这条规则", "这样算出来", "待生效"]
    assert entry["why"][2]["detail"] == "¥39.90 × 1 = 39 积分，不足 1 分舍去"
    membership = viewer["membership"]
    assert (membership["pendingAmount"]["minor"], membership["qualifyingAmount"]["minor"]) == (3990, 0)
    assert membership["neededAmount"]["minor"] == 26_010
    assert membership["why"][0]["label"] == "退货期过后计入"


def test_the_same_in_english():
    bob = make_person()
    bought(bob)

    entry = Api(bob, locale="en")(ASK)["viewer"]["points"]["entries"]["edges"][0]["node"]

    assert entry["title"] == "Points for shopping"
    assert entry["why"][2]["detail"] == "¥39.90 × 1 = 39 points, rounded down"


def test_kept_spending_lifts_the_tier():
    bob = make_person()
    order = bought(bob, goods_minor=30_000)
    actions.start_return_window(order_id=order.id, delivered_at=NOON - timedelta(days=9))
    actions.vest_spending(now=NOON)

    membership = Api(bob)(ASK)["viewer"]["membership"]

    assert (membership["tier"]["key"], membership["nextTier"]["threshold"]["minor"]) == ("leaf", 100_000)


def test_nobody_has_no_points():
    assert Api()(ASK)["viewer"] is None


def test_a_long_statement_costs_no_more_statements_of_sql():
    bob = make_person()
    for _ in range(2):
        bought(bob)
    few = queries_of(lambda: Api(bob)(ASK))
    for _ in range(15):
        bought(bob)

    assert queries_of(lambda: Api(bob)(ASK)) == few
