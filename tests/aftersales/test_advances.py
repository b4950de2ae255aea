"""Money that goes back when the carrier has the parcel: for whom, once, and never taken by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.aftersales import actions, errors
from backend.aftersales.models import Advance, AdvanceState, AfterSaleCase, CaseLine, CaseState
from backend.aftersales.rules import advances
from backend.aftersales.selectors.advances import advanceable_minor
from backend.aftersales.selectors.desk import queue_page
from backend.core.errors import InvalidInput
from backend.fulfilment.actions import ask_about_silent_parcels, take_notice
from backend.fulfilment.carriers.sandbox import SandboxCarrier
from backend.fulfilment.models import CarrierMessage, ReturnParcel, Verdict
from backend.fulfilment.ports import TrackingNotice
from backend.inventory.selectors import available_of
from backend.ledger.models import Posting
from backend.messaging.models import Notification
from backend.orders.actions import refund_lines
from backend.payments.models import Refund
from tests.aftersales.test_care import set_flow, valued_order
from tests.aftersales.test_refund_flow import settle_all
from tests.factories.aftersales import ASKED, ask, first_line, make_agent, make_order_of
from tests.factories.orders import make_buyer

DAY = timedelta(days=1)
WHY = "The box held a brick and nothing else."
NUMBER = "DE5550001111"
# One piece of three, less what the highest level takes off.
PAID = 5690


def approve(case, agent):
    version = AfterSaleCase.objects.get(pk=case.pk).version
    return actions.approve_case(
        case_id=case.id, agent_id=agent.id, version=version, amount_minor=None, remedy=None, note="", now=ASKED
    )


def on_its_way(case, agent, *, number=NUMBER, code="deer"):
    approve(case, agent)
    return actions.send_back(
        case_id=case.id, buyer_id=case.buyer_id, carrier="Deer Express", tracking=number, carrier_code=code,
        now=ASKED + DAY,
    )  # fmt: skip


def scan(number=NUMBER, *, code="picked_up", at=ASKED + DAY, event="scan-1", now=None):
    return take_notice(
        notice=TrackingNotice(
            carrier="deer", event_id=event, tracking_number=number, code=code, at=at, place="杭州市", text="",
            body=b'{"id": "%s", "tracking": "%s", "code": "%s", "at": "%s"}'
            % (event.encode(), number.encode(), code.encode(), at.isoformat().encode()),
        ),
        now=now or at,
    )  # fmt: skip


def inspect(case, agent, *, good=True):
    case = actions.receive_back(case_id=case.id, agent_id=agent.id, now=ASKED + 3 * DAY)
    fit = {line.id: line.quantity for line in CaseLine.objects.filter(case=case)}
    return actions.inspect_case(
        case_id=case.id, agent_id=agent.id, version=case.version, fit=fit if good else {}, is_good=good,
        note="" if good else WHY, now=ASKED + 3 * DAY,
    )  # fmt: skip


def paid_out(deliver_outbox):
    """A valued buyer's case whose money went ahead."""
    agent, order = make_agent(), valued_order()
    case = on_its_way(ask(order), agent)
    scan()
    deliver_outbox()
    case.refresh_from_db()
    return agent, order, case


def booked(order):
    """What the ledger has taken out of the money of an order to go back."""
    refunds = [str(pk) for pk in Refund.objects.filter(order=order).values_list("pk", flat=True)]
    due = Posting.objects.filter(transfer__kind="refund_due", transfer__source_id__in=refunds, amount__gt=0)
    return sum(due.values_list("amount", flat=True))


@pytest.mark.django_db
def test_the_money_of_a_valued_buyer_goes_back_when_the_carrier_has_the_parcel(deliver_outbox):
    agent, order, case = paid_out(deliver_outbox)

    advance = Advance.objects.get()
    assert (case.state, case.is_advanced, advance.state) == (CaseState.IN_TRANSIT, True, AdvanceState.PAID)
    assert advance.due_at == ASKED + DAY + advances.ARRIVES_WITHIN == case.deadline_at
    assert Refund.objects.get(order=order).amount_minor == advance.amount_minor == PAID
    assert Notification.objects.filter(user_id=order.buyer_id, kind="after_sale_advanced").count() == 1
    waiting = queue_page(view="advances", kind=None, words=None, agent_id=agent.id, first=9, after=None, now=ASKED)
    assert [each.pk for each in waiting.nodes] == [case.pk]


