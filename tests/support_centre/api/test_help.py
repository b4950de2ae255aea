"""Help over the API: as nobody, a stranger, the owner, staff."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.ids import new_id
from backend.search.actions.indexing import index_everything
from backend.support import actions
from backend.support.models import HelpArticle
from tests.factories.accounts import make_person
from tests.factories.catalogue import make_product, texts
from tests.factories.orders import make_buyer
from tests.factories.payments import make_paid_order
from tests.factories.promotions import this_moment
from tests.support.api import Api

ARTICLES = "query ($words: String) { helpArticles(words: $words) { slug title summary } }"
ARTICLE = "query ($slug: String!) { helpArticle(slug: $slug) { slug body myVote orders { number } } }"
SEARCH = """query ($query: String!, $after: String) { search(query: $query, first: 1, after: $after) {
  articles { slug title } finds { edges { node { product { slug } } } pageInfo { endCursor } } } }"""
RATE = """mutation ($input: RateHelpArticleInput!) { rateHelpArticle(input: $input) {
  article { helpfulCount myVote } errors { code } } }"""
OPEN = """mutation ($input: OpenTicketInput!) { openTicket(input: $input) {
  ticket { id severity messages { words isFromStaff } } errors { code field } } }"""
TICKET = "query ($id: ID!) { ticket(id: $id) { number person { name } } }"
DESK = """query { helpDesk(first: 20) { edges { node { number person { name } messages { words } } } }
  helpFigures { open late } }"""


def ask(person, **more):
    return actions.open_ticket(
        person_id=person.id, kind="QUESTION", nature="OTHER", words="这个怎么用呢", order_id=None,
        idempotency_key=new_id(), now=this_moment(), **more,
    )  # fmt: skip


def test_anybody_reads_the_help_centre_in_their_language(db):
    everything = Api(locale="zh-Hant")(ARTICLES)["helpArticles"]

    assert len(everything) >= 24
    assert next(each for each in everything if each["slug"] == "return")["title"] == "退貨退款"
    assert Api(locale="en")(ARTICLE, slug="return")["helpArticle"]["orders"] == []
    assert Api()(ARTICLE, slug="nothing")["helpArticle"] is None


def test_a_question_typed_in_search_brings_its_article_on_the_first_page_only(db):
    for number in range(3):
        make_product(title=texts(f"草莓 {number}", f"草莓 {number}", f"Strawberries {number}"))
    index_everything()
    api = Api()

    first = api(SEARCH, query="怎么退货")["search"]
    berries = api(SEARCH, query="草莓")["search"]
    second = api(SEARCH, query="怎么退货", after=berries["finds"]["pageInfo"]["endCursor"])["search"]

    assert [each["slug"] for each in first["articles"]] == ["return"]
    assert first["finds"]["edges"] == []
    assert second["articles"] == []
    assert (bool(berries["finds"]["edges"]), berries["articles"]) == (True, [])


def test_the_owners_latest_order_stands_first_where_it_can_be_returned(db):
    now = this_moment()
    bob = make_buyer("Bob", now=now)
    order = make_paid_order(buyer=bob, now=now).order

    assert Api(bob)(ARTICLE, slug="return")["helpArticle"]["orders"] == [{"number": order.number}]
    assert Api(make_buyer("Mallory", now=now))(ARTICLE, slug="return")["helpArticle"]["orders"] == []
    assert Api(bob)(ARTICLE, slug="points")["helpArticle"]["orders"] == []


def test_a_browser_without_a_name_says_whether_it_helped(db):
    article = HelpArticle.objects.get(slug="return")

    answer = Api(visitor="0190f7a0-0000-7000-8000-000000000009").payload(
        RATE, input={"articleId": str(article.id), "isHelpful": True}
    )

    assert answer == {"article": {"helpfulCount": 1, "myVote": True}, "errors": []}


def test_a_ticket_is_seen_by_its_owner_and_the_desk_and_by_nobody_else(db):
    now = this_moment()
    bob, agent = make_buyer("Bob", now=now), make_person("Support", roles=("support",))
    opened = Api(bob).payload(
        OPEN,
        input={"kind": "COMPLAINT", "nature": "SAFETY", "words": "插头用起来发烫", "idempotencyKey": str(new_id())},
    )
    ticket_id = opened["ticket"]["id"]

    assert (opened["errors"], opened["ticket"]["severity"]) == ([], "URGENT")
    assert Api(bob)(TICKET, id=ticket_id)["ticket"]
    assert Api(agent)(TICKET, id=ticket_id)["ticket"]["person"]["name"]
    assert Api(make_buyer("Mallory", now=now))(TICKET, id=ticket_id)["ticket"] is None
    assert Api().codes(TICKET, id=ticket_id) == ["SIGN_IN_REQUIRED"]


@pytest.mark.parametrize("role", [None, "growth", "moderator"])
def test_only_the_desk_reads_the_desk(db, role):
    person = make_person("Somebody", roles=(role,) if role else ())

    assert Api(person).codes(DESK) == ["NOT_ALLOWED"]


def test_the_desk_reads_two_rows_with_as_many_queries_as_twenty(db):
    agent = make_person("Support", roles=("support",))
    counts = []
    for more in (2, 6):
        for number in range(more):
            ask(make_buyer(f"Asker {more} {number}", now=this_moment()))
        api = Api(agent)
        with CaptureQueriesContext(connection) as queries:
            answer = api(DESK)
        counts.append(len(queries))
        assert answer["helpDesk"]["edges"][0]["node"]["person"]["name"]

    assert counts[0] == counts[1]
