"""Confirmed orders of people, for tests of what hangs on them."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from backend.accounts.actions import sign_up
from backend.accounts.models import User
from backend.core.ids import new_id, short_code
from backend.core.money import Points
from backend.orders.models import Order, OrderState
from membership.actions import (
    MallDraft,
    count_order,
    promise_points,
    save_mall_item,
    start_return_window,
    vest_points,
    vest_spending,
)
from membership.models import MallItem, Member, PointLot
from membership.selectors import PolicyDraft, StepDraft, policy_at, steps_of
from tests.factories.catalogue import NOON, make_variant
from tests.factories.promotions import make_template

NAMES = {"zh-Hans": "小礼物", "zh-Hant": "小禮物", "en": "A little thing"}
WINDOW = timedelta(days=9)

_people = count(1)


def make_person(name: str = "Bob", *, visitor: str = "", now: datetime = NOON) -> User:
    """Somebody with an account."""
    return sign_up(
        now=now,
        locale="zh-Hans",
        email=f"{name.lower()}{next(_people)}@example.com",
        display_name=name,
        visitor=visitor,
    )


def make_confirmed_order(
    *,
    buyer_id: UUID,
    goods_minor: int = 3990,
    shipping_minor: int = 0,
    campaign_id: UUID | None = None,
    now: datetime = NOON,
) -> Order:
    """An order that is paid and will be sent."""
    return Order.objects.create(
        number=short_code(12),
        buyer_id=buyer_id,
        state=OrderState.PAID,
        campaign_id=campaign_id,
        items_minor=goods_minor,
        shipping_minor=shipping_minor,
        total_minor=goods_minor + shipping_minor,
        placed_at=now,
        pay_deadline_at=now + timedelta(minutes=15),
        paid_at=now,
        confirmed_at=now,
    )


def give_points(person: User, points: int, *, lasts: timedelta = timedelta(days=365), now: datetime = NOON) -> PointLot:
    """Points that somebody can use at once."""
    lot = promise_points(
        user_id=person.id,
        points=Points(points),
        cause="returned",
        source=("test", new_id()),
        rule_version="test",
        facts={"points": points, "returned_at": now.isoformat()},
        vests_at=now,
        now=now,
    )
    assert lot is not None
    vest_points(now=now)
    PointLot.objects.filter(pk=lot.pk).update(expires_at=now + lasts, life={})
    lot.refresh_from_db()
    return lot


def keep_order(person: User, goods_minor: int, *, now: datetime = NOON) -> Order:
    """An order that counts for the level of its buyer."""
    order = make_confirmed_order(buyer_id=person.id, goods_minor=goods_minor, now=now - WINDOW)
    count_order(order_id=order.id, now=now - WINDOW)
    start_return_window(order_id=order.id, delivered_at=now - WINDOW)
    vest_spending(now=now)
    return order


def put_on_tier(person: User, key: str, *, now: datetime = NOON, lasts: timedelta = timedelta(days=365)) -> Member:
    """Somebody on a level, however they came there."""
    member, _ = Member.objects.update_or_create(
        pk=person.pk, defaults={"tier_id": key, "since": now, "valid_until": now + lasts}
    )
    return member


def make_mall_coupon(
    *, points: int = 100, left: int | None = None, per_person: int = 1, now: datetime = NOON, **more: Any
) -> MallItem:
    """A coupon in the mall."""
    template = make_template(now=now, way="GIVEN", issue_limit=None, per_person=50)
    return save_mall_item(
        item_id=None,
        draft=MallDraft(names=NAMES, points=points, template_id=template.pk, left=left, per_person=per_person, **more),
        now=now,
    )


def make_mall_goods(*, points: int = 500, left: int | None = 5, stock: int = 5, per_person: int = 1) -> MallItem:
    """Goods in the mall."""
    variant = make_variant(price_minor=4_900, stock=stock, now=NOON)
    draft = MallDraft(names=NAMES, points=points, variant_id=variant.pk, left=left, per_person=per_person)
    return save_mall_item(item_id=None, draft=draft, now=NOON)


def draft_of_levels(*, now: datetime = NOON, **changes: dict[str, int]) -> PolicyDraft:
    """The levels of now, with some numbers changed: `leaf={"amount_minor": 10_000}`."""
    policy = policy_at(now)
    columns = [name for name in StepDraft.__dataclass_fields__ if name != "tier"]
    steps = [
        StepDraft(
            tier=step.tier_id,
            **{name: changes.get(step.tier_id, {}).get(name, getattr(step, name)) for name in columns},
        )
        for step in steps_of(policy)
    ]
    return PolicyDraft(
        steps=tuple(steps),
        window_days=policy.window_days,
        lasts_days=policy.lasts_days,
        grace_days=policy.grace_days,
        falling=policy.falling,
    )
