"""Campaigns of the demo: one for each thing the growth team can see, from a draft to one that is over."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.catalogue.models import Product, Variant
from backend.config.demo.play import Play
from backend.config.demo.products import texts
from backend.config.demo.shelf import Good
from backend.promotions.actions import (
    CampaignDraft,
    RuleDraft,
    end_campaign,
    pause_campaign,
    save_campaign,
    start_campaign,
)
from backend.promotions.models import Campaign

NEIGHBOURS = ("邻里拼团季", "鄰里拼團季", "Neighbours buy together")
GOOD_THINGS = ("生活好物团", "生活好物團", "Good things together")
FRESH_SHELVES = frozenset({"fruit", "snacks", "plants", "home", "kitchen", "pets"})
SCHOOL = ("开学文具周", "開學文具週", "Back to school")
HARVEST = ("周末水果日", "週末水果日", "Fruit weekend")
TWELFTH = ("双十二预热", "雙十二暖身", "Warm-up for the twelfth")
INVITE = ("带邻居来，一起得团子分", "帶鄰居來，一起拿團子點", "Bring a neighbour, both earn points")
HOURS = {2: 24, 3: 24, 5: 48}


def plan_campaigns(*, play: Play, goods: Iterable[Good], products: Mapping[str, Product], grower: User) -> None:
    """Plan the making, starting, pausing and ending of every campaign."""
    goods = list(goods)
    first = play.until - timedelta(days=90)
    fresh = _rules_by_shelf([good for good in goods if good.shelf in FRESH_SHELVES], products)
    others = _rules_by_shelf([good for good in goods if good.shelf not in FRESH_SHELVES], products)
    fruit = _group_rule([good for good in goods if good.shelf == "fruit"], products, 5, cheaper_by=6)
    pens = _group_rule([good for good in goods if good.shelf == "stationery"], products, 2, cheaper_by=5)
    bring = RuleDraft(
        kind="invite_reward",
        params={"inviterPoints": 300, "inviteePoints": 200, "windowDays": 30, "perInviterCap": 50},
    )
    ends_at = play.until + timedelta(days=35)
    _plan(play, first, NEIGHBOURS, fresh, ends_at=ends_at, grower=grower, budget_minor=2_000_000)
    _plan(play, first, GOOD_THINGS, others, ends_at=ends_at, grower=grower, budget_minor=3_000_000)
    _plan(play, first, INVITE, [bring], ends_at=ends_at, grower=grower, budget_points=60_000)
    school_ends = first + timedelta(days=21)
    _plan(play, first + timedelta(days=6), SCHOOL, [pens], ends_at=school_ends, grower=grower, then="end")
    fruit_at = play.until - timedelta(days=24)
    _plan(play, fruit_at, HARVEST, [fruit], ends_at=ends_at, grower=grower, then="pause", budget_minor=500_000)
    draft_at = play.until - timedelta(days=2)
    _plan(play, draft_at, TWELFTH, fresh[:4], ends_at=ends_at, grower=grower, then="draft", budget_minor=1_200_000)


def _rules_by_shelf(goods: list[Good], products: Mapping[str, Product]) -> list[RuleDraft]:
    """One rule for each shelf and size, so that no offer carries the prices of the whole shop."""
    kinds = sorted({(good.shelf, good.group_size) for good in goods})
    return [
        _group_rule([good for good in goods if (good.shelf, good.group_size) == kind], products, kind[1])
        for kind in kinds
    ]


def _group_rule(goods: Iterable[Good], products: Mapping[str, Product], size: int, *, cheaper_by: int = 0) -> RuleDraft:
    by_slug = {good.slug: good for good in goods}
    chosen = [products[slug] for slug in by_slug]
    prices: dict[str, int] = {}
    for variant in Variant.objects.filter(product__in=chosen).select_related("product").order_by("sku"):
        price = by_slug[variant.product.slug].group_price(variant.price_minor)
        prices[str(variant.pk)] = price - price * cheaper_by // 1000 * 10
    params: dict[str, Any] = {
        "productIds": [str(product.pk) for product in chosen],
        "size": size,
        "ttlHours": HOURS[size],
        "priceMinor": prices,
    }
    return RuleDraft(kind="group_price", params=params)


def _plan(
    play: Play,
    at: datetime,
    name: tuple[str, str, str],
    rules: list[RuleDraft],
    *,
    ends_at: datetime,
    grower: User,
    then: str = "run",
    **budget: int,
) -> None:
    starts_at = at if then != "draft" else play.until + timedelta(days=4)
    draft = CampaignDraft(
        names=texts(name), starts_at=starts_at, ends_at=ends_at, audience={"who": "all"}, rules=tuple(rules), **budget
    )
    made: list[UUID] = []

    def make(now: datetime) -> None:
        campaign = save_campaign(draft=draft, actor_id=grower.pk, now=now)
        made.append(campaign.pk)
        if then != "draft":
            start_campaign(
                campaign_id=campaign.pk,
                version=campaign.version,
                actor_id=grower.pk,
                idempotency_key=campaign.pk,
                now=now,
            )

    def pause(now: datetime) -> None:
        campaign = Campaign.objects.get(pk=made[0])
        pause_campaign(campaign_id=campaign.pk, version=campaign.version, actor_id=grower.pk, now=now)

    play.plan(at, make)
    if then == "pause":
        play.plan(play.until - timedelta(days=3, hours=5), pause)
    if then == "end":
        play.plan(
            ends_at,
            lambda now: end_campaign(campaign_id=made[0], stop_manner="LET_FINISH", actor_id=grower.pk, now=now),
        )
