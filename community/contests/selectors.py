"""What can be read of contests."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from backend.core.paging import Page, keyset_page
from backend.promotions.models import CampaignState
from community.contests import rules
from community.contests.models import Contest, ContestEntry, ContestState, ContestVote
from community.forum.rules import SEEN_BY_ALL
from community.forum.selectors import visible_posts

ORDERS = {"TOP": ("-votes_count", "-id"), "NEW": ("-entered_at", "-id")}
# How long a judged contest still stands in its circle.
SHOWN_AFTER = timedelta(days=14)


def contest_by_id(contest_id: UUID) -> Contest | None:
    """One contest, with its campaign."""
    return Contest.objects.select_related("campaign", "topic__picture").filter(pk=contest_id).first()


def contests_shown(*, now: datetime, topic: str | None = None) -> list[Contest]:
    """The contests that are open, announced or lately over; what is open first, the one that ends first at the top."""
    found = Contest.objects.select_related("campaign", "topic__picture").filter(ends_at__gt=now - SHOWN_AFTER)
    if topic:
        found = found.filter(topic__slug=topic)
    return sorted(found, key=lambda contest: (contest.ends_at <= now, contest.ends_at, contest.pk))


def is_open(contest: Contest, now: datetime) -> bool:
    """Whether entries and votes are taken now."""
    runs = contest.campaign.state == CampaignState.RUNNING and contest.state == ContestState.OPEN
    return bool(runs and contest.starts_at <= now < contest.ends_at)


def phase_of(contest: Contest, now: datetime) -> str:
    """Where a contest stands for who looks at it now."""
    if contest.state == ContestState.JUDGED:
        return "JUDGED"
    if now >= contest.ends_at:
        return "COUNTING"
    if now < contest.starts_at:
        return "SOON"
    return "OPEN" if is_open(contest, now) else "PAUSED"


def visible_entries(viewer_id: UUID | None) -> QuerySet[ContestEntry]:
    """The entries whose posts a viewer may open."""
    return ContestEntry.objects.filter(post__in=visible_posts(viewer_id))


def entries_page(*, contest_id: UUID, viewer_id: UUID | None, sort: str, first: int, after: str | None) -> Page:
    """One page of the entries of a contest."""
    found = with_vote(visible_entries(viewer_id).filter(contest_id=contest_id), viewer_id)
    return keyset_page(found, order=ORDERS[sort], first=first, after=after)


def entry_of(*, contest_id: UUID, author_id: UUID | None) -> ContestEntry | None:
    """With what a person takes part."""
    if author_id is None:
        return None
    return with_vote(visible_entries(author_id).filter(contest_id=contest_id, author_id=author_id), author_id).first()


def entry_for(entry_id: UUID, viewer_id: UUID) -> ContestEntry | None:
    """One entry as a viewer sees it."""
    return with_vote(visible_entries(viewer_id).filter(pk=entry_id), viewer_id).first()


def winners_of(contest_id: UUID, viewer_id: UUID | None) -> list[ContestEntry]:
    """The entries with a prize, the first first."""
    found = visible_entries(viewer_id).filter(contest_id=contest_id, prize_points__gt=0)
    return list(with_vote(found, viewer_id).order_by("rank"))


def with_vote(found: QuerySet[ContestEntry], viewer_id: UUID | None) -> QuerySet[ContestEntry]:
    """Entries that know whether the viewer voted for them."""
    return found.annotate(has_my_vote=Exists(ContestVote.objects.filter(entry=OuterRef("pk"), voter=viewer_id)))


def entries_count(contest_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many entries everybody may see."""
    shown = ContestEntry.objects.filter(contest_id__in=list(contest_ids), post__visibility__in=SEEN_BY_ALL)
    return dict(shown.values_list("contest_id").annotate(Count("pk")))


def due_contests(now: datetime) -> list[UUID]:
    """The contests that are to be judged."""
    due = Contest.objects.filter(state=ContestState.OPEN, ends_at__lte=now - rules.TIME_TO_LOOK)
    return list(due.order_by("ends_at", "pk").values_list("pk", flat=True))


def entries_to_judge(contest_id: UUID) -> QuerySet[ContestEntry]:
    """The entries that everybody may see and somebody voted for."""
    return ContestEntry.objects.filter(contest_id=contest_id, post__visibility__in=SEEN_BY_ALL, votes_count__gt=0)
