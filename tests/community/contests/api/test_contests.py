"""Contests through the API, as nobody, stranger and author."""

import pytest

from tests.factories.accounts import make_person
from tests.factories.catalogue import make_picture
from tests.factories.community import make_post
from tests.factories.contests import make_contest, make_entry
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

SHOWN = """query ($id: ID!) { contest(id: $id) { name phase prizes entriesCount topic { name } winners { id }
  myEntry { id isMine } entries(first: 20) { edges { node {
    votesCount hasMyVote isMine post { title isLiked author { name } topic { name } pictures { src } } } } } } }"""
LIST = "query ($topic: String) { contests(topic: $topic) { id name entriesCount topic { name } } }"
ENTER = """mutation ($input: EnterContestInput!) { enterContest(input: $input) {
  contest { entriesCount myEntry { isMine post { title } } } errors { code message } } }"""
VOTE = """mutation ($input: VoteInContestInput!) { voteInContest(input: $input) {
  entry { votesCount hasMyVote post { title } } errors { code message } } }"""
BACK = """mutation ($input: TakeContestVoteBackInput!) { takeContestVoteBack(input: $input) {
  contest { entries { edges { node { votesCount hasMyVote } } } } errors { code } } }"""


def test_an_author_takes_part_and_others_vote():
    contest, ali, fan = make_contest(), make_person("Ali"), make_person("Fan")
    post = make_post(ali, picture_ids=[make_picture(owner_id=ali.id).id])

    entered = Api(ali).payload(ENTER, input={"contestId": str(contest.pk), "postId": str(post.pk)})
    entry = contest_of(ali, contest)["myEntry"]
    voted = Api(fan).payload(VOTE, input={"entryId": entry["id"]})

    assert entered["contest"]["myEntry"] == {"isMine": True, "post": {"title": post.title}}
    assert voted["entry"] == {"votesCount": 1, "hasMyVote": True, "post": {"title": post.title}}
    assert [edge["node"]["hasMyVote"] for edge in contest_of(ali, contest)["entries"]["edges"]] == [False]


def test_a_vote_is_taken_back():
    contest, fan = make_contest(), make_person("Fan")
    entry = make_entry(contest, make_person("Ali"))
    Api(fan).payload(VOTE, input={"entryId": str(entry.pk)})

    answer = Api(fan).payload(BACK, input={"contestId": str(contest.pk)})

    assert answer["contest"]["entries"]["edges"] == [{"node": {"votesCount": 0, "hasMyVote": False}}]


def test_nobody_looks_but_does_not_vote():
    contest = make_contest()
    entry = make_entry(contest, make_person("Ali"))

    shown = contest_of(None, contest)
    refused = Api(None).post({"query": VOTE, "variables": {"input": {"entryId": str(entry.pk)}}}).json

    assert (shown["phase"], shown["entriesCount"], shown["myEntry"]) == ("OPEN", 1, None)
    assert "SIGN_IN_REQUIRED" in str(refused)


def test_a_refusal_is_said_in_the_readers_language():
    contest, ali = make_contest(), make_person("Ali")
    entry = make_entry(contest, ali)

    answer = Api(ali, locale="zh-Hant").payload(VOTE, input={"entryId": str(entry.pk)})

    assert answer["errors"] == [{"code": "NO_VOTE_FOR_ONESELF", "message": "不能給自己投票。分享出去，讓大家來投吧。"}]


def test_twenty_entries_cost_as_many_statements_as_two():
    contest = make_contest()
    ask, fan = {"id": str(contest.pk)}, Api(make_person("Fan"))
    for _ in range(2):
        make_entry(contest, make_person())
    few = queries_of(lambda: fan(SHOWN, **ask))
    for _ in range(18):
        make_entry(contest, make_person())

    many = queries_of(lambda: fan(SHOWN, **ask))

    assert many == few


def test_contests_are_listed_for_their_circle():
    contest = make_contest()

    assert [each["id"] for each in Api(None)(LIST, topic="plants")["contests"]] == [str(contest.pk)]
    assert Api(None)(LIST, topic="books")["contests"] == []


def contest_of(viewer, contest):
    return Api(viewer)(SHOWN, id=str(contest.pk))["contest"]
