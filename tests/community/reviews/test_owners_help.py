"""Owners help owners: answers shown before something is sent back, marks of what they solved, and what they earn."""

from datetime import timedelta

import pytest

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.messaging.models import Notification
from community.reviews import actions, selectors
from community.reviews.errors import OnlyBuyersAnswer, OwnReview, WritingTooFast
from community.reviews.models import Answer, Question, Reward, SolvedMark
from community.reviews.privacy import ReviewPrivacy
from community.reviews.rules import helping as rules
from tests.factories.aftersales import ASKED
from tests.factories.aftersales import ask as ask_for_return
from tests.factories.catalogue import make_product
from tests.factories.orders import make_buyer
from tests.factories.reviews import WRITTEN, make_answer, make_received_line

pytestmark = pytest.mark.django_db


def asked(product, topic="DEFECT"):
    return actions.ask_question(
        author_id=make_buyer().id, product_id=product.pk, body="灯一直闪怎么办？", topic=topic,
        idempotency_key=new_id(), now=WRITTEN,
    )  # fmt: skip


@pytest.fixture
def lamp():
    return make_product(stock=20)


@pytest.fixture
def answer(lamp):
    return make_answer(asked(lamp), author=make_received_line(product=lamp).order.buyer, body="把灯泡拧紧一圈就好了。")


def owner_of(product):
    return make_received_line(product=product).order


def test_a_solved_answer_is_shown_to_owners_with_the_same_reason_and_to_nobody_else(lamp, answer):
    helped, bob, stranger = owner_of(lamp), make_buyer("Bob"), make_buyer("Mallory")
    line = make_received_line(buyer=bob, product=lamp)
    actions.mark_solved(answer_id=answer.pk, user_id=helped.buyer_id, now=WRITTEN)

    def shown(reason, viewer):
        found = selectors.helpful_answers(line_ids=[line.pk], reason=reason, viewer_id=viewer.id)
        return [each.pk for each in found]

    assert shown("QUALITY", bob) == [answer.pk]
    assert shown("MISSING", bob) == []
    assert shown("QUALITY", stranger) == []


def test_an_answer_that_helped_nobody_is_not_shown(lamp, answer):
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob, product=lamp)

    assert selectors.helpful_answers(line_ids=[line.pk], reason="QUALITY", viewer_id=bob.id) == []


def test_who_solves_a_problem_is_paid_once_and_told(lamp, answer, deliver_outbox):
    for _ in range(2):
        actions.mark_solved(answer_id=answer.pk, user_id=owner_of(lamp).buyer_id, now=WRITTEN)
    deliver_outbox()

    assert Answer.objects.get(pk=answer.pk).solved_count == 2
    assert Reward.objects.get().user_id == answer.author_id
    assert Notification.objects.filter(user_id=answer.author_id, kind="answer_solved").count() == 1


def test_saying_it_twice_counts_once(lamp, answer):
    owner = owner_of(lamp).buyer_id

    for _ in range(2):
        actions.mark_solved(answer_id=answer.pk, user_id=owner, now=WRITTEN)

    assert Answer.objects.get(pk=answer.pk).solved_count == SolvedMark.objects.count() == 1
    assert OutboxEvent.objects.filter(name="AnswerSolved").count() == 1


def test_only_other_owners_say_so(lamp, answer):
    busy = owner_of(lamp).buyer
    others = Answer.objects.bulk_create(
        Answer(question=asked(lamp), author=make_buyer(), body="试试", created_at=WRITTEN)
        for _ in range(rules.MARKS_PER_DAY)
    )
    SolvedMark.objects.bulk_create(SolvedMark(answer=each, user=busy, at=WRITTEN) for each in others)
    before = SolvedMark.objects.count()

    for user_id, refusal in (
        (answer.author_id, OwnReview), (make_buyer("Mallory").id, OnlyBuyersAnswer), (busy.id, WritingTooFast),
    ):  # fmt: skip
        with pytest.raises(refusal):
            actions.mark_solved(answer_id=answer.pk, user_id=user_id, now=WRITTEN)
    with pytest.raises(NotFound):
        actions.mark_solved(answer_id=new_id(), user_id=busy.id, now=WRITTEN)

    assert SolvedMark.objects.count() == before
    assert Answer.objects.get(pk=answer.pk).solved_count == 0


def test_a_mark_counts_as_spared_only_when_no_case_followed(lamp, answer):
    kept, back = owner_of(lamp), owner_of(lamp)
    for order in (kept, back):
        actions.mark_solved(answer_id=answer.pk, user_id=order.buyer_id, now=WRITTEN - timedelta(days=2))
    ask_for_return(back, reason="QUALITY", now=ASKED)

    soon = selectors.spared_cases(now=WRITTEN)
    later = selectors.spared_cases(now=WRITTEN + timedelta(days=15))

    assert (soon.helped, later.helped, later.spared) == (0, 2, 1)


def test_a_topic_that_does_not_exist_is_refused(lamp):
    with pytest.raises(InvalidInput):
        asked(lamp, topic="GOSSIP")

    assert not Question.objects.exists()


def test_marks_are_handed_out_and_forgotten(lamp, answer):
    owner = owner_of(lamp).buyer_id
    actions.mark_solved(answer_id=answer.pk, user_id=owner, now=WRITTEN)

    assert ReviewPrivacy().export(user_id=owner)["solved_by"] == [str(answer.pk)]
    ReviewPrivacy().erase(user_id=owner, now=WRITTEN)

    assert not SolvedMark.objects.exists()
    assert Answer.objects.get(pk=answer.pk).solved_count == 0
