"""Contests of the demo: one that is open in the circle of unboxings, one among the plants that is judged."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.accounts.models import User
from backend.config.demo.play import Step
from backend.config.demo.products import texts
from backend.config.demo.trade import Market
from backend.promotions.actions import CampaignDraft, RuleDraft, save_campaign, start_campaign
from community.contests.actions import enter_contest, judge_due_contests, vote
from community.contests.models import Contest, ContestEntry
from community.forum.models import Post

DAYS_OF_PLANTS = (30.0, 1.4)
DAYS_OF_BOXES = (15.0, -5.0)
PLANTS = ("我家阳台最好看", "我家陽臺最好看", "The balcony of the year")
BOXES = ("十一月开箱大赛", "十一月開箱大賽", "Unboxed in November")


def plan_contests(*, market: Market, shoppers: Sequence[User], grower: User) -> None:
    """Plan both contests with their entries and votes."""
    _plan(market, shoppers, grower, topic="balcony", name=PLANTS, days=DAYS_OF_PLANTS, prizes=[500, 300, 200, 50])
    _plan(market, shoppers, grower, topic="unboxing", name=BOXES, days=DAYS_OF_BOXES, prizes=[800, 500, 300, 100, 100])


def _plan(
    market: Market,
    shoppers: Sequence[User],
    grower: User,
    *,
    topic: str,
    name: tuple[str, str, str],
    days: tuple[float, float],
    prizes: list[int],
) -> None:
    until = market.play.until
    starts_at, ends_at = (until - timedelta(days=each) for each in days)
    rule = RuleDraft(kind="contest", params={"topic": topic, "prizes": prizes, "leastVotes": 2})
    draft = CampaignDraft(
        names=texts(name),
        starts_at=starts_at,
        ends_at=ends_at,
        audience={"who": "all"},
        budget_points=2_000,
        rules=(rule,),
    )

    def start(now: datetime) -> None:
        campaign = save_campaign(draft=draft, actor_id=grower.pk, now=now)
        key = market.key()
        start_campaign(
            campaign_id=campaign.pk, version=campaign.version, actor_id=grower.pk, idempotency_key=key, now=now
        )

    last = min(ends_at, until) - timedelta(hours=7)
    market.play.plan(starts_at, start)
    market.play.plan(last, _entering(topic))
    for person in shoppers:
        when = last + timedelta(minutes=market.dice.randint(1, 400))
        market.play.plan(when, _voting(topic, person, luck=market.dice.random()))
    market.play.plan(ends_at + timedelta(hours=2), lambda now: judge_due_contests(now=now))


def _entering(topic: str) -> Step:
    def enter(now: datetime) -> None:
        contest = Contest.objects.get(topic__slug=topic)
        authors: set[object] = set()
        for post in Post.objects.filter(topic=contest.topic, pictures__isnull=False).order_by("pk").distinct():
            if post.author_id not in authors:
                authors.add(post.author_id)
                enter_contest(contest_id=contest.pk, post_id=post.pk, author_id=post.author_id, now=now)

    return enter


def _voting(topic: str, person: User, *, luck: float) -> Step:
    """The first entries are seen by more people, so more of them vote for these."""

    def choose(now: datetime) -> None:
        entries = ContestEntry.objects.filter(contest__topic__slug=topic).exclude(author=person).order_by("pk")
        if found := list(entries):
            vote(entry_id=found[int(len(found) * luck**1.6)].pk, voter_id=person.pk, now=now)

    return choose
