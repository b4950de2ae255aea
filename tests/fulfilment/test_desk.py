"""The orders desk: what waits, who may see where somebody lives, sending many at once, and times of delivery."""

from datetime import timedelta

import pytest
from django.test import Client

from backend.core import clock
from backend.core.errors import InvalidInput, NotFound
from backend.fulfilment.actions import (
    alert_overdue_orders,
    choose_delivery,
    complete_due_orders,
    read_address,
    send_batch,
)
from backend.fulfilment.errors import DeliveryFixed, SlotNotOffered, TableUnreadable
from backend.fulfilment.models import AddressReading, DeliveryWindow, DeliveryWish, DispatchAlert, Shipment
from backend.fulfilment.rules import slots
from backend.fulfilment.selectors import desk_counts, desk_orders
from backend.messaging.models import Notification
from backend.orders.actions import extend_completion, mark_delivered, mark_shipped, pause_completion
from backend.orders.models import OrderState
from backend.orders.rules import KEEP_WINDOW
from tests.factories.fulfilment import codes_of, make_parcel, make_sent_parcel, make_support
from tests.factories.orders import LATER, make_buyer, make_order
from tests.factories.payments import make_paid_order
from tests.support.api import Api

pytestmark = pytest.mark.django_db
TWO_DAYS = timedelta(hours=48)
DESK = """query ($show: OrderDeskList, $words: String) { deskOrders(show: $show, words: $words) { edges { node {
  number address buyer { name } delivery { isOverdue } progress { left }
  shipments { trackingNumber events { label } lines { title } } } } }
  orderDeskCounts { toSend overdue packed onWay trouble held } }"""


def test_an_order_is_overdue_after_two_days_and_the_alarm_is_raised_once(deliver_outbox):
    order, sue = make_paid_order().order, make_support()
    sent = make_paid_order().order
    make_sent_parcel(sent)
    assert alert_overdue_orders(now=LATER + TWO_DAYS) == 0

    assert alert_overdue_orders(now=LATER + TWO_DAYS + timedelta(seconds=1)) == 1
    assert alert_overdue_orders(now=LATER + TWO_DAYS + timedelta(hours=1)) == 0

    deliver_outbox()
    assert DispatchAlert.objects.get().order_id == order.id
    assert Notification.objects.filter(user_id=sue.id, kind="dispatch_overdue").count() == 1
    assert Notification.objects.filter(user_id=order.buyer_id, kind="dispatch_late").count() == 1
    counts = desk_counts(now=LATER + TWO_DAYS * 2)
    assert (counts["to_send"], counts["overdue"], counts["on_way"]) == (1, 1, 1)


def test_the_desk_shows_what_waits_and_hides_who_lives_where():
    with clock.frozen(LATER):
        order, sue = make_paid_order().order, make_support()
        make_order()
        make_parcel(order, number="DE55555555")
        api = Api(sue, locale="en")

        rows = [edge["node"] for edge in api(DESK, show="TO_SEND")["deskOrders"]["edges"]]
        found = api(DESK, words="de55555555")["deskOrders"]["edges"]

    assert [row["number"] for row in rows] == [order.number]
    assert rows[0]["address"]["phone"] == "+86138****0001"
    assert rows[0]["address"]["name"] == "王**"
    assert "文三路 1 号" not in str(rows)
    assert len(found) == 1


def test_reading_an_address_is_written_down():
    order, sue = make_paid_order().order, make_support()

    with pytest.raises(InvalidInput):
        read_address(order_id=order.id, reader_id=sue.id, reason=" ", now=LATER)
    assert not AddressReading.objects.exists()
    address = read_address(order_id=order.id, reader_id=sue.id, reason="买家来电", now=LATER)

    assert address["line"] == "文三路 1 号"
    noted = AddressReading.objects.get()
    assert (noted.reader_id, noted.order_id, noted.reason) == (sue.id, order.id, "买家来电")


def test_support_reads_an_order_of_somebody_without_the_address():
    order, sue = make_paid_order().order, make_support()
    ask = "query ($id: ID!) { order(id: $id) { address } }"

    assert Api(order.buyer)(ask, id=str(order.id))["order"]["address"]["line"] == "文三路 1 号"
    assert Api(sue)(ask, id=str(order.id))["order"]["address"]["line"] == "文三****"


def test_the_slip_is_for_support_and_notes_who_printed_it():
    order, sue = make_paid_order().order, make_support()
    parcel = make_parcel(order)
    client = Client()
    assert client.get(f"/fulfilment/slip/{parcel.id}").status_code == 404
    client.force_login(order.buyer)
    assert client.get(f"/fulfilment/slip/{parcel.id}").status_code == 404

    client.force_login(sue)
    answer = client.get(f"/fulfilment/slip/{parcel.id}")

    assert answer.status_code == 200
    assert "文三路 1 号" in answer.content.decode()
    assert "谢谢你" in answer.content.decode()
    assert AddressReading.objects.get().reader_id == sue.id


