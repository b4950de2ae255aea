"""The budget of a campaign: never overdrawn, whoever comes at the same time."""

import threading

import pytest

from backend.promotions.actions import release_budget, reserve_budget, spend_budget
from backend.promotions.errors import BudgetExhausted
from backend.promotions.models import Campaign
from groupbuy.actions import expire_due_groups
from tests.factories.catalogue import make_product
from tests.factories.groupbuy import group_of, let_pass, make_group, make_offered_product, order_opening
from tests.factories.payments import pay
from tests.factories.promotions import group_rule, make_running_campaign, this_moment
from tests.support.races import all_at_once


def numbers():
    """Promised and spent money of the one campaign."""
    return Campaign.objects.values_list("reserved_minor", "spent_minor").get()


@pytest.mark.django_db
def test_a_promise_becomes_spending_and_comes_home_with_a_refund():
    product = make_offered_product(campaign={"budget_minor": 5_000})
    placed = order_opening(product)
    assert numbers() == (1198, 0)

    pay(placed, now=this_moment())
    assert numbers() == (0, 1198)

    let_pass(group_of(placed))
    expire_due_groups(now=this_moment())
    assert numbers() == (0, 0)


@pytest.mark.django_db
def test_an_order_beyond_the_budget_is_refused_and_promises_nothing():
    product = make_offered_product(campaign={"budget_minor": 2_000})
    order_opening(product)

    with pytest.raises(BudgetExhausted):
        order_opening(product)

    assert numbers() == (1198, 0)


@pytest.mark.django_db
def test_without_a_budget_nothing_is_counted():
    make_group()

    assert numbers() == (0, 0)


@pytest.mark.django_db
def test_amounts_below_zero_are_a_mistake_of_ours():
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])], budget_minor=100)

    for action in (reserve_budget, spend_budget, release_budget):
        with pytest.raises(ValueError, match="zero or more"):
            action(campaign_id=campaign.id, money_minor=-1)

    assert numbers() == (0, 0)


def test_the_last_of_the_budget_goes_to_exactly_one(fresh_database):
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])], budget_minor=1_000)

    outcome = all_at_once(20, lambda number: reserve_budget(campaign_id=campaign.id, money_minor=600))

    assert len(outcome.answers) == 1
    assert {type(raised) for raised in outcome.raised} == {BudgetExhausted}
    assert numbers() == (600, 0)


def test_reading_first_and_writing_afterwards_promises_too_much(fresh_database):
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])], budget_minor=1_000)
    everybody_has_read = threading.Barrier(5)

    def read_then_write(number):
        read = Campaign.objects.get(pk=campaign.pk)
        everybody_has_read.wait(timeout=30)
        if (read.budget_minor or 0) - read.reserved_minor >= 600:
            Campaign.objects.filter(pk=campaign.pk).update(reserved_minor=read.reserved_minor + 600)
            return True
        return False

    outcome = all_at_once(5, read_then_write)

    assert sum(outcome.answers) > 1
