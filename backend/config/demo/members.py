"""Members of the demo: levels with a history, check-ins, birthdays, tasks and a points mall with pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from backend.accounts.models import User
from backend.catalogue.models import Product, Variant
from backend.config.demo.play import Play
from backend.config.demo.products import texts
from backend.core.clock import business_day
from backend.core.ids import new_id
from backend.promotions.actions import TemplateDraft, save_coupon_template, start_coupon_template
from membership import selectors
from membership.actions import MallDraft, check_in, redeem_item, save_mall_item, save_policy, tell_birthday

POLICY_AT = timedelta(days=80)
MALL_AT = timedelta(days=20)
# What a young shop asks: less than the first version, so that regulars of three months stand on every level.
AMOUNTS = {"leaf": (10_000, 1), "silver": (30_000, 2), "gold": (60_000, 3)}
COUPONS: Sequence[tuple[tuple[str, str, str], Mapping[str, Any], int, int, str | None]] = (
    (("满 49 减 5", "滿 49 減 5", "¥5 off from ¥49"), {"type": "amount", "offMinor": 500}, 4_900, 60, None),
    (("满 99 减 15", "滿 99 減 15", "¥15 off from ¥99"), {"type": "amount", "offMinor": 1_500}, 9_900, 150, "leaf"),
    (("包邮一次", "免運一次", "One free sending"), {"type": "shipping"}, 0, 40, None),
)
GOODS_POINTS = (120, 260, 480)


def plan_members(*, play: Play, products: Mapping[str, Product], shoppers: Sequence[User], grower: User) -> None:
    """Plan levels of a young shop, weeks of check-ins, birthdays and a mall."""
    play.plan(play.until - POLICY_AT, lambda now: _save_levels(grower, now))
    for number, shopper in enumerate(shoppers[:10]):
        for back in range(4 + 3 * (number % 5), 0, -1):
            at = play.until - timedelta(days=back, hours=number)
            play.plan(at, partial(_come, shopper))
        play.plan(play.until - timedelta(days=40), partial(_tell, shopper, number))
    play.plan(play.until - MALL_AT, lambda now: _open_mall(products, grower, now))
    for shopper in shoppers[:6]:
        play.plan(play.until - timedelta(hours=5), partial(_exchange, shopper))


def _save_levels(grower: User, now: datetime) -> None:
    policy = selectors.policy_at(now)
    steps = tuple(
        selectors.StepDraft(
            tier=step.tier_id,
            position=step.position,
            amount_minor=AMOUNTS.get(step.tier_id, (0, 0))[0],
            orders_count=AMOUNTS.get(step.tier_id, (0, 0))[1],
            multiplier_bps=step.multiplier_bps,
            member_off_bps=step.member_off_bps,
            free_shipping_per_month=step.free_shipping_per_month,
            birthday_points=step.birthday_points,
            extra_days=step.extra_days,
        )
        for step in selectors.steps_of(policy)
    )
    draft = selectors.PolicyDraft(
        steps=steps,
        window_days=policy.window_days,
        lasts_days=policy.lasts_days,
        grace_days=policy.grace_days,
        falling=policy.falling,
    )
    save_policy(draft=draft, seen=selectors.back_test(draft, now=now).fingerprint, actor_id=grower.pk, now=now)


def _come(shopper: User, now: datetime) -> None:
    check_in(user_id=shopper.pk, now=now)


def _tell(shopper: User, number: int, now: datetime) -> None:
    born_on = (business_day(now) + timedelta(days=37 * number)).replace(year=1988 + number)
    tell_birthday(user_id=shopper.pk, born_on=born_on, now=now)


def _open_mall(products: Mapping[str, Product], grower: User, now: datetime) -> None:
    """Three coupons, and the three cheapest things of the shop."""
    for position, (name, benefit, threshold, points, tier) in enumerate(COUPONS):
        draft = TemplateDraft(
            names=texts(name),
            way="GIVEN",
            benefit=dict(benefit),
            threshold_minor=threshold,
            stack_class="shipping" if benefit["type"] == "shipping" else "merchant",
            claim_from=now - timedelta(minutes=1),
            claim_until=now + timedelta(days=365),
            valid_days=30,
            per_person=20,
        )
        saved = save_coupon_template(draft=draft, actor_id=grower.pk, now=now)
        template = start_coupon_template(template_id=saved.pk, version=saved.version, actor_id=grower.pk, now=now)
        item = MallDraft(names=texts(name), points=points, template_id=template.pk, per_person=3, position=position)
        save_mall_item(item_id=None, draft=replace(item, tier=tier), now=now)
    shown = {product.pk: product for product in products.values()}
    cheapest = Variant.objects.filter(product__state="PUBLISHED").order_by("price_minor", "sku").distinct()[:12]
    seen: list[Variant] = []
    for variant in cheapest:
        if variant.product_id in shown and variant.product_id not in {each.product_id for each in seen}:
            seen.append(variant)
    for position, (variant, points) in enumerate(zip(seen, GOODS_POINTS, strict=False)):
        title = {locale: text[:40] for locale, text in shown[variant.product_id].title.items()}
        item = MallDraft(names=title, points=points, variant_id=variant.pk, left=30, position=10 + position)
        save_mall_item(item_id=None, draft=item, now=now)


def _exchange(shopper: User, now: datetime) -> None:
    """The cheapest coupon of the mall, for who has the points; the play lets a refusal be."""
    item = min((each for each in selectors.mall_items() if each.template_id), key=lambda each: each.points)
    redeem_item(user_id=shopper.pk, item_id=item.pk, address_id=None, idempotency_key=new_id(), now=now)