def test_good_rows_of_a_table_are_sent_and_bad_ones_come_back():
    one, two, three = (make_paid_order().order for _ in range(3))
    unpaid, sue = make_order().order, make_support()

    def read(order):
        return " ".join(codes_of(order))

    table = "\n".join([
        "订单号,承运商,运单号,货号", f"{one.number},deer,DE10000001,{read(one)}", f"{two.number},pigeon,X1",
        f"{three.number},deer,", "260501NOBODY,deer,DE10000002", f"{unpaid.number},deer,DE10000003",
        f"{two.number},deer,DE10000001,{read(two)}", f"{two.number},own,,{read(two)}",
    ])  # fmt: skip

    rows = send_batch(table=table, actor_id=sue.id, now=LATER)

    assert [row.code for row in rows] == [
        "", "UNKNOWN_CARRIER", "TRACKING_NUMBER_NEEDED", "NOT_FOUND", "ORDER_MOVED", "TRACKING_NUMBER_TAKEN", "",
    ]  # fmt: skip
    assert [row.line for row in rows] == [2, 3, 4, 5, 6, 7, 8]
    assert Shipment.objects.count() == 2
    again = send_batch(table=table, actor_id=sue.id, now=LATER)
    assert all(row.code for row in again)
    assert Shipment.objects.count() == 2


def test_a_table_asks_for_the_codes_that_the_packing_table_asks_for():
    unread, wrong, packed = (make_paid_order().order for _ in range(3))
    make_parcel(packed)
    table = f"{unread.number},own,\n{wrong.number},own,,SOMETHING-ELSE\n{packed.number},own,"

    rows = send_batch(table=table, actor_id=make_support().id, now=LATER)

    assert [row.code for row in rows] == ["PIECES_UNCHECKED", "WRONG_PIECE", ""]
    assert list(Shipment.objects.values_list("order_id", "is_checked")) == [(packed.pk, True)]


@pytest.mark.parametrize("table", ["", "\n\n", "订单号,承运商,运单号", 'a,"b', "x" * 200_001, "a,b,c\n" * 2_001])
def test_a_table_that_is_none_is_refused(table: str):
    with pytest.raises(TableUnreadable):
        send_batch(table=table, actor_id=make_support().id, now=LATER)

    assert not Shipment.objects.exists()


def test_a_buyer_asks_for_a_time_until_it_is_packed():
    placed = make_paid_order()
    buyer, order = placed.order.buyer_id, placed.order
    day, window = slots(province="浙江省", today=LATER.date())[0]
    chosen = {"order_id": order.id, "buyer_id": buyer, "now": LATER}

    choose_delivery(**chosen, day=day, window=window)
    with pytest.raises(SlotNotOffered):
        choose_delivery(**chosen, day=LATER.date(), window=window)
    with pytest.raises(NotFound):
        choose_delivery(order_id=order.id, buyer_id=make_buyer("Mallory").id, day=None, window=None, now=LATER)
    make_parcel(order)
    with pytest.raises(DeliveryFixed):
        choose_delivery(**chosen, day=None, window=None)

    wish = DeliveryWish.objects.get()
    assert (wish.day_on, wish.window) == (day, window)


def test_no_time_is_offered_where_no_courier_keeps_one():
    assert slots(province="西藏自治区", today=LATER.date()) == []
    assert len(slots(province="上海市", today=LATER.date())) == 7 * len(DeliveryWindow)


def test_what_a_buyer_is_told_before_and_after_ordering():
    with clock.frozen(LATER):
        order = make_paid_order().order
        told = Api()('{ deliveryEstimate(province: "浙江省") { arrivesFrom arrivesUntil carrierName slots { day } } }')
        ask = "query ($id: ID!) { order(id: $id) { delivery { dispatchBy arrivesUntil } completion { at } } }"
        after = Api(order.buyer)(ask, id=str(order.id))["order"]

    estimate = told["deliveryEstimate"]
    assert estimate["arrivesFrom"] < estimate["arrivesUntil"]
    assert estimate["carrierName"] == "小鹿速运"
    assert after["delivery"]["arrivesUntil"] == estimate["arrivesUntil"]
    assert after["completion"] is None


def test_an_order_that_is_paused_or_extended_in_the_last_moment_is_not_completed(monkeypatch):
    paused, extended = make_paid_order().order, make_paid_order().order
    for order in (paused, extended):
        mark_shipped(order=order, now=LATER)
        mark_delivered(order=order, now=LATER)
    due = [paused.id, extended.id]
    monkeypatch.setattr("backend.fulfilment.actions.receive.orders_to_complete", lambda **_: due)
    pause_completion(order_id=paused.id, now=LATER)
    extend_completion(order_id=extended.id, buyer_id=extended.buyer_id, now=LATER)

    assert complete_due_orders(now=LATER + KEEP_WINDOW) == 0

    for order in (paused, extended):
        order.refresh_from_db()
        assert order.state == OrderState.DELIVERED


def test_the_desk_asks_the_database_as_often_for_two_orders_as_for_twenty(django_assert_max_num_queries):
    with clock.frozen(LATER):
        sue = make_support()
        for _ in range(12):
            make_sent_parcel(make_paid_order().order)
        api = Api(sue)
        api(DESK)
        with django_assert_max_num_queries(20):
            assert len(api(DESK)["deskOrders"]["edges"]) == 12
    assert len(desk_orders(show=None, words="", first=2, after=None, now=LATER).nodes) == 2
