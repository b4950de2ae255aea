"""Trade-ins through the API: the arithmetic before anything is asked for, who sees what, and what a list costs."""

import pytest

from backend.core.clock import frozen
from tests.factories.aftersales import make_agent
from tests.factories.orders import LATER, make_buyer
from tests.factories.tradein import GOOD, ask, make_list
from tests.support.api import Api
from tests.support.queries import queries_of

WORTH = """query ($id: ID!, $answers: JSON!) { tradeInWorth(kindId: $id, answers: $answers) {
    isTaken offered { minor } steps { ask answer amount { minor } } } }"""
ONE = "query ($id: ID!) { tradeIn(id: $id) { id stateLabel pictures { src } person { name } } }"
MINE = "query { viewer { tradeIns(first: 20) { edges { node { id title pictures { src } foundPictures { src } } } } } }"


@pytest.fixture(autouse=True)
def _then():
    with frozen(LATER):
        yield


def test_anybody_sees_the_arithmetic_and_an_open_question_gives_none(db):
    price_list = make_list()
    api = Api(None, locale="en")

    worth = api(WORTH, id=str(price_list.kind_id), answers=GOOD)["tradeInWorth"]

    assert (worth["isTaken"], worth["offered"]["minor"]) == (True, 8000)
    assert [step["amount"]["minor"] for step in worth["steps"]] == [10_000, 0, -2000]
    assert api(WORTH, id=str(price_list.kind_id), answers={})["tradeInWorth"] is None


def test_the_owner_and_the_desk_see_a_thing_and_a_stranger_does_not(db):
    trade_in = ask(make_list())

    assert Api(trade_in.person)(ONE, id=str(trade_in.pk))["tradeIn"] is not None
    assert Api(make_agent())(ONE, id=str(trade_in.pk))["tradeIn"] is not None
    assert Api(make_buyer("Mallory"))(ONE, id=str(trade_in.pk))["tradeIn"] is None


def test_a_list_of_things_costs_the_same_for_two_and_for_five(db):
    price_list, person = make_list(), make_buyer()
    for _ in range(2):
        ask(price_list, person)
    Api(person)(MINE)
    few = queries_of(lambda: Api(person)(MINE))
    for _ in range(3):
        ask(price_list, person)

    assert queries_of(lambda: Api(person)(MINE)) == few
