"""Reductions, gifts and coupons of the demo: what the cart shows today, and coupons in people's wallets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from backend.accounts.models import User
from backend.catalogue.models import Product, Variant
from backend.config.demo.play import Play
from backend.config.demo.products import texts
from backend.config.demo.shelf import Good
from backend.core.ids import new_id
from backend.promotions.actions import (
    CampaignDraft,
    RuleDraft,
    TemplateDraft,
    claim_coupon,
    give_coupon,
    save_campaign,
    save_coupon_template,
    start_campaign,
    start_coupon_template,
)
from backend.promotions.models import CouponTemplate

WINTER = ("冬日满减", "冬日滿減", "Winter savings")
SNACKS = ("零食第二件半价", "零食第二件半價", "Second snack at half price")
THANKS = ("满 129 送小礼", "滿 129 送小禮", "A small gift from ¥129 on")
SHARES_AT = timedelta(hours=2)
COUPONS: Sequence[tuple[tuple[str, str, str], Mapping[str, Any]]] = (
    (
        ("见面礼", "見面禮", "Hello"),
        {
            "way": "WELCOME",
            "benefit": {"type": "amount", "offMinor": 1_000},
            "threshold_minor": 3_900,
            "audience": {"who": "new"},
            "stack_class": "platform",
        },
    ),
    (
        ("冬日暖心券", "冬日暖心券", "Winter warmth"),
        {
            "way": "CLAIM",
            "benefit": {"type": "amount", "offMinor": 1_500},
            "threshold_minor": 9_900,
            "issue_limit": 2_000,
            "budget_minor": 2_000_000,
        },
    ),
    (
        ("平台九折券", "平台九折券", "Ten percent off"),
        {
            "way": "CLAIM",
            "benefit": {"type": "percent", "offBps": 1_000, "capMinor": 2_000},
            "threshold_minor": 5_000,
            "issue_limit": 500,
            "stack_class": "platform",
        },
    ),
    (
        ("包邮券", "免運券", "Free shipping"),
        {"way": "CLAIM", "benefit": {"type": "shipping"}, "stack_class": "shipping", "per_person": 2},
    ),
)


def plan_promotions(
    *, play: Play, goods: Iterable[Good], products: Mapping[str, Product], shoppers: Sequence[User], grower: User
) -> None:
    """Plan three reductions and four coupons that work today, and put some of the coupons into wallets."""
    at = play.until - SHARES_AT
    snacks = [str(products[good.slug].pk) for good in goods if good.shelf == "snacks"]
    steps = [{"fromMinor": 9_900, "offMinor": 1_000}, {"fromMinor": 19_900, "offMinor": 2_500}]
    reduction = RuleDraft(kind="full_reduction", params={"steps": steps, "maxTotalDiscountBps": 5_000})
    half = {"type": "nth_price", "nth": 2, "offBps": 5_000, "scope": {"productIds": snacks}}
    play.plan(at, lambda now: _start(WINTER, [reduction], grower, now))
    play.plan(at, lambda now: _start(SNACKS, [RuleDraft(kind="line_promotion", params=half)], grower, now))
    play.plan(at, lambda now: _start(THANKS, [_gift()], grower, now))
    play.plan(at, lambda now: _give(shoppers, grower, now))


def _gift() -> RuleDraft:
    """The cheapest things on the shelf; the next one stands in for the first."""
    cheapest = Variant.objects.filter(product__state="PUBLISHED").order_by("price_minor", "sku")[:2]
    variant_ids = [str(each.pk) for each in cheapest]
    return RuleDraft(kind="gift", params={"variantIds": variant_ids, "fromMinor": 12_900, "quantity": 1})


def _start(name: tuple[str, str, str], rules: Sequence[RuleDraft], grower: User, now: datetime) -> None:
    draft = CampaignDraft(
        names=texts(name),
        starts_at=now,
        ends_at=now + timedelta(days=30),
        audience={"who": "all"},
        budget_minor=1_500_000,
        rules=tuple(rules),
    )
    campaign = save_campaign(draft=draft, actor_id=grower.pk, now=now)
    start_campaign(
        campaign_id=campaign.pk,
        version=campaign.version,
        actor_id=grower.pk,
        idempotency_key=campaign.pk,
        now=now,
    )


def _give(shoppers: Sequence[User], grower: User, now: datetime) -> None:
    """Start the coupons, welcome the newest shoppers, and let the others claim."""
    hello, *claimed = [_template(name, terms, grower, now) for name, terms in COUPONS]
    for shopper in shoppers[-6:]:
        give_coupon(template_id=hello.pk, user_id=shopper.pk, cause="welcome", now=now)
    for number, shopper in enumerate(shoppers[:24]):
        for template in claimed[: 1 + number % len(claimed)]:
            claim_coupon(template_id=template.pk, user_id=shopper.pk, idempotency_key=new_id(), now=now)


def _template(name: tuple[str, str, str], terms: Mapping[str, Any], grower: User, now: datetime) -> CouponTemplate:
    draft = TemplateDraft(
        **{
            "names": texts(name),
            "claim_from": now - timedelta(minutes=1),
            "claim_until": now + timedelta(days=30),
            "valid_days": 30,
            **terms,
        }
    )
    saved = save_coupon_template(draft=draft, actor_id=grower.pk, now=now)
    return start_coupon_template(template_id=saved.pk, version=saved.version, actor_id=grower.pk, now=now)
