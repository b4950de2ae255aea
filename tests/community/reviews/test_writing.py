"""Reviews: written once by who received the goods, changed soon, added to later."""

from datetime import timedelta

import pytest

from backend.core.errors import InvalidInput, KeyReused, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.orders.models import OrderLine
from community.reviews import actions, selectors
from community.reviews.errors import (
    AppendedAlready,
    NotReceived,
    OwnReview,
    ReviewedAlready,
    ReviewPictureMissing,
    ReviewTooLate,
    WritingTooFast,
)
from community.reviews.models import HelpfulVote, PicturePart, Reply, Review, ReviewEdit, Visibility
from community.reviews.rules import writing as rules
from tests.factories.aftersales import ARRIVED
from tests.factories.catalogue import make_picture
from tests.factories.orders import make_buyer
from tests.factories.reviews import WORDS, WRITTEN, make_received_line, make_review

pytestmark = pytest.mark.django_db


def told(name: str) -> int:
    return OutboxEvent.objects.filter(name=name).count()


def written(author, line, **changes):
    request = {"author_id": author.id, "line_id": line.pk, "stars": 4, "body": WORDS, "idempotency_key": new_id()}
    return actions.write_review(**({**request, "now": WRITTEN} | changes))


def test_a_buyer_reviews_what_arrived_with_pictures():
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)
    pictures = [make_picture(owner_id=bob.id).id for _ in range(2)]

    review = written(bob, line, picture_ids=pictures)

    assert (review.product_id, review.variant_id, review.received_at) == (line.product_id, line.variant_id, ARRIVED)
    assert [each.picture_id for each in review.pictures.all()] == pictures
    assert review.has_pictures
    assert told("ReviewWritten") == 1


def test_a_repeat_with_the_same_key_answers_the_first_review():
    bob, key = make_buyer("Bob"), new_id()
    line = make_received_line(buyer=bob)

    reviews = {written(bob, line, idempotency_key=key).id for _ in range(2)}

    assert len(reviews) == Review.objects.count() == 1
    with pytest.raises(KeyReused):
        written(bob, line, idempotency_key=key, stars=1)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"stars": 0}, InvalidInput),
        ({"stars": 6}, InvalidInput),
        ({"body": "长" * 2001}, InvalidInput),
        ({"fit": "HUGE"}, InvalidInput),
        ({"picture_ids": [new_id()]}, ReviewPictureMissing),
        ({"now": ARRIVED + timedelta(days=90, seconds=1)}, ReviewTooLate),
    ],
)
def test_a_review_that_cannot_be_is_refused(changes, refusal):
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)

    with pytest.raises(refusal):
        written(bob, line, **changes)

    assert not Review.objects.exists()
    assert told("ReviewWritten") == 0


def test_ten_pictures_are_too_many():
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)
    pictures = [make_picture(owner_id=bob.id).id for _ in range(10)]

    with pytest.raises(InvalidInput):
        written(bob, line, picture_ids=pictures)

    assert not Review.objects.exists()


def test_what_has_not_arrived_cannot_be_reviewed():
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob, delivered=False)

    with pytest.raises(NotReceived):
        written(bob, line)

    assert not Review.objects.exists()


def test_somebody_elses_order_is_not_found():
    line = make_received_line()

    with pytest.raises(NotFound):
        written(make_buyer("Mallory"), line)

    assert not Review.objects.exists()


def test_a_line_is_reviewed_once_even_if_the_review_was_deleted():
    bob = make_buyer("Bob")
    review = make_review(author=bob)
    actions.delete_review(review_id=review.id, author_id=bob.id, now=WRITTEN)

    with pytest.raises(ReviewedAlready):
        written(bob, OrderLine.objects.get(pk=review.line_id))

    assert Review.objects.count() == 1


def test_whoever_writes_too_much_in_an_hour_waits(monkeypatch):
    monkeypatch.setattr(rules, "REVIEWS_PER_HOUR", 1)
    bob = make_buyer("Bob")
    make_review(author=bob)

    with pytest.raises(WritingTooFast):
        written(bob, make_received_line(buyer=bob))

    assert Review.objects.count() == 1


