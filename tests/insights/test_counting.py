"""Events are counted once, by the hour, for their campaign and for the whole shop."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.core.ids import new_id
from backend.insights import rules
from backend.insights.actions import count_event
from backend.insights.models import HourlyFact, KnownBuyer
from backend.insights.selectors import funnel, invariants, series, totals

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def total(campaign_id, key):
    """One number of a campaign."""
    return next(row["value"] for row in totals(campaign_id, [key]))


def happen(name, **payload):
    """Count an event."""
    return count_event(name=name, payload={"at": NOON.isoformat(), **payload}, emitted_at=NOON)


@pytest.mark.django_db
def test_an_order_counts_for_its_campaign_and_for_the_shop():
    campaign_id, other = new_id(), new_id()

    happen("OrderPaid", order_id=str(new_id()), campaign_id=str(campaign_id), total_minor=4792)
    happen("OrderPaid", order_id=str(new_id()), campaign_id=None, total_minor=1000)

    assert (total(campaign_id, "orders_paid"), total(campaign_id, "paid_minor")) == (1, 4792)
    assert (total(None, "orders_paid"), total(None, "paid_minor")) == (2, 5792)
    assert total(other, "orders_paid") == 0


@pytest.mark.django_db
def test_a_refund_is_counted_where_its_order_was():
    campaign_id, order_id = new_id(), new_id()
    happen("OrderPaid", order_id=str(order_id), campaign_id=str(campaign_id), total_minor=4792)

    happen("OrderRefunded", order_id=str(order_id), amount_minor=4792)

    assert (total(campaign_id, "refunds"), total(campaign_id, "refunded_minor")) == (1, 4792)


@pytest.mark.django_db
def test_a_leader_takes_a_seat_and_does_not_join():
    campaign_id = new_id()
    for is_leader in (True, False, False):
        happen("SeatTaken", campaign_id=str(campaign_id), is_leader=is_leader, discount_minor=100)

    assert (total(campaign_id, "seats_taken"), total(campaign_id, "joins")) == (3, 2)
    assert total(campaign_id, "discount_minor") == 300


@pytest.mark.django_db
def test_a_visit_to_a_campaigns_link_counts_for_it():
    campaign_id = new_id()

    happen("LinkClicked", kind="campaign", target_id=str(campaign_id))

    assert [row["value"] for row in funnel(campaign_id)] == [1, 0, 0, 0, 0]


@pytest.mark.django_db
def test_an_event_that_nobody_counts_leaves_no_trace():
    happen("RoomAdvanced", room_id=str(new_id()))
    happen("OrderPaid", surprise=True)

    assert not HourlyFact.objects.exists()


@pytest.mark.django_db
def test_a_buyer_is_known_once():
    buyer_id = str(new_id())
    for _ in range(2):
        happen("OrderConfirmed", order_id=str(new_id()), buyer_id=buyer_id, campaign_id=None, total_minor=1)

    assert KnownBuyer.objects.count() == 1


@pytest.mark.django_db
def test_a_chart_shows_hours_without_gaps():
    campaign_id = new_id()
    for hour in (0, 2):
        at = (NOON + timedelta(hours=hour)).isoformat()
        count_event(
            name="GroupOpened",
            payload={"at": at, "campaign_id": str(campaign_id), "group_id": str(new_id())},
            emitted_at=NOON,
        )

    line = series(campaign_id, now=NOON + timedelta(hours=2, minutes=30))[0]

    assert line["key"] == "groups_opened"
    assert [point["value"] for point in line["points"]] == [1, 0, 1]


@pytest.mark.django_db
def test_every_gauge_is_healthy_in_an_empty_shop():
    rows = {row["key"]: row for row in invariants(None, now=datetime.now(UTC))}

    assert {"oversold", "money_difference", "outbox_lag", "stranded_payments", "overdue_holds"} <= rows.keys()
    assert all(row["is_healthy"] for row in rows.values())


def test_every_counted_metric_has_its_words():
    shown = {*rules.FUNNEL, *rules.SHOWN_TOTALS, *rules.SHOWN_SERIES}

    assert shown <= rules.METRICS.keys()
    assert set(rules.COUNTED) >= {*rules.INTRODUCES, *rules.REFERS}
