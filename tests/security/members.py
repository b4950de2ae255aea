"""Points, levels and the mall: what there is of them, and the right input of everything that can be done with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.ids import new_id
from backend.core.money import Points
from membership.actions import ask_grant, spend_points, take_back_points
from membership.models import PointDebt
from tests.factories.membership import NAMES, give_points, make_mall_coupon
from tests.factories.promotions import this_moment


def make_points(owner: User, support: User) -> dict[str, UUID]:
    """Points of the owner, a debt, a grant that waits, and an item of the mall."""
    now = this_moment()
    lot = give_points(owner, 50, now=now)
    spend_points(user_id=owner.id, points=Points(50), source=("order", new_id()), rule_version="test", now=now)
    take_back_points(lot_id=lot.id, keep=Points(0), now=now)
    give_points(owner, 800, now=now)
    grant = ask_grant(
        user_id=owner.id, points=5_000, reason="抱歉", actor_id=support.id, idempotency_key=new_id(), now=now
    )
    debt = PointDebt.objects.get(user=owner)
    return {"lot": lot.id, "point_debt": debt.id, "point_grant": grant.id, "mall_item": make_mall_coupon(points=10).pk}


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {
        "Query.earnedBadges": {"personId": ids["owner"]},
        "Query.memberCard": {"words": "nobody@example.com"},
        "Query.pointsTest": {"pointsPerYuan": 2},
        "Query.tierBackTest": {"policy": policy()},
    }


def inputs_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """One input for each mutation."""
    key = {"idempotencyKey": ids["key"]}
    task = {"key": "walk", "stage": "NEWCOMER", "names": NAMES, "fact": "CHECK_IN", "goal": 2, "points": 5}
    item = {"names": NAMES, "points": 50, "variantId": ids["variant"], "perPerson": 1, "isOpen": True, "position": 3}
    return {
        "tellBirthday": {"bornOn": "1990-03-10"},
        "redeemMallItem": {"itemId": ids["mall_item"], "addressId": ids["address"], **key},
        "saveTierPolicy": {"policy": policy(), "fingerprint": "unseen"},
        "saveEarningRule": {"pointsPerYuan": 1, "vestDays": 9, "expiresDays": 365, "expiry": "MONTH_END"},
        "saveTask": {"task": {**task, "isOpen": True}},
        "saveMallItem": {"item": item},
        "askPointGrant": {"personId": ids["person"], "points": 20, "reason": "抱歉让你久等", **key},
        "decidePointGrant": {"grantId": ids["point_grant"], "isGiven": True},
        "forgivePointDebt": {"debtId": ids["point_debt"], "reason": "包裹丢了"},
        "reinstatePoints": {"lotId": ids["lot"], "reason": "系统晚了一天"},
    }


def policy() -> dict[str, Any]:
    """Levels as the console sends them."""
    places = zip(("bud", "leaf", "silver", "gold"), (0, 20_000, 90_000, 250_000), strict=True)
    steps = [
        {
            "tier": tier,
            "amountMinor": amount,
            "ordersCount": 0,
            "multiplierBps": 10_000,
            "memberOffBps": 0,
            "freeShippingPerMonth": 0,
            "birthdayPoints": 0,
            "extraDays": 0,
        }
        for tier, amount in places
    ]
    return {"steps": steps, "windowDays": 365, "lastsDays": 365, "graceDays": 15, "falling": "ONE_DOWN"}
