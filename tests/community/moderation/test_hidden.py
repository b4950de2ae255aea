"""A hidden post and a hidden comment, walked through every list that could show them."""

import pytest

from backend.core import clock
from backend.core.ids import new_id
from community.forum.models import Visibility
from community.moderation.models import DecisionAction
from tests.factories.catalogue import NOON, make_product
from tests.factories.community import make_comment, make_post
from tests.factories.membership import make_person
from tests.factories.moderation import decided, make_moderator, make_report, taken_back
from tests.support.api import Api

pytestmark = pytest.mark.django_db

NODES = "{ edges { node { title } } }"
LISTS = f"""query ($author: ID!, $product: ID!, $slug: String!) {{
  hot: posts(sort: HOT) {NODES}
  fresh: posts(sort: NEW) {NODES}
  ofTopic: posts(topic: "plants") {NODES}
  ofProduct: posts(productId: $product) {NODES}
  ofAuthor: posts(authorId: $author) {NODES}
  profile(id: $author) {{ posts {NODES} }}
  product(slug: $slug) {{ posts {NODES} }}
}}"""
ONE = "query ($id: ID!) { post(id: $id) { title } }"
COUNT = '{ topic(slug: "plants") { postsCount } }'
TALK = "query ($id: ID!) { post(id: $id) { commentsCount comments { edges { node { body } } } } }"
HIDING = [DecisionAction.QUARANTINE, DecisionAction.REMOVE]
RECOMMENDING = {"hot", "fresh", "ofTopic", "ofProduct", "product"}


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


class Scene:
    """A post about a product, a stranger, and a case."""

    def __init__(self) -> None:
        self.author, self.product = make_person("Ali"), make_product()
        self.post = make_post(self.author, product_id=self.product.id)
        self.mo = make_moderator()

    def where_seen(self, viewer) -> set[str]:
        wanted = {"author": str(self.author.id), "product": str(self.product.id), "slug": self.product.slug}
        answer = Api(viewer)(LISTS, **wanted)
        shown = {name: value.get("posts", value)["edges"] for name, value in answer.items()}
        seen = {name for name, edges in shown.items() if edges}
        return seen | ({"post"} if Api(viewer)(ONE, id=str(self.post.id))["post"] else set())

    def decide(self, action):
        return decided(make_report(self.post).case, by=self.mo, action=action)


@pytest.mark.parametrize("action", HIDING)
def test_strangers_and_guests_see_a_hidden_post_nowhere(action):
    scene, bob = Scene(), make_person("Bob")
    everywhere = {"hot", "fresh", "ofTopic", "ofProduct", "ofAuthor", "profile", "product", "post"}
    assert scene.where_seen(bob) == scene.where_seen(None) == everywhere

    decision = scene.decide(action)

    assert scene.where_seen(bob) == scene.where_seen(None) == set()
    assert Api()(COUNT)["topic"]["postsCount"] == 0
    taken_back(decision, by=scene.mo)
    assert scene.where_seen(bob) == scene.where_seen(None) == everywhere
    assert Api()(COUNT)["topic"]["postsCount"] == 1


@pytest.mark.parametrize("action", HIDING)
def test_the_author_finds_a_hidden_post_on_their_own_page_only(action):
    scene = Scene()

    scene.decide(action)

    assert scene.where_seen(scene.author) == {"ofAuthor", "profile", "post"}


def test_a_limited_post_is_found_and_not_recommended():
    scene, bob = Scene(), make_person("Bob")

    scene.decide(DecisionAction.LIMIT)

    assert scene.where_seen(bob) == {"ofAuthor", "profile", "post"}
    assert not scene.where_seen(None) & RECOMMENDING


@pytest.mark.parametrize(
    "text",
    [
        "mutation ($input: LikePostInput!) { likePost(input: $input) { errors { code } } }",
        "mutation ($input: AddCommentInput!) { addComment(input: $input) { errors { code } } }",
    ],
)
def test_nobody_likes_or_answers_what_is_hidden(text):
    scene = Scene()
    scene.decide(DecisionAction.REMOVE)
    asked = {"postId": str(scene.post.id)}
    if "AddComment" in text:
        asked |= {"body": "咦", "idempotencyKey": str(new_id())}

    assert Api(make_person("Bob")).payload(text, input=asked)["errors"][0]["code"] == "NOT_FOUND"

    scene.post.refresh_from_db()
    assert (scene.post.likes_count, scene.post.comments_count) == (0, 0)


def test_a_hidden_comment_is_neither_read_nor_counted():
    scene, bob = Scene(), make_person("Bob")
    comment = make_comment(bob, scene.post)

    decision = decided(make_report(comment).case, by=scene.mo)

    for viewer in (None, scene.author, make_person("Mallory")):
        assert Api(viewer)(TALK, id=str(scene.post.id))["post"] == {"commentsCount": 0, "comments": {"edges": []}}
    assert len(Api(bob)(TALK, id=str(scene.post.id))["post"]["comments"]["edges"]) == 1
    taken_back(decision, by=scene.mo)
    assert Api()(TALK, id=str(scene.post.id))["post"]["commentsCount"] == 1
    comment.refresh_from_db()
    assert comment.visibility == Visibility.PUBLIC
