"""Parcels that will probably be late: foreseen from those alike, told once before the day, silent with few rows."""

from datetime import timedelta

import pytest

from backend.core.clock import business_day
from backend.fulfilment.actions import foresee_delays, take_notice
from backend.fulfilment.forecast import LEAST_ALIKE, LEAST_LEGS, outlook
from backend.fulfilment.models import DelayForecast, Shipment, ShipmentState
from backend.fulfilment.selectors.lateness import likely_late
from backend.messaging.models import Notification
from tests.factories.fulfilment import make_sent_parcel, make_support, make_tracking
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order
from tests.support.api import Api

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = LATER + 60 * DAY
LATE = "{ lateParcels { orderNumber promisedUntil expectedUntil latePercent alikeCount buyer { name } } }"


def past_legs(days, *, count, told=True):
    """Parcels of the deer to the province of the test address that took so many days."""
    for number in range(count):
        left = LATER + timedelta(hours=number)
        parcel = make_sent_parcel(make_paid_order().order, now=left)
        at = left + days * DAY
        if told:
            take_notice(notice=make_tracking(parcel, "delivered", at=at), now=at)
        else:
            Shipment.objects.filter(pk=parcel.pk).update(state=ShipmentState.DELIVERED, delivered_at=at)


def on_the_road(*, since=NOW):
    return make_sent_parcel(make_paid_order().order, now=since)


def test_the_new_days_are_quantiles_of_those_alike():
    legs = [1] * 10 + [3] * 4 + [5] * 10 + [9]

    found = outlook(legs=legs, gone_days=2, promised_days=2)

    assert (found.alike_count, found.late_bps, found.from_days, found.until_days) == (15, 10_000, 3, 5)
    assert outlook(legs=legs, gone_days=0, promised_days=2).late_bps == 6_000
    assert outlook(legs=legs, gone_days=0, promised_days=3) is None


def test_few_rows_say_nothing():
    assert outlook(legs=[9] * (LEAST_LEGS - 1), gone_days=0, promised_days=2) is None
    alike = [9] * (LEAST_ALIKE - 1)
    assert outlook(legs=[1] * LEAST_LEGS + alike, gone_days=5, promised_days=2) is None
    assert outlook(legs=[9] * LEAST_LEGS, gone_days=0, promised_days=2) is not None


def test_a_parcel_that_will_be_late_is_told_of_once_with_its_new_days(deliver_outbox):
    past_legs(6, count=LEAST_LEGS)
    parcel = on_the_road()
    promised = parcel.expected_until

    assert foresee_delays(now=NOW + DAY) == 1
    assert foresee_delays(now=NOW + DAY) == 0
    deliver_outbox()

    parcel.refresh_from_db()
    arrives = business_day(NOW) + 6 * DAY
    assert promised < arrives
    assert (parcel.expected_from, parcel.expected_until) == (arrives, arrives)
    kept = DelayForecast.objects.get()
    assert (kept.promised_until, kept.expected_until, kept.alike_count) == (promised, arrives, LEAST_LEGS)
    told = Notification.objects.get(user_id=parcel.order.buyer_id, kind="parcel_will_be_late")
    assert told.params["expected"]["zh-Hans"] == f"{arrives.month}月{arrives.day}日"


def test_nothing_is_said_with_too_few_rows_or_where_only_buyers_said_that_it_arrived():
    past_legs(6, count=LEAST_LEGS - 1)
    past_legs(6, count=2, told=False)
    parcel = on_the_road()
    promised = parcel.expected_until

    assert foresee_delays(now=NOW + DAY) == 0

    parcel.refresh_from_db()
    assert (parcel.expected_until, DelayForecast.objects.count()) == (promised, 0)


def test_nothing_is_said_of_parcels_in_time_after_their_day_or_at_the_door():
    past_legs(6, count=LEAST_LEGS)
    late = on_the_road(since=NOW - 5 * DAY)
    door = on_the_road()
    take_notice(notice=make_tracking(door, "out_for_delivery", at=NOW), now=NOW)

    assert late.expected_until < business_day(NOW)
    assert foresee_delays(now=NOW) == 0

    assert DelayForecast.objects.count() == 0


def test_parcels_of_a_carrier_in_time_are_left_alone():
    past_legs(1, count=LEAST_LEGS)
    on_the_road()

    assert foresee_delays(now=NOW) == 0


def test_the_desk_lists_the_worst_first_and_a_parcel_that_arrived_no_more():
    past_legs(6, count=LEAST_LEGS)
    fresh, old = on_the_road(), on_the_road(since=NOW - DAY)
    assert foresee_delays(now=NOW) == 2
    DelayForecast.objects.filter(pk=old.pk).update(expected_until=business_day(NOW) + 20 * DAY)

    rows = Api(make_support(), locale="en")(LATE)["lateParcels"]

    assert [row["orderNumber"] for row in rows] == [old.order.number, fresh.order.number]
    assert rows[0]["latePercent"] == 100
    take_notice(notice=make_tracking(old, "delivered", at=NOW + DAY), now=NOW + DAY)
    assert [row.pk for row in likely_late()] == [fresh.pk]
