"""Seats that the shop pays for itself, openly: no person is made up, and the cost stands in the book."""

from __future__ import annotations

from datetime import datetime

from backend.ledger.actions import Leg, post_transfer
from backend.promotions.actions import reserve_budget, spend_budget
from backend.promotions.errors import BudgetExhausted
from groupbuy.models import Group

PAID_BY_SHOP = "platform_paid"
SEATS_OF_SHOP = "platform_seats"


def add_platform_seats(group: Group, *, now: datetime) -> bool:
    """Pay for the seats that lack at the deadline; False when the campaign's budget does not allow it.

    The caller holds the campaign and the group. A ladder lacks nothing: it closes at the step that was reached.
    """
    missing = 0 if group.ladder else group.size - group.seats_paid
    if missing <= 0:
        return True
    cost = missing * min(group.prices.values())
    try:
        reserve_budget(campaign_id=group.campaign_id, money_minor=cost)
    except BudgetExhausted:
        return False
    spend_budget(campaign_id=group.campaign_id, money_minor=cost)
    post_transfer(
        kind="platform_seats",
        source=("group", group.id),
        legs=[
            Leg(PAID_BY_SHOP, None, -cost, group.product.currency),
            Leg(SEATS_OF_SHOP, None, cost, group.product.currency),
        ],
        facts={"campaignId": group.campaign_id, "seats": missing},
        now=now,
    )
    Group.objects.filter(pk=group.pk).update(platform_seats=missing, platform_minor=cost)
    return True
