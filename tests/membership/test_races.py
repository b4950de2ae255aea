"""One event, many deliverers."""

from contextlib import suppress
from datetime import timedelta

from backend.core.ids import new_id
from backend.core.money import Points
from membership import actions, selectors
from membership.errors import PointsTooFew
from membership.models import PointLot
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, make_confirmed_order, make_person
from tests.support.races import all_at_once


def test_many_deliverers_of_one_event_promise_once(fresh_database):
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)

    outcome = all_at_once(16, lambda _: actions.count_order(order_id=order.id, now=NOON))

    assert outcome.raised == []
    assert selectors.points_pending(bob.id) == 39
    assert PointLot.objects.count() == 1


def test_points_are_used_and_come_back_and_lapse_at_once_without_losing_one(fresh_database):
    bob, orders = make_person(), [new_id() for _ in range(8)]
    for days in (1, 2, 3, 4):
        give_points(bob, 25, lasts=timedelta(days=days))

    def move(number: int) -> None:
        source = ("order", orders[number % len(orders)])
        if number % 3 == 0:
            actions.expire_points(now=NOON + timedelta(days=1))
        elif number % 3 == 1:
            actions.return_points(source=source, now=NOON)
        else:
            with suppress(PointsTooFew):
                actions.spend_points(
                    user_id=bob.id, points=Points(20), source=source, rule_version="spending:1", now=NOON
                )

    outcome = all_at_once(24, move)

    assert outcome.raised == []
    assert selectors.lots_that_disagree() == []
