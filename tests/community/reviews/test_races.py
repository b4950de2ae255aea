"""Many at once: a second review of a line, a vote that is counted twice, points that are paid twice."""

import time

from django.db import transaction

from backend.core.ids import new_id
from community.reviews import actions
from community.reviews.actions import settle_reward
from community.reviews.errors import ReviewedAlready
from community.reviews.models import HelpfulVote, Review, Reward, SolvedMark
from membership.models import PointLot
from tests.factories.catalogue import make_product
from tests.factories.orders import make_buyer
from tests.factories.reviews import WORDS, WRITTEN, make_answer, make_question, make_received_line, make_review
from tests.support.races import all_at_once

MANY = 8


def write(line, author):
    return actions.write_review(
        author_id=author.id, line_id=line.pk, stars=5, body=WORDS, idempotency_key=new_id(), now=WRITTEN
    )


def test_one_line_is_reviewed_once(fresh_database):
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)

    outcome = all_at_once(MANY, lambda _me: write(line, bob))

    assert Review.objects.count() == len(outcome.answers) == 1
    assert {type(refusal) for refusal in outcome.raised} == {ReviewedAlready}


def test_control_looking_before_writing_meets_the_constraint(fresh_database):
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)

    def look_then_write(_me):
        is_free = not Review.objects.filter(line=line).exists()
        time.sleep(0.1)
        if is_free:
            Review.objects.create(
                line=line, product_id=line.product_id, variant_id=line.variant_id, author=bob, stars=5,
                received_at=WRITTEN, created_at=WRITTEN,
            )  # fmt: skip

    outcome = all_at_once(MANY, look_then_write)

    assert Review.objects.count() == 1
    assert "review_once_per_line" in str(outcome.raised[0])


def test_no_vote_is_lost_or_counted_twice(fresh_database):
    review = make_review()
    people = [make_buyer() for _ in range(MANY)]

    outcome = all_at_once(
        MANY, lambda me: actions.find_review_helpful(review_id=review.pk, user_id=people[me].id, now=WRITTEN)
    )

    assert outcome.raised == []
    assert Review.objects.get().helpful_count == HelpfulVote.objects.count() == MANY


def test_a_review_is_paid_once(fresh_database):
    review = make_review()

    outcome = all_at_once(MANY, lambda _me: actions.settle_review_reward(review_id=review.pk, now=WRITTEN))

    assert outcome.raised == []
    assert Reward.objects.count() == PointLot.objects.filter(cause="review_reward").count() == 1


def test_control_counting_without_the_lock_loses_votes(fresh_database):
    review = make_review()
    people = [make_buyer() for _ in range(MANY)]

    @transaction.atomic
    def vote_unheld(me):
        HelpfulVote.objects.create(review=review, user=people[me], at=WRITTEN)
        count = HelpfulVote.objects.filter(review=review).count()
        time.sleep(0.2)
        Review.objects.filter(pk=review.pk).update(helpful_count=count)

    all_at_once(MANY, vote_unheld)

    assert HelpfulVote.objects.count() == MANY
    assert Review.objects.get().helpful_count < MANY


def test_control_paying_without_the_wallet_meets_the_constraint(fresh_database, monkeypatch):
    review = make_review()
    monkeypatch.setattr(settle_reward, "hold_wallets", lambda _people: time.sleep(0.2))

    outcome = all_at_once(MANY, lambda _me: actions.settle_review_reward(review_id=review.pk, now=WRITTEN))

    assert outcome.raised
    assert Reward.objects.count() == 1


def test_no_mark_of_a_solved_problem_is_lost_or_counted_twice(fresh_database):
    product = make_product(stock=20)
    answer = make_answer(make_question(product=product), author=make_received_line(product=product).order.buyer)
    owners = [make_received_line(product=product).order.buyer_id for _ in range(MANY // 2)]

    outcome = all_at_once(
        MANY, lambda me: actions.mark_solved(answer_id=answer.pk, user_id=owners[me // 2], now=WRITTEN)
    )

    assert outcome.raised == []
    answer.refresh_from_db()
    assert answer.solved_count == SolvedMark.objects.count() == MANY // 2
