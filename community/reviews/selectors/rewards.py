"""What was paid for words."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count

from community.reviews.models import Reward, RewardCause
from community.reviews.rules.points import REWARDS_PER_DAY


def rewards_of(review_ids: Collection[UUID]) -> dict[UUID, Reward | None]:
    """The standing reward of each of some reviews."""
    found: dict[UUID, Reward | None] = dict.fromkeys(review_ids)
    paid = Reward.objects.filter(cause=RewardCause.REVIEW, source_id__in=review_ids, taken_back_at=None)
    return found | {reward.source_id: reward for reward in paid}


def full_days(*, user_id: UUID, days: Collection[date]) -> set[date]:
    """Those of some days for which a person was paid as often as anybody is."""
    paid = Reward.objects.filter(user_id=user_id, day__in=days).values("day").annotate(count=Count("pk"))
    return {row["day"] for row in paid if row["count"] >= REWARDS_PER_DAY}
