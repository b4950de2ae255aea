"""What was paid for words."""

from collections.abc import Collection
from uuid import UUID

from community.reviews.models import Reward, RewardCause


def rewards_of(review_ids: Collection[UUID]) -> dict[UUID, Reward | None]:
    """The standing reward of each of some reviews."""
    found: dict[UUID, Reward | None] = dict.fromkeys(review_ids)
    paid = Reward.objects.filter(cause=RewardCause.REVIEW, source_id__in=review_ids, taken_back_at=None)
    return found | {reward.source_id: reward for reward in paid}
