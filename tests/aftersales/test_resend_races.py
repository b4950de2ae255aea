"""Two packers want the last piece that is sent again; a case is closed while its piece is packed and sent."""

import time

from django.db import IntegrityError, connection, transaction

from backend.aftersales import actions
from backend.aftersales.actions import settle_case
from backend.aftersales.models import AfterSaleCase, CaseState, Remedy
from backend.aftersales.selectors.cases import resend_of_case
from backend.core.ids import new_id
from backend.fulfilment.actions import send_parcel
from backend.fulfilment.errors import NothingToSend, ParcelMoved, ResendWithdrawn
from backend.fulfilment.models import Resend, ResendLine, Shipment, ShipmentLine, ShipmentState
from backend.fulfilment.rules import GONE, LIVE
from tests.aftersales.test_ways import approved
from tests.factories.aftersales import ASKED, ask, make_agent, make_order_of
from tests.factories.fulfilment import make_parcel
from tests.support.races import all_at_once

PACKERS, CASES = 6, 5
NO_TRIGGER = "DROP TRIGGER fulfilment_pieces_within_bought ON fulfilment_shipmentline"


def missing_piece(agent):
    order = make_order_of(1)
    return approved(ask(order, kind="MISSING_OR_WRONG", reason="MISSING"), agent, remedy=Remedy.REPLACE)


def careless_packers():
    """Each looks whether a piece is left, thinks, and writes; nobody holds the order."""
    case = missing_piece(make_agent())
    resend, piece = resend_of_case(case.id), ResendLine.objects.get()

    def pack(number):
        with transaction.atomic():
            if ShipmentLine.objects.filter(resend_line=piece).exists():
                return
            time.sleep(0.05)
            parcel = Shipment.objects.create(
                id=new_id(), order_id=case.order_id, resend=resend, position=10 + number, carrier="own", packed_at=ASKED
            )
            ShipmentLine.objects.create(shipment=parcel, line_id=piece.line_id, resend_line=piece, quantity=1)

    outcome = all_at_once(PACKERS, pack)
    return outcome, ShipmentLine.objects.filter(resend_line=piece, shipment__state__in=LIVE).count()


def test_two_packers_do_not_both_take_the_last_piece(fresh_database):
    case = missing_piece(make_agent())
    order, resend = case.order, resend_of_case(case.id)

    outcome = all_at_once(PACKERS, lambda _number: make_parcel(order, resend=resend, now=ASKED))

    assert len(outcome.answers) == 1
    assert {type(raised) for raised in outcome.raised} == {NothingToSend}
    assert ShipmentLine.objects.filter(resend_line__resend=resend).count() == 1


def test_the_database_stops_careless_packers(fresh_database):
    outcome, packed = careless_packers()

    assert packed == 1
    assert {type(raised) for raised in outcome.raised} <= {IntegrityError}


def test_control_without_the_trigger_careless_packers_send_the_piece_twice(fresh_database):
    with connection.cursor() as cursor:
        cursor.execute(NO_TRIGGER)

    _outcome, packed = careless_packers()

    assert packed > 1


def close_against_send():
    """Close each case while its parcel is handed over; count the closed cases whose parcel lives on."""
    agent = make_agent()
    cases = [missing_piece(agent) for _ in range(CASES)]
    parcels = [make_parcel(case.order, resend=resend_of_case(case.id), now=ASKED) for case in cases]

    def move(number):
        case, parcel = cases[number // 2], parcels[number // 2]
        if number % 2:
            actions.close_cases_of_order(order_id=case.order_id, reason="order_refunded", now=ASKED)
            return
        try:
            send_parcel(shipment_id=parcel.id, actor_id=None, now=ASKED)
        except ParcelMoved:
            return

    outcome = all_at_once(CASES * 2, move)
    closed = AfterSaleCase.objects.filter(state=CaseState.CLOSED).values("pk")
    alive = Shipment.objects.filter(resend__asker_id__in=closed, state__in=LIVE).count()
    undone = Shipment.objects.exclude(state__in=[*GONE, ShipmentState.CANCELLED]).count()
    return outcome, alive, undone


def test_a_case_is_closed_or_its_parcel_leaves_but_not_both(fresh_database):
    outcome, alive, undone = close_against_send()

    assert (outcome.raised, alive, undone) == ([], 0, 0)


def test_control_a_case_that_does_not_call_its_piece_off_is_closed_while_the_parcel_goes(fresh_database, monkeypatch):
    monkeypatch.setattr(settle_case, "call_off", lambda case, *, now: None)

    _outcome, alive, _undone = close_against_send()

    assert alive > 0


def test_a_piece_is_packed_or_called_off_but_not_both(fresh_database):
    agent = make_agent()
    cases = [missing_piece(agent) for _ in range(CASES)]

    def move(number):
        case = cases[number // 2]
        if number % 2:
            actions.close_cases_of_order(order_id=case.order_id, reason="order_refunded", now=ASKED)
        else:
            make_parcel(case.order, resend=Resend.objects.get(asker_id=case.id), now=ASKED)

    outcome = all_at_once(CASES * 2, move)

    assert {type(raised) for raised in outcome.raised} <= {ResendWithdrawn}
    assert AfterSaleCase.objects.filter(state=CaseState.CLOSED).count() == CASES
    assert not Shipment.objects.filter(state__in=LIVE).exists()
