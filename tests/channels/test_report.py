"""The figures of a period add up, divide by nothing nowhere, and cost a constant number of statements."""

from datetime import timedelta

import pytest

from backend.core.clock import business_day
from backend.core.outbox import deliver_pending
from referrals.channels import actions, selectors
from referrals.channels.handlers import take_back_refund
from referrals.channels.models import ChannelOrder
from referrals.channels.rules import Numbers
from tests.channels.facts import order_refunded
from tests.factories.catalogue import NOON
from tests.factories.channels import make_channel, spend, visit
from tests.factories.membership import make_person
from tests.factories.orders import make_buyer
from tests.factories.payments import make_paid_order
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db
TODAY, A_DAY = business_day(NOON), timedelta(days=1)
WEEK = selectors.Period(TODAY - 6 * A_DAY, TODAY)


def lively():
    """A channel with two browsers, a sign-up, a cost and a partly refunded order; and an order without a channel."""
    channel, bob = make_channel(), make_buyer()
    for visitor, hours in (("a" * 32, 0), ("a" * 32, 2), ("b" * 32, 0)):
        visit(channel, visitor=visitor, at=NOON - timedelta(hours=3 + hours))
    visit(channel, visitor="c" * 32, user=bob, at=NOON - timedelta(hours=1))
    actions.credit_sign_up(user_id=make_person().id, visitor="a" * 32, now=NOON)
    bought = make_paid_order(buyer=bob).order
    make_paid_order()
    deliver_pending()
    take_back_refund(order_refunded(bought, 1_000))
    spend(channel, 4_000)
    spend(channel, -1_000)
    return channel, bought


def test_a_channel_says_what_it_brought_and_cost():
    channel, bought = lively()

    figures = selectors.numbers_of(WEEK)[channel.pk]

    assert figures == Numbers(4, 3, 1, 1, bought.total_minor, 1_000, 3_000)
    assert (figures.cost_per_visit_minor, figures.cost_per_sign_up_minor, figures.cost_per_order_minor) == (
        750, 3_000, 3_000,
    )  # fmt: skip
    assert figures.return_on_cost == round((bought.total_minor - 1_000) / 3_000, 2)


def test_with_the_orders_of_no_channel_the_sums_are_all_orders():
    lively()

    parts, total = selectors.numbers_of(WEEK), selectors.totals_of(WEEK)

    assert total == sum(parts.values(), Numbers())
    assert (total.orders, parts[None].orders) == (ChannelOrder.objects.count(), 1) == (2, 1)
    assert total.without_orders_of(parts[None]).orders == 1
    assert total.paid_minor == sum(ChannelOrder.objects.values_list("paid_minor", flat=True))


def test_where_nothing_divides_there_is_no_figure():
    idle = Numbers(cost_minor=500)

    assert idle.cost_per_visit_minor is idle.cost_per_sign_up_minor is idle.cost_per_order_minor is None
    assert Numbers(paid_minor=500).return_on_cost is None
    assert Numbers(visits=3, cost_minor=1_000).cost_per_visit_minor == 333


def test_a_browser_that_came_by_two_channels_is_one_visitor_of_the_shop():
    for name in ("百度", "抖音"):
        visit(make_channel(name=name))

    assert (selectors.totals_of(WEEK).visits, selectors.totals_of(WEEK).visitors) == (2, 1)


def test_each_day_has_a_line_and_they_add_up_to_the_period():
    channel, _bought = lively()
    visit(channel, at=NOON - 3 * A_DAY)

    days = selectors.days_of(WEEK, channel_id=channel.pk)

    assert [day for day, _figures in days] == WEEK.days
    assert [figures.visits for _day, figures in days] == [0, 0, 0, 1, 0, 0, 4]
    assert sum(figures.orders for _day, figures in days) == 1


def test_what_lies_outside_the_period_is_left_out():
    channel = make_channel(now=NOON - 40 * A_DAY)
    visit(channel, at=NOON - 30 * A_DAY)
    spend(channel, 100, at=NOON - 30 * A_DAY)

    assert selectors.numbers_of(WEEK) == {}


def test_twenty_channels_take_as_many_statements_as_two():
    def ask():
        selectors.numbers_of(WEEK)
        selectors.days_of(WEEK)
        selectors.totals_of(WEEK)

    for number in range(2):
        spend(make_channel(name=str(number)), 100)
    few = queries_of(ask)
    for number in range(18):
        spend(make_channel(name=str(number)), 100)

    assert queries_of(ask) == few == 3
