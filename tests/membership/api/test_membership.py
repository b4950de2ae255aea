"""Tier and points through the API."""

from datetime import timedelta

import pytest

from backend.core import clock
from membership import actions
from membership.models import Member, TierStep
from tests.factories.catalogue import NOON, make_variant
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


REWARDS = "{ viewer { orders(first: 20) { edges { node { id rewards { points kind } } } } } }"
QUOTE = "query ($input: QuoteInput!) { quote(input: $input) { pointsToEarn itemsTotal { minor } } }"


def test_the_rewards_of_a_page_of_orders_are_read_at_once():
    bob = make_person()
    bought(bob)
    asked = Api(bob)
    asked(REWARDS)
    with_one = queries_of(lambda: asked(REWARDS))
    for _ in range(3):
        bought(bob)

    orders = asked(REWARDS)["viewer"]["orders"]["edges"]

    assert [[reward["points"] for reward in edge["node"]["rewards"]] for edge in orders] == [[39]] * 4
    assert queries_of(lambda: asked(REWARDS)) == with_one


def test_a_quote_says_how_many_points_the_basket_would_earn():
    bob, variant = make_person(), make_variant(price_minor=3990, stock=5, now=NOON)

    quote = Api(bob)(QUOTE, input={"lines": [{"variantId": str(variant.pk), "quantity": 2}]})["quote"]

    assert quote == {"pointsToEarn": 79, "itemsTotal": {"minor": 7980}}


def test_a_higher_tier_earns_more_on_the_same_basket():
    bob, variant = make_person(), make_variant(price_minor=10_000, stock=5, now=NOON)
    gold = TierStep.objects.select_related("tier").order_by("-position")[0]
    Member.objects.update_or_create(pk=bob.pk, defaults={"tier": gold.tier, "since": NOON})

    quote = Api(bob)(QUOTE, input={"lines": [{"variantId": str(variant.pk), "quantity": 1}]})["quote"]

    assert quote["pointsToEarn"] == 95 * gold.multiplier_bps // 10_000
