"""Contests for tests, opened by the campaigns that the shop uses."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.promotions.actions import RuleDraft
from community.contests.actions import enter_contest
from community.contests.models import Contest, ContestEntry
from tests.factories.catalogue import make_picture
from tests.factories.community import make_post, make_topic
from tests.factories.promotions import make_running_campaign, this_moment


def contest_rule(**params: Any) -> RuleDraft:
    """A contest among people who like plants, with three prizes."""
    terms = {"topic": "plants", "prizes": [300, 200, 100], "mustHaveBought": False, "leastVotes": 1, **params}
    return RuleDraft(kind="contest", params=terms)


def make_contest(
    *, now: datetime | None = None, days: int = 7, budget_points: int | None = 1_000, **params: Any
) -> Contest:
    """A contest that is open."""
    make_topic()
    now = now or this_moment()
    campaign = make_running_campaign(
        [contest_rule(**params)], now=now, lasts=timedelta(days=days), budget_points=budget_points
    )
    return Contest.objects.get(campaign=campaign)


def make_entry(contest: Contest, author: User, *, now: datetime | None = None, **post: Any) -> ContestEntry:
    """Somebody takes part with a post that has a picture."""
    now = now or contest.starts_at
    written = make_post(author, picture_ids=[make_picture(owner_id=author.id).id], now=now, **post)
    return enter_contest(contest_id=contest.pk, post_id=UUID(str(written.pk)), author_id=author.id, now=now)
