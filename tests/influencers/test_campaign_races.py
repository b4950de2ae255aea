"""The budget of a commission campaign under many orders at once, and the control that overspends without the guard."""

import time
from datetime import timedelta

from backend.promotions.actions import RuleDraft
from backend.promotions.models import Campaign
from referrals.influencers import actions
from referrals.influencers.models import Commission
from referrals.influencers.selectors.auditing import differences
from referrals.invites.actions import attribute_order
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import live_creator
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay
from tests.factories.promotions import make_running_campaign
from tests.support.races import all_at_once

PAID = NOON + timedelta(minutes=5)
THINKING_SECONDS = 0.05
CREATORS = 5


def credited_orders():
    """One order of ¥113 for each of some creators, credited and not estimated; a campaign adds ¥10 to each."""
    credited = []
    for number in range(CREATORS):
        variant = make_variant(price_minor=11_300)
        promoter = live_creator([variant], name=f"Lily {number}")
        buyer = make_buyer("Friend", now=NOON)
        actions.use_creator_code(code=promoter.code, user_id=buyer.id, now=NOON)
        placed = make_order(buyer=buyer, variants=[(variant, 1)], now=NOON)
        pay(placed, now=PAID)
        attribute_order(order_id=placed.order.id, now=PAID)
        credited.append((promoter.pk, placed.order.id))
    return credited


def campaign_for(orders):
    rule = RuleDraft(kind="commission", params={"rateBps": 2_000})
    return make_running_campaign([rule], now=NOON, budget_minor=orders * 1_000)


def estimate(pair):
    promoter_id, order_id = pair
    return actions.estimate_commissions(order_id=order_id, promoter_id=promoter_id, now=PAID)


def test_the_last_part_of_a_budget_raises_exactly_so_many_commissions(fresh_database):
    credited = credited_orders()
    campaign = campaign_for(2)

    outcome = all_at_once(CREATORS, lambda number: estimate(credited[number]))

    rates = sorted(Commission.objects.values_list("bps", flat=True))
    row = Campaign.objects.get(pk=campaign.pk)
    assert outcome.raised == []
    assert rates == [1_000, 1_000, 1_000, 2_000, 2_000]
    assert row.reserved_minor + row.spent_minor == 2_000
    assert differences() == []


def test_the_control_raises_more_than_the_budget_without_the_conditional_update(fresh_database, monkeypatch):
    credited = credited_orders()
    campaign = campaign_for(2)

    def look_then_count(campaign_id, *, added_minor):
        seen = Campaign.objects.get(pk=campaign_id)
        time.sleep(THINKING_SECONDS)
        return seen.reserved_minor + seen.spent_minor + added_minor <= (seen.budget_minor or 0)

    monkeypatch.setattr("referrals.influencers.actions.estimate.reserve_added", look_then_count)
    monkeypatch.setattr("referrals.influencers.actions.earn.hold_budgets", lambda ids: None)
    all_at_once(CREATORS, lambda number: estimate(credited[number]))

    added = sum(Commission.objects.values_list("campaign_minor", flat=True))
    assert added > (Campaign.objects.get(pk=campaign.pk).budget_minor or 0)
