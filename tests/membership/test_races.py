"""One event, many deliverers."""

from membership import actions, selectors
from membership.models import PointLot
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person
from tests.support.races import all_at_once


def test_many_deliverers_of_one_event_promise_once(fresh_database):
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)

    outcome = all_at_once(16, lambda _: actions.count_order(order_id=order.id, now=NOON))

    assert outcome.raised == []
    assert selectors.points_pending(bob.id) == 39
    assert PointLot.objects.count() == 1
