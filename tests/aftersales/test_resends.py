"""A replacement is a parcel: it waits at the packers, leaves, arrives, comes back, and its case goes with it."""

import pytest
from django.db import IntegrityError, transaction

from backend.aftersales import actions, errors
from backend.aftersales.models import AfterSaleCase, CaseEvent, CaseState, Remedy
from backend.aftersales.selectors.cases import resend_of_case
from backend.catalogue.models import Variant
from backend.core import clock
from backend.fulfilment.actions import confirm_receipt, take_notice
from backend.fulfilment.errors import NothingToSend, PiecesUnchecked, ResendWithdrawn, WrongPiece
from backend.fulfilment.models import DispatchAlert, Resend, ResendLine, Shipment, ShipmentLine, ShipmentState
from backend.fulfilment.selectors import desk_counts, desk_orders, pieces_of_resends, progress_of
from backend.inventory.models import Reservation, StockItem
from backend.messaging.models import Notification
from backend.orders.models import Order, OrderState
from tests.aftersales.test_ways import DAY, approved, come_back, two_kinds
from tests.factories.aftersales import ASKED, ask, first_line, make_agent, make_order_of
from tests.factories.fulfilment import make_parcel, make_sent_parcel, make_tracking
from tests.factories.orders import make_buyer
from tests.support.api import Api

pytestmark = pytest.mark.django_db
ORDER = """query ($id: ID!) { order(id: $id) { delivery { arrivesUntil } shipments { position resend { reason } }
  resends { reasonLabel askerNumber isOverdue pieces { sku left } } } }"""
CASE = """query ($id: ID!) { afterSaleCase(id: $id) { canConfirm resend { reason pieces { sku } }
  parcels { state expectedUntil lines { sku optionTitle } events { label } } } }"""


def exchange_to_send():
    """An accepted exchange whose new piece waits at the packers."""
    order, _old, new = two_kinds()
    agent = make_agent()
    case = ask(order, kind="EXCHANGE", reason="FITS_BADLY", instead={first_line(order).id: new})
    return order, come_back(approved(case, agent), agent), new


def missing_to_send():
    """An approved case about a missing piece that is sent again."""
    order = make_order_of(1)
    case = ask(order, kind="MISSING_OR_WRONG", reason="MISSING")
    return order, approved(case, make_agent(), remedy=Remedy.REPLACE)


def hear(parcel, code, deliver_outbox, *, at):
    parcel.refresh_from_db()
    verdict = take_notice(notice=make_tracking(parcel, code, at=at), now=at)
    deliver_outbox()
    return verdict


def test_an_accepted_exchange_waits_at_the_desk_with_the_new_piece_and_its_reason():
    order, case, new = exchange_to_send()
    before = progress_of([order.id])[order.id]

    resend = resend_of_case(case.id)

    sku = Variant.objects.get(pk=new).sku
    assert (resend.reason, resend.asker_number, case.state) == ("EXCHANGE", case.number, CaseState.ACCEPTED)
    assert [(piece["sku"], piece["left"]) for piece in pieces_of_resends([resend.id])[resend.id]] == [(sku, 1)]
    page = desk_orders(show="RESEND", words="", first=10, after=None, now=ASKED)
    assert [row["id"] for row in page.nodes] == [order.id]
    assert desk_counts(now=ASKED)["resend"] == 1
    assert progress_of([order.id])[order.id] == before


def test_signing_for_the_parcel_finishes_the_case_and_stock_leaves_with_it(deliver_outbox):
    order, case, new = exchange_to_send()
    assert (StockItem.objects.get(pk=new).on_hand, StockItem.objects.get(pk=new).reserved) == (5, 1)

    parcel = make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()
    case.refresh_from_db()
    assert case.state == CaseState.RESHIPPING
    assert (StockItem.objects.get(pk=new).on_hand, StockItem.objects.get(pk=new).reserved) == (4, 0)
    hear(parcel, "delivered", deliver_outbox, at=ASKED + DAY)
    hear(parcel, "delivered", deliver_outbox, at=ASKED + DAY)

    case.refresh_from_db()
    assert case.state == CaseState.DONE
    assert CaseEvent.objects.filter(case=case, to_state="DONE").count() == 1
    told = Notification.objects.filter(user_id=order.buyer_id).values_list("kind", flat=True)
    assert {"after_sale_reshipping", "after_sale_arrived"} <= set(told)
    assert not {"parcel_sent", "parcel_delivered"} & set(told)


