"""Two accounts of one person pay for seats among newcomers at the same moment; with a control."""

import time
from unittest.mock import patch

import pytest

from groupbuy.actions import check_newcomer
from groupbuy.models import GroupOrder, GroupOrderState
from tests.factories.groupbuy import hold
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment
from tests.groupbuy.test_newcomers import newcomers_group, phoned
from tests.support.races import all_at_once


def two_accounts():
    one, two = newcomers_group(), newcomers_group()
    return [
        hold(group, buyer=phoned(make_buyer("New"), "13922220000"), late_choice="REFUND")[1] for group in (one, two)
    ]


def seated(placed):
    return sum(GroupOrder.objects.get(pk=each.order.pk).state == GroupOrderState.SEATED for each in placed)


@pytest.mark.usefixtures("fresh_database")
def test_two_accounts_of_one_person_that_pay_at_once_take_one_seat():
    placed = two_accounts()

    outcome = all_at_once(2, lambda number: pay(placed[number], now=this_moment()))

    assert outcome.raised == []
    assert seated(placed) == 1


@pytest.mark.usefixtures("fresh_database")
def test_without_waiting_for_one_another_they_take_two():
    placed = two_accounts()
    judge = check_newcomer._judge

    def slowly(*args, **options):
        found = judge(*args, **options)
        time.sleep(0.1)
        return found

    with patch.object(check_newcomer, "advisory_lock", lambda *_: None), patch.object(check_newcomer, "_judge", slowly):
        all_at_once(2, lambda number: pay(placed[number], now=this_moment()))

    assert seated(placed) == 2