def test_a_review_is_changed_within_two_days_and_keeps_what_it_said():
    bob = make_buyer("Bob")
    review = make_review(author=bob, stars=5)
    later = WRITTEN + timedelta(hours=48)

    changed = actions.edit_review(review_id=review.id, author_id=bob.id, stars=2, body="洗后缩水了。", now=later)

    before = ReviewEdit.objects.get()
    assert (changed.stars, changed.edited_at, changed.weighed_at) == (2, later, None)
    assert (before.stars, before.body) == (5, WORDS)
    with pytest.raises(ReviewTooLate):
        actions.edit_review(review_id=review.id, author_id=bob.id, stars=1, body="", now=later + timedelta(seconds=1))
    assert ReviewEdit.objects.count() == 1


def test_a_review_is_added_to_once_within_half_a_year():
    bob = make_buyer("Bob")
    review = make_review(author=bob)
    picture = make_picture(owner_id=bob.id)
    later = WRITTEN + timedelta(days=180)

    added = actions.append_review(
        review_id=review.id, author_id=bob.id, body="半年后还是好的。", picture_ids=[picture.id], now=later
    )

    assert (added.appended_body, added.appended_at) == ("半年后还是好的。", later)
    assert [each.part for each in added.pictures.all()] == [PicturePart.APPENDED]
    with pytest.raises(AppendedAlready):
        actions.append_review(review_id=review.id, author_id=bob.id, body="再说一次。", now=later)


def test_it_is_too_late_to_add_after_half_a_year():
    bob = make_buyer("Bob")
    review = make_review(author=bob)

    with pytest.raises(ReviewTooLate):
        actions.append_review(
            review_id=review.id, author_id=bob.id, body="坏了。", now=WRITTEN + timedelta(days=180, seconds=1)
        )

    review.refresh_from_db()
    assert review.appended_at is None


@pytest.mark.parametrize("act", ["edit_review", "append_review", "delete_review"])
def test_a_strangers_review_is_not_found(act):
    review = make_review()
    words = {} if act == "delete_review" else {"body": "改一下"}
    stars = {"stars": 1} if act == "edit_review" else {}

    with pytest.raises(NotFound):
        getattr(actions, act)(review_id=review.id, author_id=make_buyer("Mallory").id, now=WRITTEN, **words, **stars)

    review.refresh_from_db()
    assert (review.stars, review.visibility) == (5, Visibility.PUBLIC)


def test_helpful_counts_each_person_once_and_never_the_author():
    review = make_review()
    carol = make_buyer("Carol")

    for _ in range(2):
        shown = actions.find_review_helpful(review_id=review.id, user_id=carol.id, now=WRITTEN)

    assert (shown.helpful_count, HelpfulVote.objects.count()) == (1, 1)
    assert shown.usefulness > review.usefulness
    with pytest.raises(OwnReview):
        actions.find_review_helpful(review_id=review.id, user_id=review.author_id, now=WRITTEN)
    assert actions.forget_review_helpful(review_id=review.id, user_id=carol.id).helpful_count == 0


def test_the_shop_answers_and_a_second_answer_takes_the_place_of_the_first(deliver_outbox):
    review, sue = make_review(), make_buyer("Sue")

    for body in ("谢谢。", "谢谢，下次再来。"):
        actions.answer_review(review_id=review.id, actor_id=sue.id, body=body, now=WRITTEN)

    assert Reply.objects.get().body == "谢谢，下次再来。"
    assert selectors.replies_of([review.id])[review.id].author_id == sue.id


def test_lines_that_wait_for_a_review_are_listed_until_they_are_reviewed():
    bob = make_buyer("Bob")
    waiting, reviewed = make_received_line(buyer=bob), make_received_line(buyer=bob)
    make_review(author=bob, line=reviewed)
    make_received_line(buyer=bob, delivered=False)

    page = selectors.lines_to_review(buyer_id=bob.id, order_id=None, now=WRITTEN, first=10, after=None)

    assert [line.pk for line in page.nodes] == [waiting.pk]
