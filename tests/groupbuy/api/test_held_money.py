"""Money that is only held, and a leader's discount, through the API."""

import pytest

from backend.accounts.models import Address
from backend.payments import ports
from backend.payments.ports import register_provider
from groupbuy.actions import expire_group
from groupbuy.models import Seat
from referrals.invites.actions import note_identifiers
from tests.factories.authorisations import HoldingProvider, join_held, make_held_group, settle_held
from tests.factories.groupbuy import let_pass, make_offered_product, order_opening
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment
from tests.groupbuy.test_join_group import kept_order
from tests.groupbuy.test_newcomers import newcomers_group, phoned
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

GROUP = """
query Group($id: ID!) { group(id: $id) {
  state holdsMoneyFirst myMoneyIsHeld myLeaderDiscount { minor } refundTimeline { key label isDone }
  product { groupOffer { holdsMoneyFirst rules } } } }
"""
ORDER = "query Order($id: ID!) { order(id: $id) { capturesLater payment { state } } }"
WAYS = "{ paymentProviders { name canHold } }"
MINE = "{ viewer { groups(first: 20) { edges { node { id myMoneyIsHeld myLeaderDiscount { minor } } } } } }"
JOIN = """
mutation Join($input: JoinGroupInput!) { joinGroup(input: $input) { errors { code message } } }
"""


@pytest.fixture(autouse=True)
def provider():
    known = ports.require_provider("sandbox")
    register_provider(HoldingProvider())
    yield
    register_provider(known)


def test_a_group_says_that_money_is_only_held_and_to_whom_it_is():
    group, (leader,) = make_held_group()

    mine = Api(group.leader)(GROUP, id=group.id)["group"]
    strangers = Api(make_buyer("Mallory"))(GROUP, id=group.id)["group"]

    assert (mine["holdsMoneyFirst"], mine["myMoneyIsHeld"], mine["refundTimeline"]) == (True, True, [])
    assert (strangers["holdsMoneyFirst"], strangers["myMoneyIsHeld"]) == (True, False)
    assert mine["product"]["groupOffer"]["holdsMoneyFirst"]
    assert any("冻结" in rule for rule in mine["product"]["groupOffer"]["rules"])
    order = Api(group.leader)(ORDER, id=leader.order.id)["order"]
    assert (order["capturesLater"], order["payment"]["state"]) == (True, "AUTHORISED")


def test_a_failed_group_shows_how_the_hold_is_released(deliver_outbox):
    group, _placed = make_held_group()
    let_pass(group)
    expire_group(group_id=group.id, now=this_moment())
    before = Api(group.leader)(GROUP, id=group.id)["group"]["refundTimeline"]
    settle_held()
    deliver_outbox()

    after = Api(group.leader)(GROUP, id=group.id)["group"]

    assert [step["isDone"] for step in before] == [True, True, False]
    assert [step["isDone"] for step in after["refundTimeline"]] == [True, True, True]
    assert after["refundTimeline"][-1]["label"] == "已解冻，没有扣款"
    assert after["myMoneyIsHeld"]


def test_the_ways_to_pay_say_who_can_hold_money():
    ways = Api(make_buyer())(WAYS)["paymentProviders"]

    assert [way["canHold"] for way in ways if way["name"] == "sandbox"] == [True]


def test_only_the_leader_reads_of_the_discount():
    product = make_offered_product(size=3, leaderDiscountMinor=500)
    placed = order_opening(product)
    pay(placed, now=this_moment())
    group_id = Seat.objects.get(order=placed.order).group_id

    mine = Api(placed.order.buyer)(GROUP, id=group_id)["group"]
    strangers = Api(make_buyer("Mallory"))(GROUP, id=group_id)["group"]

    assert (mine["myLeaderDiscount"]["minor"], strangers["myLeaderDiscount"]) == (500, None)


def test_a_list_of_groups_costs_the_same_at_two_and_at_six():
    buyer = make_buyer("Often")
    for _each in range(2):
        join_held(make_held_group()[0], buyer=buyer)
    two = queries_of(lambda: Api(buyer)(MINE))
    for _each in range(4):
        join_held(make_held_group()[0], buyer=buyer)

    assert queries_of(lambda: Api(buyer)(MINE)) == two


def test_somebody_who_is_known_again_is_told_so_in_words():
    old = phoned(make_buyer("Old"), "13911110000")
    order = kept_order(old)
    order.address = {"phone": "13911110000"}
    order.save(update_fields=["address"])
    note_identifiers(people=[old.id], now=this_moment())
    group = newcomers_group()
    newcomer = phoned(make_buyer("Again"), "13911110000")
    wanted = {
        "groupId": group.id,
        "variantId": next(iter(group.prices)),
        "quantity": 1,
        "addressId": Address.objects.get(user=newcomer).pk,
        "idempotencyKey": "0192f3a0-0000-7000-8000-00000000a001",
    }

    answer = Api(newcomer)(JOIN, input=wanted)["joinGroup"]

    assert [error["code"] for error in answer["errors"]] == ["LINKED_TO_BUYER"]
    assert "新人团" in answer["errors"][0]["message"]
