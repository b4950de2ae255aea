"""Judge a contest: its order is final, and the prizes go out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one, lock_rows
from backend.core.money import Points
from backend.core.outbox import emit
from backend.promotions.actions import release_budget, spend_budget
from backend.promotions.models import Campaign
from community.contests import rules, selectors
from community.contests.events import EntryPlaced
from community.contests.models import Contest, ContestEntry, ContestState
from membership.actions import promise_points, take_back_points
from membership.actions.hold_wallets import hold_wallets


def judge_due_contests(*, now: datetime) -> int:
    """Judge every contest that is over and was open to moderators' eyes for an hour; say how many."""
    return sum(judge_contest(contest_id=contest_id, now=now) for contest_id in selectors.due_contests(now))


@transaction.atomic
def judge_contest(*, contest_id: UUID, now: datetime) -> bool:
    """Write down ranks and promise the prizes, once; False when that is done already.

    Posts that nobody may see take no rank. What is left of the prizes goes back to the campaign.

    Emits: EntryPlaced, PointsPromised.
    """
    entries = selectors.entries_to_judge(contest_id)
    hold_wallets([entry.author_id for entry in entries])
    lock_one(Campaign, Contest.objects.values_list("campaign_id", flat=True).get(pk=contest_id))
    contest = lock_one(Contest, contest_id)
    if contest.state != ContestState.OPEN:
        return False
    contest.state, contest.judged_at = ContestState.JUDGED, now
    contest.save(update_fields=["state", "judged_at"])

    places = rules.placed(lock_rows(entries), prizes=contest.prizes, least_votes=contest.least_votes)
    given = sum(points for _entry, _rank, points in places)
    spend_budget(campaign_id=contest.campaign_id, points=given)
    release_budget(campaign_id=contest.campaign_id, points=sum(contest.prizes) - given)
    for entry, rank, points in places:
        _place(contest, entry, rank=rank, points=points, now=now)
    return True


@transaction.atomic
def take_prize_back(*, post_id: UUID, now: datetime) -> bool:
    """Take the points of an entry back whose post was removed; what is usable already is owed.

    Emits: PointsTakenBack.
    """
    entry = ContestEntry.objects.filter(post_id=post_id, prize_lot_id__isnull=False).first()
    if entry is None or entry.prize_lot_id is None:
        return False
    take_back_points(lot_id=entry.prize_lot_id, keep=Points(0), now=now)
    return True


def _place(contest: Contest, entry: ContestEntry, *, rank: int, points: int, now: datetime) -> None:
    entry.rank, entry.prize_points = rank, points
    lot = promise_points(
        user_id=entry.author_id,
        points=Points(points),
        cause="contest",
        source=("contest_entry", entry.pk),
        rule_version=f"contest:{contest.rule_id}",
        facts={
            "contest": str(contest.pk),
            "names": contest.names,
            "rank": rank,
            "votes": entry.votes_count,
            "prizes": contest.prizes,
            "at": now.isoformat(),
        },
        vests_at=now + rules.TIME_TO_OBJECT,
        campaign_id=contest.campaign_id,
        now=now,
    )
    entry.prize_lot_id = lot.pk if lot else None
    entry.save(update_fields=["rank", "prize_points", "prize_lot_id"])
    if points:
        emit(
            EntryPlaced(
                entry_id=entry.pk,
                contest_id=contest.pk,
                author_id=entry.author_id,
                rank=rank,
                points=points,
                at=now,
            )
        )
