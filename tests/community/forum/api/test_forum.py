"""The forum through the API, as nobody, stranger and owner."""

import pytest

from backend.core import clock
from backend.core.ids import new_id
from tests.factories.catalogue import NOON, make_product
from tests.factories.community import make_comment, make_post, make_topic
from tests.factories.membership import make_person
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

CREATE = """mutation ($input: CreatePostInput!) {
  createPost(input: $input) { post { id title isMine topic { name } } errors { code message field } } }"""
COMMENT = """mutation ($input: AddCommentInput!) {
  addComment(input: $input) { comment { body author { name } isMine } errors { code field } } }"""
LIKE = "mutation ($input: LikePostInput!) { likePost(input: $input) { post { likesCount isLiked } errors { code } } }"
DELETE = "mutation ($input: DeletePostInput!) { deletePost(input: $input) { post { visibility } errors { code } } }"
FEED = """{ posts(sort: NEW) { edges { node { title likesCount isLiked author { name } topic { name }
  pictures { src } product { title price { minor } } } } } }"""
POST = """query ($id: ID!) { post(id: $id) { title isMine comments { edges { node { body author { name } } } } } }"""


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def draft(**changes):
    return {"topic": "plants", "title": "第一盆", "body": "好养。", "idempotencyKey": str(new_id())} | changes


def test_a_person_writes_a_post():
    make_topic()

    payload = Api(make_person("Ali"), locale="zh-Hant").payload(CREATE, input=draft())

    assert payload["errors"] == []
    assert payload["post"]["isMine"] is True
    assert payload["post"]["topic"]["name"] == "養花"


def test_nobody_must_sign_in_first():
    make_topic()

    payload = Api().payload(CREATE, input=draft())

    assert (payload["post"], payload["errors"][0]["code"]) == (None, "SIGN_IN_REQUIRED")


def test_a_refusal_names_the_field_in_the_readers_language():
    make_topic()

    payload = Api(make_person("Ali")).payload(CREATE, input=draft(title=""))

    error = payload["errors"][0]
    assert (error["code"], error["field"], error["message"]) == ("INVALID_INPUT", "title", "先写几个字吧。")


def test_others_comment_and_like():
    post = make_post(make_person("Ali"))
    bob = make_person("Bob")
    answer = {"postId": str(post.id), "body": "好看！", "idempotencyKey": str(new_id())}

    comment = Api(bob).payload(COMMENT, input=answer)["comment"]
    liked = Api(bob).payload(LIKE, input={"postId": str(post.id)})["post"]

    assert (comment["author"]["name"], comment["isMine"]) == ("Bob", True)
    assert liked == {"likesCount": 1, "isLiked": True}


def test_a_stranger_cannot_delete_and_is_told_nothing():
    post = make_post(make_person("Ali"))

    payload = Api(make_person("Mallory")).payload(DELETE, input={"id": str(post.id)})

    assert payload["errors"][0]["code"] == "NOT_FOUND"
    assert Api()(POST, id=str(post.id))["post"]["title"] == "第一盆多肉"


def test_the_owner_deletes_for_everybody():
    ali = make_person("Ali")
    post = make_post(ali)

    assert Api(ali).payload(DELETE, input={"id": str(post.id)})["post"]["visibility"] == "AUTHOR_DELETED"

    for viewer in (None, ali):
        assert Api(viewer)(POST, id=str(post.id))["post"] is None


def test_a_long_feed_costs_no_more_statements():
    bob, product = make_person("Bob"), make_product()
    for number in range(2):
        make_post(make_person(f"Few{number}"), product_id=product.id)
    few = queries_of(lambda: Api(bob)(FEED))
    for number in range(18):
        make_post(make_person(f"More{number}"), product_id=product.id)

    assert queries_of(lambda: Api(bob)(FEED)) == few


def test_a_long_talk_costs_no_more_statements():
    post, bob = make_post(make_person("Ali")), make_person("Bob")
    make_comment(bob, post)
    few = queries_of(lambda: Api(bob)(POST, id=str(post.id)))
    for number in range(15):
        make_comment(make_person(f"Other{number}"), post)

    assert queries_of(lambda: Api(bob)(POST, id=str(post.id))) == few
