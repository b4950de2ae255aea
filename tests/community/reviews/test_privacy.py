"""What reviews keep about one person is handed out whole, and made nameless."""

import pytest

from backend.core.privacy import export_person
from community.reviews import actions
from community.reviews.models import HelpfulVote, QuestionInvite, Review
from community.reviews.privacy import ReviewPrivacy
from tests.factories.catalogue import make_product
from tests.factories.orders import make_buyer
from tests.factories.reviews import WORDS, WRITTEN, make_question, make_received_line, make_review

pytestmark = pytest.mark.django_db


def test_everything_a_person_wrote_is_handed_out():
    bob = make_buyer("Bob")
    make_review(author=bob)
    make_question(author=bob)

    told = export_person(user_id=bob.id)["reviews"]

    assert [row["body"] for row in told["reviews"]] == [WORDS]
    assert len(told["questions"]) == 1


def test_a_person_is_forgotten_and_the_words_stay(deliver_outbox):
    bob, product = make_buyer("Bob"), make_product()
    make_received_line(buyer=bob, product=product)
    make_question(product=product)
    deliver_outbox()
    mine, theirs = make_review(author=bob), make_review(body="锅很重，炒菜不粘，手柄不烫。")
    actions.find_review_helpful(review_id=theirs.pk, user_id=bob.id, now=WRITTEN)

    ReviewPrivacy().erase(user_id=bob.id, now=WRITTEN)

    assert Review.objects.get(pk=mine.pk).is_anonymous
    assert Review.objects.get(pk=mine.pk).body == WORDS
    assert Review.objects.get(pk=theirs.pk).helpful_count == 0
    assert not HelpfulVote.objects.exists()
    assert not QuestionInvite.objects.filter(user=bob).exists()