@pytest.mark.django_db
def test_arriving_fine_after_an_advance_pays_nothing_again_and_shelves_the_piece(deliver_outbox):
    agent, order, case = paid_out(deliver_outbox)
    variant_id = first_line(order).variant_id
    before, sent = available_of([variant_id])[variant_id], booked(order)
    settle_all(order)
    deliver_outbox()

    case = inspect(case, agent)
    deliver_outbox()

    assert (case.state, Advance.objects.get().state) == (CaseState.DONE, AdvanceState.ARRIVED)
    assert (Refund.objects.count(), first_line(order).refunded_quantity) == (1, 1)
    assert available_of([variant_id])[variant_id] == before + 1
    assert booked(order) == sent == PAID


@pytest.mark.django_db
def test_a_case_with_its_money_on_the_way_waits_for_the_provider_and_then_is_done(deliver_outbox):
    agent, order, case = paid_out(deliver_outbox)

    assert inspect(case, agent).state == CaseState.REFUNDING
    settle_all(order)
    deliver_outbox()

    case.refresh_from_db()
    assert (case.state, Refund.objects.count()) == (CaseState.DONE, 1)


@pytest.mark.django_db
def test_an_order_whose_whole_money_went_ahead_keeps_its_case_open(deliver_outbox):
    agent, order = make_agent(), valued_order()
    case = on_its_way(ask(order, quantity=3), agent)
    scan()
    deliver_outbox()
    settle_all(order)
    deliver_outbox()

    case.refresh_from_db()
    assert case.state == CaseState.IN_TRANSIT
    assert inspect(case, agent).state == CaseState.DONE


@pytest.mark.django_db
def test_nobody_else_gets_an_advance(deliver_outbox):
    agent = make_agent()
    usual = on_its_way(ask(make_order_of(3)), agent, number="DE5550000001")
    dear = valued_order()
    costly = ask(dear)
    AfterSaleCase.objects.filter(pk=costly.pk).update(
        requested_minor=advances.CEILING_MINOR + 1, decided_minor=advances.CEILING_MINOR + 1
    )
    costly.refresh_from_db()
    watched = valued_order()
    set_flow(ask(watched), agent)
    elsewhere = valued_order()
    other_carrier = on_its_way(ask(elsewhere), agent, number="SF1", code=None)

    scan("DE5550000001", event="a")
    deliver_outbox()

    assert not Advance.objects.exclude(case=other_carrier).exists()
    assert [advanceable_minor(each, now=ASKED) for each in (usual, costly, ask(watched))] == [0, 0, 0]
    assert not Advance.objects.filter(case=other_carrier).exists()
    assert not Refund.objects.exists()


@pytest.mark.django_db
def test_a_buyer_with_an_open_advance_gets_no_second_one(deliver_outbox):
    agent, order, case = paid_out(deliver_outbox)

    second = on_its_way(ask(order), agent, number="DE5550002222")
    scan("DE5550002222", event="scan-2")
    deliver_outbox()

    assert Advance.objects.get().case_id == case.pk
    assert Refund.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Advance.objects.create(case=second, buyer_id=order.buyer_id, amount_minor=1, promised_at=ASKED)


@pytest.mark.django_db
def test_a_flow_that_a_person_sets_meanwhile_lets_the_promise_lapse(deliver_outbox):
    agent, order = make_agent(), valued_order()
    case = on_its_way(ask(order), agent)
    set_flow(case, agent)

    scan()
    deliver_outbox()

    assert (Advance.objects.get().state, Refund.objects.count()) == (AdvanceState.LAPSED, 0)
    assert inspect(case, agent).state == CaseState.REFUNDING


@pytest.mark.django_db
def test_a_promise_lapses_where_the_pieces_were_given_up_another_way(deliver_outbox):
    order = valued_order()
    case = on_its_way(ask(order), make_agent())
    refund_lines(order_id=order.id, pieces=[(first_line(order).id, 3, 0)], now=ASKED)

    scan()
    deliver_outbox()

    case.refresh_from_db()
    assert (case.state, case.is_advanced) == (CaseState.IN_TRANSIT, False)
    assert (Advance.objects.get().state, Refund.objects.count()) == (AdvanceState.LAPSED, 0)


@pytest.mark.django_db
def test_a_number_of_another_parcel_or_an_old_scan_moves_no_money(deliver_outbox):
    agent, order = make_agent(), valued_order()
    on_its_way(ask(make_order_of(3)), agent)
    twice = on_its_way(ask(order), agent)
    other = valued_order()
    late = on_its_way(ask(other), agent, number="DE5550003333")

    old = scan("DE5550003333", at=ASKED - DAY, event="old", now=ASKED + DAY)
    told = scan("DE5550003333", code="accepted", event="told")
    scan()
    deliver_outbox()

    assert (old, told) == (Verdict.BAD_TIME, Verdict.APPLIED)
    assert not Advance.objects.filter(case=twice).exists()
    assert Advance.objects.get(case=late).state == AdvanceState.PROMISED
    assert not Refund.objects.exists()


