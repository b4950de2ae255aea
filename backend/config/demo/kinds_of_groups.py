"""Groups of other kinds in the demo, at several stages: falling prices, draws, newcomers, money that is held."""

import random
from collections.abc import Sequence
from datetime import timedelta

from backend.accounts.models import User
from backend.config.demo.groups import Story, plan_story
from backend.config.demo.products import texts
from backend.config.demo.trade import Market
from backend.promotions.actions import CampaignDraft, RuleDraft, save_campaign, start_campaign

LADDER, DRAW, NEWCOMERS, HELD = "aksu-apples", "instant-camera", "quiet-mouse", "longjing-tea"
OTHER_KINDS = frozenset({LADDER, DRAW, NEWCOMERS, HELD})
NAME = ("花样拼团", "花樣團購", "More ways to buy together")
STEPS = [{"size": 2, "discountBps": 1000}, {"size": 4, "discountBps": 2000}, {"size": 6, "discountBps": 3000}]
RAN_FOR = timedelta(days=12)


def plan_other_kinds(*, market: Market, shoppers: Sequence[User], grower: User) -> None:
    """Plan a campaign with one rule of each kind, and groups that are over, drawn, or wait now."""
    # Dice of its own, so that the rest of the demo stays what it is.
    own = Market(products=market.products, dice=random.Random(20), play=market.play)  # noqa: S311 - the same each time
    _plan_campaign(own, grower)
    ali, second, third = shoppers[0], shoppers[1], shoppers[2]
    crowd = list(shoppers[30:])
    _plan_story(own, LADDER, [ali, *crowd[:3]], days_ago=5.2, joined=4, lasts_hours=20)
    _plan_story(own, LADDER, [second, ali, *crowd[3:5]], days_ago=0.7, joined=3, lasts_hours=10)
    _plan_story(own, LADDER, [third, *crowd[5:6]], days_ago=0.3, joined=1, lasts_hours=2)
    _plan_story(own, DRAW, [third, ali, *crowd[6:9]], days_ago=3.4, joined=5, lasts_hours=12)
    _plan_story(own, DRAW, [second, *crowd[9:12]], days_ago=0.6, joined=3, lasts_hours=9)
    _plan_story(own, NEWCOMERS, [ali], days_ago=0.4, joined=1, lasts_hours=1)
    _plan_story(own, HELD, [second, *crowd[12:13]], days_ago=0.5, joined=2, lasts_hours=6)


def _plan_campaign(market: Market, grower: User) -> None:
    ids = {slug: [str(market.products[slug].pk)] for slug in OTHER_KINDS}
    ladder = {
        "productIds": ids[LADDER], "ladder": STEPS, "ttlHours": 48, "allowMerge": True, "leaderPoints": 60,
        "leaderSpare": 1,
    }  # fmt: skip
    draw = {
        "productIds": ids[DRAW], "size": 5, "ttlHours": 48, "discountBps": 9000, "winners": 1, "consolationPoints": 50,
    }  # fmt: skip
    newcomers = {
        "productIds": ids[NEWCOMERS], "size": 3, "ttlHours": 48, "discountBps": 3000, "joiners": "new",
        "platformSeatMax": 1,
    }  # fmt: skip
    held = {"productIds": ids[HELD], "size": 3, "ttlHours": 48, "discountBps": 2000, "moneyTaken": "full"}
    rules = tuple(RuleDraft(kind="group_price", params=params) for params in (ladder, draw, newcomers, held))
    starts_at = market.play.until - RAN_FOR
    draft = CampaignDraft(
        names=texts(NAME), starts_at=starts_at, ends_at=market.play.until + timedelta(days=35),
        audience={"who": "all"}, budget_minor=1_000_000, rules=rules,
    )  # fmt: skip

    def make(now: object) -> None:
        campaign = save_campaign(draft=draft, actor_id=grower.pk, now=starts_at)
        start_campaign(
            campaign_id=campaign.pk, version=campaign.version, actor_id=grower.pk, idempotency_key=campaign.pk,
            now=starts_at,
        )  # fmt: skip

    market.play.plan(starts_at, make)


def _plan_story(
    market: Market, slug: str, people: Sequence[User], *, days_ago: float, joined: int, lasts_hours: float
) -> None:
    story = Story(
        product=market.products[slug],
        people=people,
        opened_at=market.play.until - timedelta(days=days_ago),
        joined=joined,
        lasts=timedelta(hours=lasts_hours),
    )
    plan_story(story, market)
