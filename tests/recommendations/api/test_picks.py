"""Picks over the API: as nobody, as somebody, beside a product and a cart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.recommendations.actions import learn_pairs, note_seen
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_product
from tests.factories.promotions import this_moment
from tests.support.api import Api

PICKS = """query ($first: Int) { picks(first: $first) { isPersonal items { reason because { slug }
  product { slug title picture { src } openGroupsCount } } } }"""
BESIDE_ONE = """query ($id: ID!) { productPicks(productId: $id) { together { product { slug } }
  also { reason product { slug } } } }"""
BESIDE = "query ($ids: [ID!]!) { picksBeside(productIds: $ids, first: 3) { product { slug } } }"
NOTE = """mutation ($input: NoteSeenInput!) { noteSeen(input: $input) { isKept errors { code } } }"""


@pytest.fixture
def shop(db):
    made = [make_product(slug=name) for name in ("tent", "lamp", "mat")]
    for number in range(3):
        person = make_person(f"Looker {number}")
        for product in made:
            note_seen(person_id=person.pk, product_id=product.pk, now=this_moment())
    learn_pairs(now=this_moment())
    return made


def test_nobody_gets_what_others_like(shop):
    answer = Api()(PICKS, first=2)["picks"]

    assert (answer["isPersonal"], len(answer["items"])) == (False, 2)
    assert {each["reason"] for each in answer["items"]} == {"POPULAR"}


def test_who_opened_something_reads_what_follows_from_it_and_why(shop):
    bob = make_person("Bob")
    assert Api(bob).payload(NOTE, input={"productId": str(shop[0].pk)}) == {"isKept": True, "errors": []}

    answer = Api(bob)(PICKS, first=2)["picks"]

    assert answer["isPersonal"]
    assert {each["product"]["slug"] for each in answer["items"]} == {"lamp", "mat"}
    assert {each["because"]["slug"] for each in answer["items"]} == {"tent"}


def test_only_who_is_signed_in_is_remembered(shop):
    assert Api().payload(NOTE, input={"productId": str(shop[0].pk)})["errors"] == [{"code": "SIGN_IN_REQUIRED"}]


def test_beside_a_product_and_a_cart(shop):
    one = Api()(BESIDE_ONE, id=str(shop[0].pk))["productPicks"]
    several = Api()(BESIDE, ids=[str(shop[0].pk), str(shop[1].pk)])["picksBeside"]

    assert one["together"] == []
    assert [each["reason"] for each in one["also"]] == ["SEEN", "SEEN"]
    assert [each["product"]["slug"] for each in several] == ["mat"]


def test_two_picks_cost_as_many_queries_as_twenty(db):
    counts = []
    for more in (2, 10):
        for _ in range(more):
            make_product(now=NOON)
        api = Api()
        with CaptureQueriesContext(connection) as queries:
            api(PICKS, first=20)
        counts.append(len(queries))

    assert counts[0] == counts[1]
