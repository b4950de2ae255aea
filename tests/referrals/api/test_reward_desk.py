"""The reward desk and what a person sees of a reward that is looked at."""

from datetime import timedelta

import pytest

from backend.core import clock
from referrals.invites import actions
from referrals.invites.models import AttributionRule, FraudRule, InviteReward, SharedPlace
from tests.factories.accounts import make_person as make_member
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.referrals import make_invite_campaign, make_link
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

CASES = """
{ rewardDesk { held objected rule { version holdFrom weights { rule points } } places { text } }
  rewardCases(first: 20) { edges { node { id state score evidence { rule text points } inviter { name } invitee { name }
    orderNumber title } } } }
"""
CASE = """
query ($id: ID!) { rewardCase(id: $id) { case { id state } why { label detail at } losers similar { id score } } }
"""
DECIDE = """
mutation ($input: DecideRewardInput!) {
  decideReward(input: $input) { case { state note inviter { name } } errors { code message } }
}
"""
BACKTEST = """
{ fraudBacktest(holdFrom: 61, rejectFrom: 120) { moreHeld fewerHeld moved { wouldBe case { id inviter { name } } } } }
"""
SAVE = "mutation ($input: SaveFraudRuleInput!) { saveFraudRule(input: $input) { rule { version } errors { code } } }"
CREDIT = """
mutation ($input: SaveAttributionRuleInput!) {
  saveAttributionRule(input: $input) { rule { version windowDays touchOrder kinds bindingDays } errors { code field } }
}
"""
KINDS = ["friend", "creator_code", "creator_link"]
ALLOW = "mutation ($input: AllowPlaceInput!) { allowPlace(input: $input) { place { id text } errors { code } } }"
OBJECT = """
mutation ($input: ObjectToRejectionInput!) {
  objectToRejection(input: $input) { reward { state nextStep why { label } } errors { code } }
}
"""
MINE = """
{ viewer { invites { heldPoints pendingPoints
  leaderboard { ownPlace entries { place name isViewer friends person { name } } }
  invited(first: 20) { edges { node { state stateLabel whyNot friends { number named { name } } } } }
  rewards(first: 20) { edges { node {
    kind state stateLabel nextStep heldUntil reason canObject points why { label } } } } } } }
"""
SHOW = "mutation { showInviteName(input: {showsName: true}) { showsName errors { code } } }"


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def desk():
    return Api(make_member("Clerk", roles=("growth",)))


def brought(ali, name="Bob"):
    bob = make_person(name)
    at = NOON - timedelta(days=2)
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=at, now=at)
    return bob


def reward(bob):
    return actions.reward_invite(order_id=make_confirmed_order(buyer_id=bob.id).id, now=NOON)


def held(ali, name="Bob", phone="+8613900139000"):
    bob = brought(ali, name)
    for person in (ali, bob):
        order = make_confirmed_order(buyer_id=person.id, now=NOON - timedelta(days=1))
        type(order).objects.filter(pk=order.pk).update(address={"phone": phone}, confirmed_at=None)
    return bob, {each.side: each for each in reward(bob)}


def test_the_desk_sees_evidence_and_decides_with_a_reason(desk):
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")
    _bob, rewards = held(ali)

    seen = desk(CASES)
    decided = desk.payload(
        DECIDE, input={"rewardId": str(rewards["INVITER"].pk), "isReleased": True, "note": "两位室友"}
    )

    assert (seen["rewardDesk"]["held"], seen["rewardDesk"]["rule"]["version"]) == (2, 2)
    case = seen["rewardCases"]["edges"][0]["node"]
    assert case["evidence"] == [{"rule": "same_phone", "text": "双方用同一个手机号", "points": 60}]
    assert (case["inviter"]["name"], case["invitee"]["name"]) == ("Ali", "Bob")
    assert decided == {"case": {"state": "PENDING", "note": "两位室友", "inviter": {"name": "Ali"}}, "errors": []}


@pytest.mark.parametrize("roles", [(), ("moderator",), ("support",)])
def test_only_growth_sees_the_desk(roles):
    make_invite_campaign(inviter=50, invitee=20)
    _bob, rewards = held(make_person("Ali"))
    stranger = Api(make_member("Mallory", roles=roles))

    payload = stranger.payload(
        DECIDE, input={"rewardId": str(rewards["INVITER"].pk), "isReleased": True, "note": "mine"}
    )

    assert payload["errors"][0]["code"] == "NOT_ALLOWED"
    assert set(InviteReward.objects.values_list("state", flat=True)) == {"HELD"}


def test_a_case_shows_why_and_similar_ones(desk):
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")
    _bob, first = held(ali)
    _carol, second = held(ali, "Carol")

    found = desk(CASE, id=str(first["INVITER"].pk))["rewardCase"]

    assert {each["id"] for each in found["similar"]} == {str(each.pk) for each in second.values()}
    assert [step["label"] for step in found["why"]] == ["链接被打开", "首单", "按这条规则", "核对中"]


def test_a_threshold_is_tried_before_it_is_saved_and_a_wrong_one_is_refused(desk):
    make_invite_campaign(inviter=50, invitee=20)
    held(make_person("Ali"))
    weights = [{"rule": name, "points": points} for name, points in FraudRule.objects.latest("version").weights.items()]
    rule = {"holdFrom": 61, "rejectFrom": 120, "releaseBelow": 80, "reviewDays": 3, "weights": weights}

    tried = desk(BACKTEST)["fraudBacktest"]
    saved = desk.payload(SAVE, input=rule)
    refused = desk.payload(SAVE, input={**rule, "rejectFrom": 61})

    assert (tried["moreHeld"], tried["fewerHeld"], len(tried["moved"])) == (0, 2, 2)
    assert saved["rule"]["version"] == 3
    assert refused["errors"][0]["code"] == "FRAUD_RULE_REFUSED"
    assert FraudRule.objects.count() == 3