@pytest.mark.django_db
def test_a_scan_that_came_before_the_number_was_typed_counts(deliver_outbox):
    agent, order = make_agent(), valued_order()

    assert scan(at=ASKED) == Verdict.UNKNOWN_PARCEL
    on_its_way(ask(order), agent)
    deliver_outbox()

    assert Advance.objects.get().state == AdvanceState.PAID
    assert CarrierMessage.objects.get().verdict == Verdict.APPLIED


@pytest.mark.django_db
def test_a_carrier_whose_message_was_lost_is_asked(deliver_outbox, monkeypatch):
    on_its_way(ask(valued_order()), make_agent())
    at = ASKED + DAY
    notice = TrackingNotice(carrier="deer", event_id="x", tracking_number=NUMBER, code="departed", at=at, body=b"{}")
    monkeypatch.setattr(SandboxCarrier, "track", lambda self, *, tracking_number: [notice])

    heard = ask_about_silent_parcels(clock=lambda: ASKED + 3 * DAY)
    again = ask_about_silent_parcels(clock=lambda: ASKED + 3 * DAY)
    deliver_outbox()

    assert (heard, again) == (1, 0)
    assert (ReturnParcel.objects.get().scanned_at, Advance.objects.get().state) == (at, AdvanceState.PAID)


@pytest.mark.django_db
def test_a_thing_that_does_not_come_is_decided_by_a_person_and_no_money_is_taken(deliver_outbox):
    agent, order, case = paid_out(deliver_outbox)
    late = Advance.objects.get().due_at
    with pytest.raises(errors.MoneyWentAhead):
        actions.cancel_after_sale(case_id=case.id, buyer_id=order.buyer_id, now=ASKED + 2 * DAY)

    actions.pass_deadline(case_id=case.id, now=late)
    case.refresh_from_db()
    assert (case.state, case.escalation) == (CaseState.IN_TRANSIT, 1)
    with pytest.raises(InvalidInput):
        actions.settle_advance(case_id=case.id, agent_id=agent.id, outcome="ARRIVED", note=WHY, now=late)
    with pytest.raises(errors.OwnCase):
        actions.settle_advance(case_id=case.id, agent_id=order.buyer_id, outcome="KEPT", note=WHY, now=late)
    settled = actions.settle_advance(case_id=case.id, agent_id=agent.id, outcome="NOT_ARRIVED", note=WHY, now=late)

    advance = Advance.objects.get()
    assert (settled.state, settled.close_reason) == (CaseState.CLOSED, "advance_lost")
    assert (advance.state, advance.settled_by_id) == (AdvanceState.NOT_ARRIVED, agent.id)
    assert (Refund.objects.count(), booked(order)) == (1, PAID)
    with pytest.raises(errors.AdvanceSettled):
        actions.settle_advance(case_id=case.id, agent_id=agent.id, outcome="KEPT", note=WHY, now=late)


@pytest.mark.django_db
def test_a_failed_inspection_is_settled_by_a_person_either_way(deliver_outbox):
    agent, order, case = paid_out(deliver_outbox)
    actions.receive_back(case_id=case.id, agent_id=agent.id, now=ASKED + 2 * DAY)
    with pytest.raises(errors.LookFirst):
        actions.settle_advance(case_id=case.id, agent_id=agent.id, outcome="KEPT", note=WHY, now=ASKED + 2 * DAY)
    version = AfterSaleCase.objects.get(pk=case.pk).version
    disputed = actions.inspect_case(
        case_id=case.id, agent_id=agent.id, version=version, fit={}, is_good=False, note=WHY, now=ASKED + 3 * DAY
    )
    assert (disputed.state, Advance.objects.get().state) == (CaseState.DISPUTED, AdvanceState.PAID)

    settle_all(order)
    done = actions.settle_advance(
        case_id=case.id, agent_id=agent.id, outcome="ARRIVED", note="The brick was the wrong box.", now=ASKED + 4 * DAY
    )

    assert (done.state, Advance.objects.get().state) == (CaseState.DONE, AdvanceState.ARRIVED)
    assert (Refund.objects.count(), first_line(order).refunded_quantity) == (1, 1)


@pytest.mark.django_db
def test_the_database_lets_only_a_person_give_a_thing_up(deliver_outbox):
    _agent, order, _case = paid_out(deliver_outbox)

    for settled_by in (None, order.buyer_id):
        with pytest.raises(IntegrityError), transaction.atomic():
            Advance.objects.update(state=AdvanceState.NOT_ARRIVED, settled_by_id=settled_by)
    assert make_buyer("Mallory").id != order.buyer_id