def test_what_is_sent_again_moves_neither_order_nor_alarm_nor_survey(deliver_outbox):
    order, case, _new = exchange_to_send()
    before = Order.objects.values("state", "delivered_at", "complete_at").get(pk=order.id)

    parcel = make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()
    assert Order.objects.get(pk=order.id).state == OrderState.DELIVERED
    confirm_receipt(order_id=order.id, buyer_id=order.buyer_id, now=ASKED)
    deliver_outbox()

    parcel.refresh_from_db()
    assert (parcel.state, DispatchAlert.objects.count()) == (ShipmentState.SHIPPED, 0)
    assert before["state"] == OrderState.DELIVERED
    hear(parcel, "delivered", deliver_outbox, at=ASKED + DAY)
    assert Order.objects.get(pk=order.id).state == OrderState.COMPLETED


def test_the_buyer_sees_the_second_parcel_on_both_pages():
    with clock.frozen(ASKED):
        order, case, new = exchange_to_send()
        make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
        api = Api(order.buyer, locale="en")

        shown = api(ORDER, id=str(order.id))["order"]
        of_case = api(CASE, id=str(case.id))["afterSaleCase"]

    sku = Variant.objects.get(pk=new).sku
    assert [each["resend"] for each in shown["shipments"]] == [{"reason": "EXCHANGE"}]
    assert shown["resends"][0]["pieces"] == [{"sku": sku, "left": 0}]
    assert of_case["parcels"][0]["state"] == "SHIPPED"
    assert of_case["parcels"][0]["expectedUntil"]
    assert [line["sku"] for line in of_case["parcels"][0]["lines"]] == [sku]


def test_a_parcel_that_comes_back_is_packed_again_and_the_case_says_so(deliver_outbox):
    order, case = missing_to_send()
    parcel = make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()

    hear(parcel, "delayed", deliver_outbox, at=ASKED + DAY)
    hear(parcel, "returned", deliver_outbox, at=ASKED + 2 * DAY)
    kinds = CaseEvent.objects.filter(case=case, kind__startswith="parcel").values_list("kind", flat=True)
    assert list(kinds) == ["parcel_held_up", "parcel_back"]
    assert desk_counts(now=ASKED + 2 * DAY)["resend"] == 1
    second = make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED + 3 * DAY)
    deliver_outbox()
    hear(second, "delivered", deliver_outbox, at=ASKED + 4 * DAY)

    case.refresh_from_db()
    assert (case.state, case.escalation) == (CaseState.DONE, 2)


def test_a_parcel_of_which_nothing_is_heard_is_asked_about_and_not_counted_as_arrived(deliver_outbox):
    order, case = missing_to_send()
    make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()

    assert actions.keep_deadlines(now=ASKED + 16 * DAY) == 1
    assert actions.keep_deadlines(now=ASKED + 16 * DAY) == 0

    case.refresh_from_db()
    assert (case.state, case.escalation) == (CaseState.RESHIPPING, 1)


def test_the_buyer_may_say_that_it_is_there_but_not_before_all_of_it_has_left(deliver_outbox):
    order = make_order_of(2)
    case = approved(
        ask(order, kind="MISSING_OR_WRONG", reason="MISSING", quantity=2), make_agent(), remedy=Remedy.REPLACE
    )
    line, resend = first_line(order), resend_of_case(case.id)
    first = make_sent_parcel(order, resend=resend, pieces={line.id: 1}, now=ASKED)
    deliver_outbox()

    with pytest.raises(errors.PartStillToCome):
        actions.confirm_reshipped(case_id=case.id, buyer_id=order.buyer_id, now=ASKED)
    first.refresh_from_db()
    assert first.state == ShipmentState.SHIPPED
    make_sent_parcel(order, resend=resend, now=ASKED)
    deliver_outbox()
    case = actions.confirm_reshipped(case_id=case.id, buyer_id=order.buyer_id, now=ASKED)
    deliver_outbox()

    assert case.state == CaseState.DONE
    assert set(Shipment.objects.filter(resend=resend).values_list("state", flat=True)) == {"DELIVERED"}


