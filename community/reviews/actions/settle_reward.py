"""Pay for reviews and accepted answers, and take the points back when the words do not stand."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.money import Points
from community.reviews.models import Answer, Review, ReviewPicture, Reward, RewardCause
from community.reviews.rules import points as rules
from community.reviews.rules.writing import SEEN_BY_ALL
from membership.actions import promise_points, take_back_points
from membership.actions.hold_wallets import hold_wallets


@transaction.atomic
def settle_review_reward(*, review_id: UUID, now: datetime) -> Reward | None:
    """Pay once for a weighed review of some substance that everybody may read; take it back when that ends.

    Emits: PointsPromised, PointsTakenBack.
    """
    author_id = Review.objects.values_list("author_id", flat=True).get(pk=review_id)
    hold_wallets([author_id])
    review = Review.objects.get(pk=review_id)
    pictures = ReviewPicture.objects.filter(review=review).count()
    stands = review.visibility in SEEN_BY_ALL and review.weighed_at is not None and not review.is_refunded
    points = rules.points_for_review(text=review.body, pictures_count=pictures) if stands else Points(0)
    facts = {"pictures": pictures, "has_substance": rules.has_substance(review.body)}
    return _settle(
        RewardCause.REVIEW, review.id, user_id=author_id, points=points, facts=facts, day_of=review.created_at, now=now
    )


@transaction.atomic
def settle_answer_reward(*, answer_id: UUID, now: datetime) -> Reward | None:
    """Pay a buyer once for an answer that was accepted or solved a problem, as long as it stands.

    Emits: PointsPromised, PointsTakenBack.
    """
    author_id = Answer.objects.values_list("author_id", flat=True).get(pk=answer_id)
    hold_wallets([author_id])
    answer = Answer.objects.select_related("question").get(pk=answer_id)
    helped = answer.question.accepted_id == answer.id or answer.solved_count > 0
    stands = answer.visibility in SEEN_BY_ALL and helped and not answer.is_official
    points = Points(rules.POINTS_FOR_ANSWER if stands else 0)
    return _settle(RewardCause.ANSWER, answer.id, user_id=author_id, points=points, facts={}, day_of=now, now=now)


def _settle(
    cause: RewardCause,
    source_id: UUID,
    *,
    user_id: UUID,
    points: Points,
    facts: dict[str, Any],
    day_of: datetime,
    now: datetime,
) -> Reward | None:
    """Bring what is paid in line with what is deserved; the caller holds the wallet, so it is paid once.

    Three are paid for a day. A review belongs to the day on which it was written, so one beyond that is never paid,
    whenever it is looked at again.
    """
    paid = Reward.objects.filter(cause=cause, source_id=source_id)
    standing = paid.filter(taken_back_at=None).first()
    if standing and not points:
        take_back_points(lot_id=standing.lot_id, keep=Points(0), now=now)
        standing.taken_back_at = now
        standing.save(update_fields=["taken_back_at"])
        return None
    if standing or not points:
        return standing
    day = business_day(day_of)
    number = paid.count() + 1
    of_the_day = Reward.objects.filter(user_id=user_id, day=day)
    if number == 1 and of_the_day.count() >= rules.REWARDS_PER_DAY:
        return None
    return _pay(cause, source_id, number=number, user_id=user_id, points=points, facts=facts, day=day, now=now)


def _pay(
    cause: RewardCause,
    source_id: UUID,
    *,
    number: int,
    user_id: UUID,
    points: Points,
    facts: dict[str, Any],
    day: date,
    now: datetime,
) -> Reward:
    lot = promise_points(
        user_id=user_id,
        points=points,
        cause=f"{cause.lower()}_reward",
        source=(f"{cause.lower()}_reward_{number}", source_id),
        rule_version=rules.RULE_VERSION,
        facts={**facts, "points": points.amount, "at": now.isoformat()},
        vests_at=now + rules.VEST_AFTER,
        now=now,
    )
    assert lot is not None
    return Reward.objects.create(
        cause=cause,
        source_id=source_id,
        number=number,
        user_id=user_id,
        day=day,
        points=points.amount,
        lot=lot,
        at=now,
    )
