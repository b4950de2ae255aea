"""Fifty orders at once reach for the last ten yuan of a campaign's budget: it is given once and never overdrawn."""

import time
from typing import Any

from django.db import transaction

from backend.core.errors import DomainError
from backend.promotions.models import Campaign, PromotionUse, UseState
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer, make_order
from tests.factories.promotions import make_running_campaign, reduction_rule, this_moment
from tests.support.races import all_at_once

NUMBER = 9
NAME = "budget edge, 50 orders at once"
PEOPLE = 50
BUDGET = 10_500
OFF = 1_000
FITS = BUDGET // OFF
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count fen beyond the budget, uses that are not counted, and orders that were neither cheaper nor told why."""
    campaign = make_running_campaign([reduction_rule((5_000, OFF))], budget_minor=BUDGET)
    buyers = [make_buyer(f"Racer{number}", now=this_moment()) for number in range(PEOPLE)]
    outcome = with_orders(buyers) if guarded else check_then_act(campaign)

    cheaper = sum(answer == "cheaper" for answer in outcome.answers)
    promised = sum(PromotionUse.objects.filter(state=UseState.RESERVED).values_list("amount_minor", flat=True))
    promised = promised if guarded else cheaper * OFF
    campaign.refresh_from_db()
    return int(
        len(outcome.raised)
        + abs(cheaper - FITS)
        + max(promised - BUDGET, 0)
        + abs(campaign.reserved_minor - promised)
        + sum(answer not in ("cheaper", "full price", "BUDGET_EXHAUSTED") for answer in outcome.answers)
    )


def with_orders(buyers: list[Any]) -> Any:
    """Everybody orders something that the campaign makes cheaper."""
    variant = make_variant(price_minor=6_000, stock=PEOPLE * 2)

    def order(number: int) -> str:
        try:
            placed = make_order(buyer=buyers[number], variants=[(variant, 1)], now=this_moment())
        except DomainError as refused:
            return refused.code
        return "cheaper" if placed.order.discount_minor else "full price"

    return all_at_once(PEOPLE, order)


def check_then_act(campaign: Campaign) -> Any:
    """What a shop does that reads the budget first and counts afterwards."""

    def use(_number: int) -> str:
        with transaction.atomic():
            read = Campaign.objects.get(pk=campaign.pk)
            if read.reserved_minor + OFF > BUDGET:
                return "BUDGET_EXHAUSTED"
            time.sleep(THINKING_SECONDS)
            Campaign.objects.filter(pk=campaign.pk).update(reserved_minor=read.reserved_minor + OFF)
        return "cheaper"

    return all_at_once(PEOPLE, use)
