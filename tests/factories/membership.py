"""Confirmed orders of people, for tests of what hangs on them."""

from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from backend.accounts.actions import sign_up
from backend.accounts.models import User
from backend.core.ids import new_id, short_code
from backend.core.money import Points
from backend.orders.models import Order, OrderState
from membership.actions import promise_points, vest_points
from membership.models import PointLot
from tests.factories.catalogue import NOON

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
    PointLot.objects.filter(pk=lot.pk).update(expires_at=now + lasts)
    lot.refresh_from_db()
    return lot
