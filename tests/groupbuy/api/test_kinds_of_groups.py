"""Ladders, draws, lines and shared tables through the API."""

import pytest

from groupbuy import rules
from groupbuy.actions import draw_due_groups, expire_due_groups
from groupbuy.models import Draw, Group, GroupState, WaitingPlace
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

LADDER = [{"size": 2, "discountBps": 1000}, {"size": 3, "discountBps": 2000}]
GROUP = """
query Group($id: ID!) { group(id: $id) {
  state seatsMissing platformSeats leaderPoints allowsMerge mergedIntoId price { minor } paidPrice { minor }
  myDifference { minor } ladder { size isReached price { minor } }
  lottery { winners chancePercent consolationPoints seedHash drawAt drawnAt }
  myWait { place toldUntil } mergeOffers { id people } product { groupOffer {
    size priceSize rules leaderPoints orderLimit ladder { size price { minor } } lottery { winners chancePercent } } }
} }
"""
DRAW = """
query Draw($id: ID!) { draw(id: $id) {
  state winners seedHash entriesHash commitment seed entries { number entry rank isWinner isMine } } }
"""
WAIT = """
mutation Wait($input: WaitForSeatInput!) { waitForSeat(input: $input) {
  group { myWait { place toldUntil } } errors { code details } } }
"""
STOP = """
mutation Stop($input: StopWaitingInput!) { stopWaiting(input: $input) { group { myWait { place } } errors { code } } }
"""
CANDIDATES = """
query Candidates($groupId: ID!) { mergeCandidates(groupId: $groupId) {
  id seatsTaken seats { number person { name } } } }
"""
ASK = """
mutation Ask($input: AskToMergeInput!) { askToMerge(input: $input) { group { state } errors { code } } }
"""
ANSWER = """
mutation Answer($input: AnswerMergeInput!) { answerMerge(input: $input) {
  group { id state seatsTaken } errors { code } } }
"""


def test_a_ladder_shows_its_steps_and_what_comes_back(deliver_outbox):
    group = make_group(make_offered_product(ladder=LADDER, size=None, discountBps=None))
    leader = Api(group.leader)
    before = leader(GROUP, id=group.id)["group"]
    join(group)
    join(group)
    deliver_outbox()

    after = leader(GROUP, id=group.id)["group"]

    assert (before["seatsMissing"], before["price"]["minor"], before["myDifference"]) == (1, 5391, None)
    assert [(step["size"], step["isReached"]) for step in before["ladder"]] == [(2, False), (3, False)]
    offer = before["product"]["groupOffer"]
    assert (offer["size"], offer["priceSize"]) == (3, 2)
    assert [step["price"]["minor"] for step in offer["ladder"]] == [5391, 4792]
    assert (after["state"], after["price"]["minor"], after["paidPrice"]["minor"]) == ("CONFIRMED", 4792, 5391)
    assert after["myDifference"]["minor"] == 599


def test_past_its_deadline_a_ladder_with_enough_people_counts_as_full():
    group = make_group(make_offered_product(ladder=LADDER, size=None, discountBps=None))
    join(group)
    let_pass(group)

    shown = Api()(GROUP, id=group.id)["group"]

    assert shown["state"] == "FILLED"
    expire_due_groups(now=this_moment())
    assert Group.objects.get(pk=group.pk).state == GroupState.FILLED


def test_nobody_sees_the_seed_before_the_draw_and_everybody_after(deliver_outbox):
    group = make_group(make_offered_product(size=2, winners=1, consolationPoints=10))
    nobody = Api()
    opened = nobody(DRAW, id=group.id)["draw"]
    placed = join(group)
    deliver_outbox()
    sealed = nobody(DRAW, id=group.id)["draw"]
    draw_due_groups(now=this_moment() + rules.SEALED_FOR)
    deliver_outbox()

    drawn = Api(placed.order.buyer)(DRAW, id=group.id)["draw"]

    assert (opened["seed"], opened["entries"], opened["commitment"]) == (None, [], None)
    assert (sealed["seed"], len(sealed["entries"]), sealed["state"]) == (None, 2, "COMMITTED")
    assert drawn["seed"] == Draw.objects.get().seed
    assert rules.sha256(drawn["seed"]) == opened["seedHash"]
    assert drawn["commitment"] == sealed["commitment"]
    assert sorted(entry["rank"] for entry in drawn["entries"]) == [1, 2]
    assert [entry["isMine"] for entry in drawn["entries"]] == [False, True]


def test_a_group_that_is_not_drawn_has_no_draw():
    group = make_group()

    assert Api()(DRAW, id=group.id)["draw"] is None


def test_the_chances_are_shown_before_anybody_pays():
    group = make_group(make_offered_product(size=4, winners=1, consolationPoints=10))

    shown = Api(locale="en")(GROUP, id=group.id)["group"]

    assert (shown["lottery"]["winners"], shown["lottery"]["chancePercent"]) == (1, 25)
    assert any("25%" in rule for rule in shown["product"]["groupOffer"]["rules"])


def test_a_line_through_the_api():
    group = make_group(size=2)
    hold(group)
    api = Api(make_buyer("Wanda", now=this_moment()))

    first = api.payload(WAIT, input={"groupId": str(group.id)})
    left = api.payload(STOP, input={"groupId": str(group.id)})

    assert (first["group"]["myWait"], first["errors"]) == ({"place": 1, "toldUntil": None}, [])
    assert left["group"]["myWait"] is None


def test_a_line_of_an_open_group_is_refused_in_words():
    group = make_group(size=3)
    api = Api(make_buyer("Wanda", now=this_moment()))

    answer = api.payload(WAIT, input={"groupId": str(group.id)})

    assert [error["code"] for error in answer["errors"]] == ["SEATS_ARE_FREE"]
    assert not WaitingPlace.objects.exists()


def test_two_leaders_put_their_groups_together():
    product = make_offered_product(size=4, allowMerge=True)
    group, into = make_group(product), make_group(product)
    one, other = Api(group.leader), Api(into.leader)

    found = one.payload(CANDIDATES, groupId=str(group.id))
    one.payload(ASK, input={"groupId": str(group.id), "intoId": str(into.id)})
    offers = other(GROUP, id=into.id)["group"]["mergeOffers"]
    answer = other.payload(ANSWER, input={"id": offers[0]["id"], "agrees": True})

    assert [each["id"] for each in found] == [str(into.id)]
    assert [offer["people"] for offer in offers] == [1]
    assert answer["group"] == {"id": str(into.id), "state": "FORMING", "seatsTaken": 2}
    assert Api()(GROUP, id=group.id)["group"]["mergedIntoId"] == str(into.id)


def test_only_the_asked_leader_hears_of_an_offer_to_merge():
    product = make_offered_product(size=4, allowMerge=True)
    group, into = make_group(product), make_group(product)
    Api(group.leader).payload(ASK, input={"groupId": str(group.id), "intoId": str(into.id)})

    assert Api(group.leader)(GROUP, id=into.id)["group"]["mergeOffers"] == []
    assert Api()(GROUP, id=into.id)["group"]["mergeOffers"] == []


def test_candidates_cost_the_same_for_one_and_for_three():
    product = make_offered_product(size=8, allowMerge=True)
    group = make_group(product)
    api = Api(group.leader)
    make_group(product)
    api.payload(CANDIDATES, groupId=str(group.id))

    for_one = queries_of(lambda: api.payload(CANDIDATES, groupId=str(group.id)))
    make_group(product)
    make_group(product)
    for_three = queries_of(lambda: api.payload(CANDIDATES, groupId=str(group.id)))

    assert for_three == for_one
