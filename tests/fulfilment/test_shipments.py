"""Packing, splitting and sending: never more than was bought, and never what was given up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.checkout.actions import cancel_order
from backend.core.errors import InvalidInput, KeyReused
from backend.core.ids import new_id
from backend.fulfilment.actions import (
    Packing,
    confirm_receipt,
    deliver_parcel,
    pack_parcel,
    send_parcel,
    ship_order,
    unpack_order,
    unpack_parcel,
)
from backend.fulfilment.errors import (
    NothingToSend,
    ParcelMoved,
    TooManyPieces,
    TrackingNumberNeeded,
    TrackingNumberTaken,
    UnknownCarrier,
)
from backend.fulfilment.models import Shipment, ShipmentLine, ShipmentState
from backend.fulfilment.selectors import progress_of
from backend.orders.errors import OrderMoved, OrderNotCancellable
from backend.orders.models import Order, OrderLine, OrderState
from tests.factories.catalogue import make_variant
from tests.factories.fulfilment import codes_of, make_parcel, make_sent_parcel
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order
from tests.support.api import Api

pytestmark = pytest.mark.django_db


def _two_lines() -> tuple[Order, OrderLine, OrderLine]:
    order = make_paid_order(variants=[(make_variant(), 3), (make_variant(), 1)]).order
    first, second = OrderLine.objects.filter(order=order).order_by("position")
    return order, first, second


def test_an_order_in_two_parcels_is_being_sent_then_sent_then_delivered():
    order, first, second = _two_lines()
    one = make_sent_parcel(order, pieces={first.id: 2})
    order.refresh_from_db()
    assert order.state == OrderState.FULFILLING

    two = make_sent_parcel(order)

    order.refresh_from_db()
    assert order.state == OrderState.SHIPPED
    assert {part.line_id: part.quantity for part in ShipmentLine.objects.filter(shipment=two)} == {
        first.id: 1,
        second.id: 1,
    }
    deliver_parcel(shipment_id=one.id, actor_id=None, now=LATER)
    order.refresh_from_db()
    assert order.state == OrderState.SHIPPED
    deliver_parcel(shipment_id=two.id, actor_id=None, now=LATER)
    order.refresh_from_db()
    assert order.state == OrderState.DELIVERED


def test_more_than_is_left_cannot_be_packed():
    order, first, _second = _two_lines()
    make_parcel(order, pieces={first.id: 2})

    with pytest.raises(TooManyPieces) as refused:
        make_parcel(order, pieces={first.id: 2})

    assert refused.value.details == {"lineId": str(first.id), "left": 1}
    assert Shipment.objects.filter(order=order).count() == 1


@pytest.mark.parametrize("count", [-1, 0])
def test_a_parcel_of_nothing_is_refused(count: int):
    order, first, _second = _two_lines()

    with pytest.raises(InvalidInput):
        make_parcel(order, pieces={first.id: count})

    assert not Shipment.objects.exists()


def test_a_line_of_another_order_is_refused():
    order, _first, _second = _two_lines()
    _other, strange, _third = _two_lines()

    with pytest.raises(InvalidInput):
        make_parcel(order, pieces={strange.id: 1})

    assert not Shipment.objects.exists()


def test_the_database_itself_refuses_a_piece_too_many():
    order, first, _second = _two_lines()
    parcel = make_parcel(order, pieces={first.id: 3})
    another = Shipment.objects.create(order=order, position=9, carrier="deer", packed_at=LATER)

    with pytest.raises(IntegrityError, match="4 of 3"), transaction.atomic():
        ShipmentLine.objects.create(shipment=another, line=first, quantity=1)

    unpack_parcel(shipment_id=parcel.id, actor_id=None, now=LATER)
    ShipmentLine.objects.create(shipment=another, line=first, quantity=1)


def test_nothing_is_packed_twice():
    order, _first, _second = _two_lines()
    make_parcel(order)

    with pytest.raises(NothingToSend):
        make_parcel(order)


def test_the_same_key_packs_one_parcel_and_refuses_another_one():
    order, first, _second = _two_lines()
    wanted = {
        "order_id": order.id, "carrier": "deer", "packing": Packing(), "tracking_number": "",
        "actor_id": order.buyer_id, "idempotency_key": new_id(), "now": LATER, "codes": [first.variant.sku],
    }  # fmt: skip

    one = pack_parcel(**wanted, pieces={first.id: 1})
    again = pack_parcel(**wanted, pieces={first.id: 1})
    with pytest.raises(KeyReused):
        pack_parcel(**wanted, pieces={first.id: 2})

    assert one.id == again.id
    assert Shipment.objects.count() == 1


def test_a_number_belongs_to_one_parcel_of_a_carrier():
    make_parcel(make_paid_order().order, number="DE12345678")
    other = make_paid_order().order

    with pytest.raises(TrackingNumberTaken):
        make_parcel(other, number=" de12345678 ")

    assert make_parcel(other, number="DE12345678", carrier="elephant").tracking_number == "DE12345678"


@pytest.mark.parametrize("number", ["abc", "x" * 41, "DE 1234", "快递一二三四", "DE1234<b>"])
def test_a_number_that_is_none_is_refused(number: str):
    order = make_paid_order().order

    with pytest.raises(InvalidInput) as refused:
        make_parcel(order, number=number)

    assert refused.value.field == "trackingNumber"
    assert not Shipment.objects.exists()


def test_an_unknown_carrier_is_refused():
    with pytest.raises(UnknownCarrier):
        make_parcel(make_paid_order().order, carrier="pigeon")

    assert not Shipment.objects.exists()


def test_a_parcel_leaves_with_a_number_only():
    parcel = make_parcel(make_paid_order().order, number="")

    with pytest.raises(TrackingNumberNeeded):
        send_parcel(shipment_id=parcel.id, actor_id=None, now=LATER)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.label_due_at) == (ShipmentState.PACKED, LATER)


def test_a_packed_order_that_is_given_up_is_unpacked_and_cannot_leave():
    order = make_paid_order().order
    parcel = make_parcel(order)
    cancel_order(order_id=order.id, buyer_id=order.buyer_id, idempotency_key=new_id(), now=LATER)

    with pytest.raises(OrderMoved):
        send_parcel(shipment_id=parcel.id, actor_id=None, now=LATER)
    assert unpack_order(order_id=order.id, now=LATER) == 1

    parcel.refresh_from_db()
    assert parcel.state == ShipmentState.CANCELLED


@pytest.mark.parametrize("is_whole", [True, False])
def test_an_order_of_which_a_part_has_left_cannot_be_given_up(is_whole: bool):
    order, first, _second = _two_lines()
    make_sent_parcel(order, pieces=None if is_whole else {first.id: 1})

    with pytest.raises(OrderNotCancellable):
        cancel_order(order_id=order.id, buyer_id=order.buyer_id, idempotency_key=new_id(), now=LATER)

    order.refresh_from_db()
    assert order.state == (OrderState.SHIPPED if is_whole else OrderState.FULFILLING)


def test_pieces_of_a_parcel_that_came_back_can_be_sent_again():
    order, _first, _second = _two_lines()
    parcel = make_sent_parcel(order)
    Shipment.objects.filter(pk=parcel.pk).update(state=ShipmentState.RETURNED)

    again = make_sent_parcel(order)

    assert [line.left for line in progress_of([order.id])[order.id].values()] == [0, 0]
    assert again.state == ShipmentState.SHIPPED


def test_a_parcel_that_left_is_not_unpacked():
    parcel = make_sent_parcel(make_paid_order().order)

    with pytest.raises(ParcelMoved):
        unpack_parcel(shipment_id=parcel.id, actor_id=None, now=LATER)

    parcel.refresh_from_db()
    assert parcel.state == ShipmentState.SHIPPED


def test_the_buyer_confirms_every_parcel_at_once():
    order, first, _second = _two_lines()
    make_sent_parcel(order, pieces={first.id: 3})
    make_sent_parcel(order)

    confirm_receipt(order_id=order.id, buyer_id=order.buyer_id, now=LATER + timedelta(days=1))

    order.refresh_from_db()
    assert order.state == OrderState.COMPLETED
    assert set(Shipment.objects.values_list("state", flat=True)) == {ShipmentState.DELIVERED}


def test_shipping_an_order_takes_what_is_packed_along():
    order, first, _second = _two_lines()
    make_parcel(order, pieces={first.id: 1})

    ship_order(order_id=order.id, codes=codes_of(order), actor_id=None, now=LATER)

    order.refresh_from_db()
    assert order.state == OrderState.SHIPPED
    assert Shipment.objects.filter(order=order, state=ShipmentState.SHIPPED).count() == 2


def test_the_line_of_thanks_is_read_when_the_parcel_is_there():
    order = make_paid_order().order
    parcel = make_sent_parcel(order)
    api = Api(order.buyer)
    ask = "query ($id: ID!) { order(id: $id) { shipments { thanks gift state } } }"
    assert api(ask, id=str(order.id))["order"]["shipments"] == [{"thanks": "", "gift": "", "state": "SHIPPED"}]

    deliver_parcel(shipment_id=parcel.id, actor_id=None, now=LATER)

    found = api(ask, id=str(order.id))["order"]["shipments"]
    assert found == [{"thanks": "谢谢你", "gift": "贴纸", "state": "DELIVERED"}]
