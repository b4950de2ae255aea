"""Questions about a product: answered by the shop or by buyers, who are asked, but not too often."""

from datetime import timedelta

import pytest

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.messaging.models import Notification
from community.reviews import actions, selectors
from community.reviews.errors import AnsweredAlready, OnlyBuyersAnswer, OwnReview
from community.reviews.models import Answer, Question, QuestionInvite, Visibility
from community.reviews.rules import writing as rules
from tests.factories.catalogue import make_product
from tests.factories.orders import make_buyer
from tests.factories.reviews import WRITTEN, make_answer, make_question, make_received_line

pytestmark = pytest.mark.django_db


def test_buyers_of_the_last_ninety_days_are_asked(deliver_outbox):
    product = make_product()
    line = make_received_line(product=product)

    question = make_question(product=product)
    deliver_outbox()

    notice = Notification.objects.get(kind="question_invited")
    assert QuestionInvite.objects.get().user_id == line.order.buyer_id == notice.user_id
    assert notice.url == f"/questions/{question.pk}"


def test_nobody_is_asked_more_than_three_times_a_week(deliver_outbox):
    bob = make_buyer("Bob")
    products = [make_product() for _ in range(rules.INVITES_PER_WEEK + 1)]
    for product in products:
        make_received_line(buyer=bob, product=product)

    for product in products:
        make_question(product=product)
    deliver_outbox()
    this_week = QuestionInvite.objects.count()
    make_question(product=products[0], now=WRITTEN + timedelta(days=8))
    deliver_outbox()

    assert this_week == rules.INVITES_PER_WEEK
    assert QuestionInvite.objects.count() == rules.INVITES_PER_WEEK + 1


def test_who_bought_long_ago_is_left_alone(deliver_outbox):
    product = make_product()
    make_received_line(product=product)

    make_question(product=product, now=WRITTEN + timedelta(days=91))
    deliver_outbox()

    assert not QuestionInvite.objects.exists()


def test_a_buyer_answers_and_the_asker_is_told(deliver_outbox):
    question = make_question()

    answer = make_answer(question)
    deliver_outbox()

    question.refresh_from_db()
    assert (question.answers_count, answer.is_official) == (1, False)
    assert Notification.objects.get(kind="question_answered").user_id == question.author_id


def test_the_answers_stand_with_the_accepted_and_the_official_first():
    question = make_question()
    first, official, accepted = make_answer(question), make_answer(question, is_staff=True), make_answer(question)

    actions.accept_answer(answer_id=accepted.pk, asker_id=question.author_id, now=WRITTEN)

    shown = selectors.answers_of_questions([question.pk], None)[question.pk]
    assert [answer.pk for answer in shown] == [accepted.pk, official.pk, first.pk]


def test_who_has_not_received_it_does_not_answer():
    question, mallory = make_question(), make_buyer("Mallory")
    make_received_line(buyer=mallory, product=question.product, delivered=False)

    with pytest.raises(OnlyBuyersAnswer):
        make_answer(question, author=mallory)

    assert not Answer.objects.exists()


def test_one_person_answers_once_and_again_after_deleting():
    question, bob = make_question(), make_buyer("Bob")
    make_received_line(buyer=bob, product=question.product)
    answer = make_answer(question, author=bob)

    with pytest.raises(AnsweredAlready):
        make_answer(question, author=bob)
    actions.delete_answer(answer_id=answer.pk, author_id=bob.id, now=WRITTEN)
    make_answer(question, author=bob)

    question.refresh_from_db()
    assert question.answers_count == 1


def test_only_the_asker_accepts():
    question = make_question()
    answer = make_answer(question)

    with pytest.raises(NotFound):
        actions.accept_answer(answer_id=answer.pk, asker_id=make_buyer("Mallory").id, now=WRITTEN)

    question.refresh_from_db()
    assert question.accepted_id is None


def test_a_hidden_answer_is_no_longer_counted_or_accepted():
    question = make_question()
    answer = make_answer(question)
    actions.accept_answer(answer_id=answer.pk, asker_id=question.author_id, now=WRITTEN)

    actions.change_answer_visibility(answer_id=answer.pk, visibility=Visibility.REMOVED, now=WRITTEN)

    question.refresh_from_db()
    assert (question.answers_count, question.accepted_id) == (0, None)


def test_ones_own_answer_is_not_found_helpful():
    answer = make_answer(make_question())

    with pytest.raises(OwnReview):
        actions.find_answer_helpful(answer_id=answer.pk, user_id=answer.author_id, now=WRITTEN)

    assert actions.find_answer_helpful(answer_id=answer.pk, user_id=make_buyer().id, now=WRITTEN).helpful_count == 1


def test_questions_that_wait_longer_than_a_day_are_on_the_desk():
    waiting, answered, fresh = make_question(), make_question(), make_question(now=WRITTEN + timedelta(hours=2))
    make_answer(answered)

    page = selectors.unanswered_page(now=WRITTEN + timedelta(hours=24), first=10, after=None)

    assert [each.pk for each in page.nodes] == [waiting.pk]
    assert fresh.pk not in {each.pk for each in page.nodes}


def test_a_question_that_leads_away_waits(deliver_outbox):
    make_received_line(product=(product := make_product()))

    question = make_question(product=product, body="加我微信 abc12345 便宜卖")
    deliver_outbox()

    assert question.visibility == Visibility.PENDING
    assert not QuestionInvite.objects.exists()
    assert not selectors.visible_questions(None).exists()


def test_what_waited_is_told_when_it_is_let_go(deliver_outbox):
    make_received_line(product=(product := make_product()))
    question = make_question(product=product, body="加我微信 abc12345 便宜卖")
    deliver_outbox()

    actions.change_question_visibility(question_id=question.pk, visibility=Visibility.PUBLIC, now=WRITTEN)
    deliver_outbox()
    answer = make_answer(question, body="加我微信 abc12345 细说")
    deliver_outbox()
    told_before = Notification.objects.filter(kind="question_answered").count()
    actions.change_answer_visibility(answer_id=answer.pk, visibility=Visibility.PUBLIC, now=WRITTEN)
    deliver_outbox()

    assert QuestionInvite.objects.count() == 1
    assert (told_before, Notification.objects.filter(kind="question_answered").count()) == (0, 1)


@pytest.mark.parametrize("body", ["", "  ？", "长" * 201])
def test_a_question_without_words_or_with_too_many_is_refused(body):
    with pytest.raises(InvalidInput):
        make_question(body=body)

    assert not Question.objects.exists()


def test_a_question_about_nothing_is_not_found():
    with pytest.raises(NotFound):
        actions.ask_question(
            author_id=make_buyer().id, product_id=new_id(), body="会掉色吗？", idempotency_key=new_id(), now=WRITTEN
        )

    assert not Question.objects.exists()
