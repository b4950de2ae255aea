"""What membership keeps about one person, to hand out and to make nameless."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from membership.actions import forget_member
from membership.models import (
    Badge,
    Birthday,
    BirthdayGift,
    CheckIn,
    CountedSpending,
    Deed,
    MallExchange,
    Member,
    PointDebt,
    PointLot,
    PointSpend,
    TaskReward,
    TierMove,
)


class MembershipPrivacy:
    """Levels, points, check-ins, deeds, exchanges and the birthday."""

    name = "membership"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything that membership keeps about the person."""
        mine = {"user_id": user_id}
        return {
            "level": list(Member.objects.filter(**mine).values("tier_id", "since", "valid_until")),
            "level_moves": list(
                TierMove.objects.filter(**mine).order_by("at").values("from_tier_id", "to_tier_id", "reason", "at")
            ),
            "counted_orders": list(
                CountedSpending.objects.filter(**mine).values("order_id", "amount_minor", "state", "confirmed_at")
            ),
            "points": list(
                PointLot.objects.filter(**mine)
                .order_by("created_at")
                .values("cause", "facts", "state", "earned", "remaining", "created_at", "expires_at")
            ),
            "points_used": list(
                PointSpend.objects.filter(**mine)
                .order_by("created_at")
                .values("source_type", "amount", "returned", "created_at")
            ),
            "points_owed": list(PointDebt.objects.filter(**mine).values("amount", "repaid", "forgiven", "created_at")),
            "check_ins": list(CheckIn.objects.filter(**mine).order_by("day").values("day", "streak")),
            "deeds": list(Deed.objects.filter(**mine).values("fact", "at")),
            "tasks": list(TaskReward.objects.filter(**mine).values("key", "at")),
            "badges": list(Badge.objects.filter(**mine).values("rule_id", "at")),
            "exchanges": list(MallExchange.objects.filter(**mine).values("item__names", "points", "at")),
            "birthday": list(Birthday.objects.filter(**mine).values("born_on", "told_at")),
            "birthday_gifts": list(BirthdayGift.objects.filter(**mine).values("year", "points", "at")),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Forget habits, the birthday and what staff wrote; what was booked stays, without a name."""
        forget_member(user_id=user_id)
