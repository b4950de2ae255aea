"""Posts: written once, counted from rows, seen by whom they may be seen."""

from datetime import timedelta

import pytest

from backend.accounts.actions import block_person
from backend.accounts.selectors import home_province
from backend.core.errors import InvalidInput, KeyReused, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from community.forum import actions, rules, selectors
from community.forum.errors import CommentsClosed, PictureNotYours, PostingTooFast, TopicUnknown
from community.forum.models import Comment, Post, Topic, Visibility
from membership.models import Deed
from tests.factories.accounts import make_address
from tests.factories.catalogue import NOON, make_picture, make_product, texts
from tests.factories.community import make_comment, make_post, make_topic
from tests.factories.membership import make_person

pytestmark = pytest.mark.django_db


def told(name: str) -> int:
    return OutboxEvent.objects.filter(name=name).count()


def written(author, **changes):
    request = {
        "author_id": author.id,
        "topic": "plants",
        "title": "第一盆多肉",
        "body": "养了一年。",
        "idempotency_key": new_id(),
        "now": NOON,
    }
    return actions.create_post(**(request | changes))


def test_a_post_is_published_with_its_pictures_and_counted_in_its_topic():
    ali = make_person("Ali")
    pictures = [make_picture(owner_id=ali.id).id for _ in range(2)]

    post = make_post(ali, picture_ids=pictures)

    assert [each.picture_id for each in post.pictures.all()] == pictures
    assert Topic.objects.get().posts_count == 1
    assert told("PostPublished") == 1


def test_a_published_post_counts_for_its_author(deliver_outbox):
    make_topic()
    post = written(make_person("Ali"))

    deliver_outbox()

    deed = Deed.objects.get(fact="POST")
    assert (deed.user_id, deed.source_id) == (post.author_id, post.pk)


def test_a_repeat_with_the_same_key_answers_the_first_post():
    ali, key = make_person("Ali"), new_id()
    make_topic()

    posts = {written(ali, idempotency_key=key).id for _ in range(2)}

    assert len(posts) == Post.objects.count() == 1
    with pytest.raises(KeyReused):
        written(ali, idempotency_key=key, title="另一篇")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": " "}, InvalidInput),
        ({"title": "长" * 61}, InvalidInput),
        ({"body": ""}, InvalidInput),
        ({"body": "长" * 5001}, InvalidInput),
        ({"topic": "nowhere"}, TopicUnknown),
        ({"picture_ids": [new_id()]}, PictureNotYours),
        ({"product_id": new_id()}, NotFound),
    ],
)
def test_a_post_that_cannot_stand_is_refused_and_leaves_nothing(changes, refusal):
    ali = make_person("Ali")
    make_topic()

    with pytest.raises(refusal):
        written(ali, **changes)

    assert Post.objects.count() == told("PostPublished") == 0


def test_somebody_elses_picture_is_refused():
    ali, bob = make_person("Ali"), make_person("Bob")
    make_topic()

    with pytest.raises(PictureNotYours):
        written(ali, picture_ids=[make_picture(owner_id=bob.id).id])


def test_ten_posts_in_an_hour_are_enough():
    ali = make_person("Ali")
    for _ in range(rules.POSTS_PER_HOUR):
        make_post(ali)

    with pytest.raises(PostingTooFast):
        written(ali)

    make_post(ali, now=NOON + timedelta(hours=1, seconds=1))


def test_likes_and_comments_are_counted_from_rows():
    ali, bob, carol = make_person("Ali"), make_person("Bob"), make_person("Carol")
    post = make_post(ali)
    for person in (bob, carol, carol):
        actions.like_post(post_id=post.id, user_id=person.id, now=NOON)
    make_comment(bob, post)
    actions.unlike_post(post_id=post.id, user_id=bob.id)

    post.refresh_from_db()

    assert (post.likes_count, post.comments_count) == (1, 1)
    assert told("PostLiked") == 2


def test_applause_lifts_a_post_above_a_newer_one():
    ali = make_person("Ali")
    older = make_post(ali, now=NOON - timedelta(hours=2))
    make_post(ali, title="新的一篇")
    for name in ("Bob", "Carol", "Dan"):
        make_comment(make_person(name), older)

    page = selectors.posts_page(viewer_id=None, first=10, after=None)

    assert page.nodes[0].id == older.id


