"""Points for words: paid once, never for stars, taken back when the words do not stand."""

from datetime import timedelta

import pytest

from backend.core.clock import business_day
from community.reviews import actions
from community.reviews.models import Review, Reward, Visibility
from community.reviews.rules import points as rules
from community.reviews.selectors.rewards import full_days
from membership.models import Deed, PointLot
from membership.ports import point_cause
from membership.selectors import lots_that_disagree
from tests.factories.catalogue import make_picture
from tests.factories.orders import make_buyer
from tests.factories.reviews import WORDS, WRITTEN, make_answer, make_question, make_received_line, make_review

pytestmark = pytest.mark.django_db

TEXTS = [
    "面料软，穿着舒服，颜色和图片一模一样。",
    "锅很重，炒菜不粘，就是手柄有点烫手。",
    "收到第三天叶子就开始长新芽，盆也结实。",
    "杯子拿着轻，盖子拧紧以后不会漏水的。",
]


def paid():
    return Reward.objects.filter(taken_back_at=None)


def test_a_review_of_some_substance_is_paid_once(deliver_outbox):
    review = make_review(is_weighed=False)

    deliver_outbox()
    actions.settle_review_reward(review_id=review.pk, now=WRITTEN)

    reward = paid().get()
    assert (reward.points, reward.lot.cause, reward.lot.earned) == (10, "review_reward", 10)
    assert Deed.objects.filter(fact="REVIEW", source_id=review.pk).count() == 1
    assert lots_that_disagree() == []


def test_pictures_earn_more_and_stars_nothing(deliver_outbox):
    bob = make_buyer("Bob")
    make_review(author=bob, stars=1, picture_ids=[make_picture(owner_id=bob.id).id], is_weighed=False)
    make_review(stars=5, body=TEXTS[1], is_weighed=False)

    deliver_outbox()

    assert sorted(paid().values_list("points", flat=True)) == [10, 20]


@pytest.mark.parametrize("body", ["", "好", "好好好好好好好好好好好好好好好好"])
def test_words_without_substance_earn_nothing(deliver_outbox, body):
    make_review(body=body, is_weighed=False)

    deliver_outbox()

    assert not Reward.objects.exists()


def test_a_held_review_is_paid_only_when_a_moderator_lets_it_go(deliver_outbox):
    review = make_review(body=f"{WORDS}加微信：tuanzi888", is_weighed=False)
    deliver_outbox()
    held = paid().count()

    actions.change_review_visibility(review_id=review.pk, visibility=Visibility.PUBLIC, now=WRITTEN)
    deliver_outbox()

    assert (held, paid().count()) == (0, 1)


def test_points_go_back_with_a_removed_review_and_come_again_with_it(deliver_outbox):
    review = make_review(is_weighed=False)
    deliver_outbox()

    actions.change_review_visibility(review_id=review.pk, visibility=Visibility.REMOVED, now=WRITTEN)
    deliver_outbox()
    gone = (paid().count(), PointLot.objects.get(cause="review_reward").remaining)
    actions.change_review_visibility(review_id=review.pk, visibility=Visibility.PUBLIC, now=WRITTEN)
    deliver_outbox()

    assert gone == (0, 0)
    assert paid().get().number == 2
    assert lots_that_disagree() == []


def test_no_more_than_three_are_paid_in_a_day(deliver_outbox):
    bob = make_buyer("Bob")
    for number, text in enumerate(TEXTS):
        make_review(author=bob, body=text, is_weighed=False, now=WRITTEN + timedelta(minutes=number))

    deliver_outbox()

    assert (Review.objects.count(), paid().count()) == (4, rules.REWARDS_PER_DAY)
    assert full_days(user_id=bob.id, days=[business_day(WRITTEN)]) == {business_day(WRITTEN)}


def test_a_review_beyond_the_limit_of_its_day_is_not_paid_when_it_is_changed_the_day_after(deliver_outbox):
    bob, tomorrow = make_buyer("Bob"), WRITTEN + timedelta(days=1)
    reviews = [
        make_review(author=bob, body=text, is_weighed=False, now=WRITTEN + timedelta(minutes=number))
        for number, text in enumerate(TEXTS)
    ]
    deliver_outbox()

    last = Review.objects.exclude(pk__in=paid().values("source_id")).get()
    actions.edit_review(review_id=last.pk, author_id=bob.id, stars=1, body=last.body + "补充一句。", now=tomorrow)
    deliver_outbox()

    assert len(reviews) == 4
    assert paid().count() == rules.REWARDS_PER_DAY


def test_an_accepted_answer_of_a_buyer_is_paid_and_one_of_the_shop_is_not(deliver_outbox):
    question = make_question()
    by_buyer, by_shop = make_answer(question), make_answer(question, is_staff=True)

    for answer in (by_buyer, by_shop, by_buyer):
        actions.accept_answer(answer_id=answer.pk, asker_id=question.author_id, now=WRITTEN)
    deliver_outbox()

    assert [reward.source_id for reward in paid()] == [by_buyer.pk]
    assert paid().get().points == rules.POINTS_FOR_ANSWER


def test_the_reason_of_each_lot_can_be_computed_again(deliver_outbox):
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)
    make_review(author=bob, line=line, picture_ids=[make_picture(owner_id=bob.id).id], is_weighed=False)
    question = make_question()
    actions.accept_answer(answer_id=make_answer(question).pk, asker_id=question.author_id, now=WRITTEN)

    deliver_outbox()

    for lot in PointLot.objects.filter(cause__in=["review_reward", "answer_reward"]):
        assert point_cause(lot.cause).recompute(lot.facts) == lot.earned
        assert point_cause(lot.cause).explain(lot.facts, lot.earned)