def test_closing_a_case_unpacks_its_piece_and_frees_the_stock():
    order, case = missing_to_send()
    variant_id = first_line(order).variant_id
    held = StockItem.objects.get(pk=variant_id).reserved
    parcel = make_parcel(order, resend=resend_of_case(case.id), now=ASKED)

    assert actions.close_cases_of_order(order_id=order.id, reason="order_refunded", now=ASKED) == 1

    parcel.refresh_from_db()
    case.refresh_from_db()
    assert (case.state, parcel.state) == (CaseState.CLOSED, ShipmentState.CANCELLED)
    assert StockItem.objects.get(pk=variant_id).reserved == held - 1
    with pytest.raises(ResendWithdrawn):
        make_parcel(order, resend=Resend.objects.get(), now=ASKED)


def test_a_case_whose_parcel_has_just_left_is_not_closed_and_ends_with_it(deliver_outbox):
    order, case = missing_to_send()
    parcel = make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)

    assert actions.close_cases_of_order(order_id=order.id, reason="order_refunded", now=ASKED) == 0
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED
    assert Reservation.objects.get(order_id=case.id).state == "HELD"
    deliver_outbox()
    hear(parcel, "delivered", deliver_outbox, at=ASKED + DAY)

    case.refresh_from_db()
    assert case.state == CaseState.DONE
    assert Reservation.objects.get(order_id=case.id).state == "COMMITTED"


def test_a_repaired_piece_is_handed_over_by_an_agent_and_only_once():
    agent = make_agent()
    case = come_back(approved(ask(make_order_of(1), kind="REPAIR", reason="QUALITY"), agent), agent)
    assert resend_of_case(case.id) is None

    actions.finish_repair(case_id=case.id, agent_id=agent.id, now=ASKED)
    with pytest.raises(errors.CaseMovedOn):
        actions.finish_repair(case_id=case.id, agent_id=agent.id, now=ASKED)

    assert ResendLine.objects.get().quantity == 1
    assert not Reservation.objects.filter(order_id=case.id).exists()


def test_pieces_are_bounded_by_their_own_purpose():
    order, case = missing_to_send()
    resend = resend_of_case(case.id)
    make_parcel(order, resend=resend, now=ASKED)

    with pytest.raises(NothingToSend):
        make_parcel(order, resend=resend, now=ASKED)
    one = Shipment.objects.get()
    first = Shipment.objects.create(order=order, position=9, carrier="own", packed_at=ASKED)
    line, piece = first_line(order), ResendLine.objects.get()
    ShipmentLine.objects.create(shipment=first, line=line, quantity=1)

    for wrong in (
        ShipmentLine(shipment=first, line=line, resend_line=piece, quantity=1),
        ShipmentLine(shipment=one, line=line, quantity=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
    other = Shipment.objects.create(order=order, resend=resend, position=10, carrier="own", packed_at=ASKED)
    with pytest.raises(IntegrityError, match="parcels would hold 2 of 1"), transaction.atomic():
        ShipmentLine.objects.create(shipment=other, line=line, resend_line=piece, quantity=1)
    assert ShipmentLine.objects.count() == 2


def test_each_piece_is_named_by_its_code_and_a_wrong_one_is_refused_with_what_is_expected():
    order, case, new = exchange_to_send()
    resend, sku = resend_of_case(case.id), Variant.objects.get(pk=new).sku
    old = first_line(order).variant.sku

    with pytest.raises(WrongPiece) as wrong:
        make_parcel(order, resend=resend, codes=[old], now=ASKED)
    with pytest.raises(WrongPiece):
        make_parcel(order, resend=resend, codes=[sku, sku], now=ASKED)
    with pytest.raises(PiecesUnchecked) as missing:
        make_parcel(order, resend=resend, codes=[], now=ASKED)
    assert (wrong.value.read, wrong.value.expected, missing.value.expected) == (old, sku, sku)
    assert Shipment.objects.count() == 0
    parcel = make_parcel(order, resend=resend, codes=[f" {sku.lower()} "], now=ASKED)

    assert parcel.is_checked
    assert AfterSaleCase.objects.get().state == CaseState.ACCEPTED


def test_nobody_confirms_a_strangers_parcel(deliver_outbox):
    order, case = missing_to_send()
    make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()

    told = Api(make_buyer("Mallory"), locale="en")(CASE, id=str(case.id))

    assert told["afterSaleCase"] is None
