"""Vote for an entry, and take the vote back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.models import User
from backend.core.errors import NotFound
from backend.core.locks import advisory_lock, lock_many
from community.contests import selectors
from community.contests.errors import ContestClosed, NoVoteForOneself, VoterTooNew
from community.contests.models import Contest, ContestEntry, ContestVote


@transaction.atomic
def vote(*, entry_id: UUID, voter_id: UUID, now: datetime) -> ContestEntry:
    """Give one's vote of this contest to an entry; a vote that was given to another one moves here.

    Raises: NotFound, ContestClosed, NoVoteForOneself, VoterTooNew.
    """
    entry = selectors.visible_entries(voter_id).filter(pk=entry_id).select_related("contest").first()
    if entry is None:
        raise NotFound
    _check_may_vote(entry, voter_id, now)

    before = _hold_vote(entry.contest, voter_id)
    held = lock_many(ContestEntry, {entry.pk, *([before.entry_id] if before else [])})
    ContestVote.objects.update_or_create(
        contest=entry.contest, voter_id=voter_id, defaults={"entry_id": entry.pk, "at": now}
    )
    _recount(held)
    return next(each for each in held if each.pk == entry.pk)


@transaction.atomic
def take_vote_back(*, contest_id: UUID, voter_id: UUID, now: datetime) -> Contest:
    """Take one's vote back, so that it can be given again; without a vote nothing happens.

    Raises: NotFound, ContestClosed.
    """
    contest = selectors.contest_by_id(contest_id)
    if contest is None:
        raise NotFound
    if not selectors.is_open(contest, now):
        raise ContestClosed
    before = _hold_vote(contest, voter_id)
    if before is not None:
        held = lock_many(ContestEntry, [before.entry_id])
        before.delete()
        _recount(held)
    return contest


def _check_may_vote(entry: ContestEntry, voter_id: UUID, now: datetime) -> None:
    """Refuse who may not vote here and now.

    Raises: ContestClosed, NoVoteForOneself, VoterTooNew.
    """
    if not selectors.is_open(entry.contest, now):
        raise ContestClosed
    if entry.author_id == voter_id:
        raise NoVoteForOneself
    since = User.objects.values_list("date_joined", flat=True).get(pk=voter_id)
    if since >= entry.contest.starts_at:
        raise VoterTooNew


def _hold_vote(contest: Contest, voter_id: UUID) -> ContestVote | None:
    """One's vote so far; whoever votes from two places at once waits here, also with the first vote."""
    advisory_lock("contests.vote", f"{contest.pk}:{voter_id}")
    return ContestVote.objects.filter(contest=contest, voter_id=voter_id).first()


def _recount(held: list[ContestEntry]) -> None:
    for entry in held:
        entry.votes_count = ContestVote.objects.filter(entry=entry).count()
        entry.save(update_fields=["votes_count"])