def test_the_rule_of_credit_is_followed_by_a_new_version(desk):
    before = desk("{ rewardDesk { attribution { version windowDays kinds } } }")["rewardDesk"]["attribution"]

    wanted = {"windowDays": 14, "touchOrder": "FIRST", "kinds": KINDS, "bindingDays": None}
    answer = desk.payload(CREDIT, input=wanted)

    assert answer == {"rule": {"version": before["version"] + 1, **wanted}, "errors": []}


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"windowDays": 0}, "windowDays"),
        ({"kinds": ["friend"]}, "kinds"),
        ({"kinds": [*KINDS, "moon"]}, "kinds"),
        ({"bindingDays": 366}, "bindingDays"),
    ],
)
def test_a_rule_of_credit_without_sense_is_refused(desk, part, field):
    known = AttributionRule.objects.count()
    wanted = {"windowDays": 14, "touchOrder": "LAST", "kinds": KINDS, "bindingDays": 30, **part}

    answer = desk.payload(CREDIT, input=wanted)

    assert (answer["rule"], answer["errors"]) == (None, [{"code": "INVALID_INPUT", "field": field}])
    assert AttributionRule.objects.count() == known


@pytest.mark.parametrize(("kind", "text"), [("NETWORK", "10.0.0.0/8"), ("NETWORK", "campus"), ("ADDRESS", "路")])
def test_a_place_that_is_none_is_refused(desk, kind, text):
    payload = desk.payload(ALLOW, input={"kind": kind, "text": text, "note": "A campus"})

    assert payload["errors"][0]["code"] == "PLACE_REFUSED"
    assert not SharedPlace.objects.exists()


def test_the_person_sees_that_it_is_looked_at_and_what_comes_next(desk):
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")
    _bob, rewards = held(ali)

    mine = Api(ali)(MINE)["viewer"]["invites"]
    desk.payload(DECIDE, input={"rewardId": str(rewards["INVITER"].pk), "isReleased": False, "note": "同一个人"})
    rejected = Api(ali)(MINE)["viewer"]["invites"]["rewards"]["edges"][0]["node"]
    objected = Api(ali).payload(OBJECT, input={"rewardId": str(rewards["INVITER"].pk), "note": "我们是室友"})

    shown = mine["rewards"]["edges"][0]["node"]
    assert (mine["heldPoints"], mine["pendingPoints"], shown["state"]) == (50, 0, "HELD")
    assert shown["nextStep"] == "有同事在核对，结果和理由会告诉你，奖励不会丢。"
    assert shown["heldUntil"] is not None
    assert (rejected["reason"], rejected["canObject"]) == ("同一个人", True)
    assert objected["reward"]["state"] == "HELD"


def test_nobody_objects_for_another():
    make_invite_campaign(inviter=50, invitee=20)
    _bob, rewards = held(make_person("Ali"))

    payload = Api(make_person("Mallory")).payload(
        OBJECT, input={"rewardId": str(rewards["INVITER"].pk), "note": "give me"}
    )

    assert payload["errors"][0]["code"] == "NOT_FOUND"


def test_the_board_names_only_those_who_allow_it():
    make_invite_campaign(inviter=50, invitee=20)
    ali, lin, mei = make_person("Ali"), make_person("Lin"), make_person("Mei")
    for inviter, names in ((ali, ("A", "B")), (lin, ("C",)), (mei, ("D",))):
        for name in names:
            reward(brought(inviter, name))
    Api(lin).payload(SHOW)

    board = Api(mei)(MINE)["viewer"]["invites"]["leaderboard"]

    assert [each["name"] for each in board["entries"]] == ["团友***", "Lin", "Mei"]
    assert [each["person"] is None for each in board["entries"]] == [True, False, False]
    assert board["ownPlace"] == 3


def test_the_tree_has_two_levels_and_keeps_quiet_about_those_who_wish():
    ali = make_person("Ali")
    bob = brought(ali)
    carol, _dan = brought(bob, "Carol"), brought(bob, "Dan")
    brought(carol, "Eve")
    Api(carol).payload(SHOW)

    edges = Api(ali)(MINE)["viewer"]["invites"]["invited"]["edges"]

    assert len(edges) == 1
    assert edges[0]["node"]["friends"] == {"number": 2, "named": [{"name": "Carol"}]}


def test_a_missed_reward_says_why_not():
    make_invite_campaign(inviter=50, invitee=20, minOrderMinor=5000)
    ali = make_person("Ali")
    reward(brought(ali))

    node = Api(ali)(MINE)["viewer"]["invites"]["invited"]["edges"][0]["node"]

    assert (node["state"], node["whyNot"]) == ("MISSED", "订单没有达到活动的最低金额。")


def test_long_lists_cost_no_more_statements(desk):
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")
    for number in range(2):
        held(ali, f"Bob{number}", phone=f"+861390013900{number}")
    few = queries_of(lambda: desk(CASES)), queries_of(lambda: Api(ali)(MINE))
    for number in range(6):
        held(ali, f"More{number}", phone=f"+861390013901{number}")

    assert (queries_of(lambda: desk(CASES)), queries_of(lambda: Api(ali)(MINE))) == few
