"""The cockpit and the numbers of a campaign, live and through the API."""

import pytest

from backend.core.outbox.models import OutboxEvent
from backend.insights.models import HourlyFact
from groupbuy.models import Group
from tests.factories.groupbuy import join, make_group
from tests.factories.orders import make_buyer
from tests.factories.promotions import make_grower, this_moment
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

COCKPIT = """
query Cockpit($campaignId: ID) { cockpit(campaignId: $campaignId) {
  invariants { key label value unit isHealthy } totals { key value unit } funnel { key value }
  series { key points { at value } } budgets { key value unit }
  groups { groupId productTitle size seatsTaken deadlineAt state } } }
"""
NUMBERS = "query Numbers($id: ID!) { campaign(id: $id) { numbers { totals { key value } updatedAt } } }"


def values(rows):
    """Numbers by their names."""
    return {row["key"]: row["value"] for row in rows}


def counted():
    """What was counted for the whole shop."""
    return dict(HourlyFact.objects.filter(campaign_id=None).values_list("metric", "value"))


def test_a_filled_group_is_seen_in_the_numbers_of_its_campaign(deliver_outbox):
    group = make_group(size=2)
    placed = join(group)
    deliver_outbox()

    shown = Api(make_grower())(NUMBERS, id=group.campaign_id)["campaign"]["numbers"]

    found = values(shown["totals"])
    assert (found["groups_opened"], found["groups_filled"], found["joins"]) == (1, 1, 1)
    assert (found["seats_taken"], found["orders_confirmed"]) == (2, 2)
    assert (found["turnover_minor"], found["discount_minor"]) == (2 * placed.order.total_minor, 2 * 1198)


def test_delivering_an_event_again_counts_nothing_more(deliver_outbox):
    make_group()
    deliver_outbox()
    before = counted()

    OutboxEvent.objects.update(done_at=None)
    deliver_outbox()

    assert counted() == before


def test_the_cockpit_shows_what_must_be_right_and_what_is_filling(deliver_outbox):
    group = make_group(size=3)
    join(group)
    deliver_outbox()

    shown = Api(make_grower())(COCKPIT, campaignId=group.campaign_id)["cockpit"]

    assert all(row["isHealthy"] for row in shown["invariants"])
    assert values(shown["invariants"])["money_difference"] == 0
    assert [(row["seatsTaken"], row["size"]) for row in shown["groups"]] == [(2, 3)]
    assert values(shown["totals"])["groups_opened"] == 1


def test_only_the_growth_team_sees_the_cockpit():
    shopper = make_buyer("Nosy", now=this_moment())

    assert Api().codes(COCKPIT) == ["SIGN_IN_REQUIRED"]
    assert Api(shopper).codes(COCKPIT) == ["NOT_ALLOWED"]


def test_the_cockpit_asks_as_many_statements_for_one_group_as_for_many(deliver_outbox):
    group = make_group()
    deliver_outbox()
    api = Api(make_grower())
    one = queries_of(lambda: api(COCKPIT))
    for _ in range(4):
        make_group(group.product)
    deliver_outbox()

    assert queries_of(lambda: api(COCKPIT)) == one
    assert Group.objects.count() == 5
