"""What contests keep about one person, to hand out and to make nameless."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from community.contests.models import ContestEntry, ContestVote


class ContestPrivacy:
    """Entries and votes."""

    name = "contests"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything that is kept: with which posts the person took part, and for what it voted."""
        entries = ContestEntry.objects.filter(author_id=user_id)
        votes = ContestVote.objects.filter(voter_id=user_id)
        return {
            "entries": list(entries.values("contest_id", "post_id", "entered_at", "rank", "prize_points")),
            "votes": list(votes.values("contest_id", "entry_id", "at")),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Nothing names the person here: entries and votes hold the account's id, which the accounts make nameless."""