@pytest.mark.parametrize("visibility", [Visibility.PENDING, Visibility.QUARANTINED, Visibility.REMOVED])
def test_a_hidden_post_is_seen_by_its_author_alone_and_in_no_feed(visibility):
    ali, bob = make_person("Ali"), make_person("Bob")
    post = make_post(ali)
    actions.change_post_visibility(post_id=post.id, visibility=visibility, now=NOON)

    assert selectors.visible_post(post_id=post.id, viewer_id=ali.id).id == post.id
    for viewer_id in (None, bob.id):
        with pytest.raises(NotFound):
            selectors.visible_post(post_id=post.id, viewer_id=viewer_id)
        assert selectors.posts_page(viewer_id=viewer_id, first=10, after=None).nodes == []
        assert selectors.posts_page(viewer_id=viewer_id, first=10, after=None, author_id=ali.id).nodes == []
    assert Topic.objects.get().posts_count == 0


def test_a_limited_post_is_found_but_not_recommended():
    ali = make_person("Ali")
    post = make_post(ali)
    actions.change_post_visibility(post_id=post.id, visibility=Visibility.LIMITED, now=NOON)

    assert selectors.visible_post(post_id=post.id, viewer_id=None).id == post.id
    assert selectors.posts_page(viewer_id=None, first=10, after=None).nodes == []
    assert len(selectors.posts_page(viewer_id=None, first=10, after=None, author_id=ali.id).nodes) == 1


def test_hiding_and_showing_again_changes_nothing_else():
    ali, bob = make_person("Ali"), make_person("Bob")
    post = make_post(ali)
    make_comment(bob, post)
    before = Post.objects.filter(pk=post.id).values().get()

    was = actions.change_post_visibility(post_id=post.id, visibility=Visibility.REMOVED, now=NOON)
    actions.change_post_visibility(post_id=post.id, visibility=was, now=NOON)

    assert Post.objects.filter(pk=post.id).values().get() == before
    assert Topic.objects.get().posts_count == 1


def test_a_hidden_comment_counts_no_more():
    ali, bob = make_person("Ali"), make_person("Bob")
    post = make_post(ali)
    comment = make_comment(bob, post)

    actions.change_comment_visibility(comment_id=comment.id, visibility=Visibility.REMOVED, now=NOON)

    post.refresh_from_db()
    assert post.comments_count == 0
    assert selectors.comments_page(post_id=post.id, viewer_id=ali.id, first=10, after=None).nodes == []


def test_people_who_blocked_one_another_do_not_read_each_other():
    ali, bob = make_person("Ali"), make_person("Bob")
    post = make_post(ali)
    block_person(blocker_id=ali.id, blocked_id=bob.id, now=NOON)

    assert selectors.posts_page(viewer_id=bob.id, first=10, after=None).nodes == []
    with pytest.raises(NotFound):
        make_comment(bob, post)
    assert Comment.objects.count() == 0


def test_only_the_author_deletes_and_a_removed_post_stays_removed():
    ali, mallory = make_person("Ali"), make_person("Mallory")
    post = make_post(ali)
    with pytest.raises(NotFound):
        actions.delete_post(post_id=post.id, author_id=mallory.id, now=NOON)

    actions.change_post_visibility(post_id=post.id, visibility=Visibility.REMOVED, now=NOON)

    with pytest.raises(NotFound):
        actions.delete_post(post_id=post.id, author_id=ali.id, now=NOON)


def test_a_post_that_waits_for_review_takes_no_answers():
    ali = make_person("Ali")
    post = make_post(ali)
    actions.change_post_visibility(post_id=post.id, visibility=Visibility.PENDING, now=NOON)

    with pytest.raises(CommentsClosed):
        make_comment(ali, post)


def test_a_product_in_a_post_must_be_there():
    ali = make_person("Ali")
    product = make_product()

    post = make_post(ali, product_id=product.id)

    assert (post.product_id, post.is_verified_purchase) == (product.id, False)


def test_the_circle_of_ones_own_province_comes_first():
    ali = make_person("Ali")
    make_address(ali, is_default=True)
    make_topic("books")
    home = actions.create_topic(
        slug="neighbours", names=texts("邻居"), descriptions=texts(""), position=9, province=home_province(ali.id)
    )

    assert selectors.topics(None)[-1].slug == home.slug
    assert selectors.topics(ali.id)[0].slug == home.slug
