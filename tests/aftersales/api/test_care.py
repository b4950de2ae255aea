"""Care through the API: what the buyer is promised and who answers, and what the desk may settle."""

from datetime import timedelta

import pytest

from backend.aftersales import actions
from backend.aftersales.models import Advance, AgentAbsence
from backend.core.clock import frozen
from tests.aftersales.test_advances import approve, on_its_way, scan
from tests.aftersales.test_care import valued_order
from tests.factories.aftersales import ASKED, ask, make_agent
from tests.factories.orders import make_buyer
from tests.support.api import Api

DAY = timedelta(days=1)
CASE = """query ($id: ID!) { returnCarriers { code } afterSaleCase(id: $id) {
    canCancel advance { state amount { minor } dueAt isOverdue }
    answeredBy { person { name } standsInFor { name } until } desk { isMine } } }"""
SETTLE = """mutation ($input: SettleAdvanceInput!) { settleAdvance(input: $input) {
    case { state closeLabel advance { state } } errors { code } } }"""
RECORD = """mutation ($input: RecordAbsenceInput!) { recordAbsence(input: $input) {
    absence { agent { name } standIn { name } hasBegun canCallOff } errors { code } } }"""
ABSENCES = "{ agentAbsences { agent { name } standIn { name } canCallOff } afterSaleAgents { name } }"


def seen(api, case):
    return api(CASE, id=str(case.id))["afterSaleCase"]


@pytest.mark.django_db
def test_the_buyer_reads_the_promise_and_then_that_the_money_went_ahead(deliver_outbox):
    agent, order = make_agent(), valued_order()
    case, api = ask(order), Api(order.buyer)

    with frozen(ASKED):
        approve(case, agent)
        offered = seen(api, case)
    actions.send_back(
        case_id=case.id, buyer_id=order.buyer_id, carrier="Deer Express", tracking="DE5550001111", carrier_code="deer",
        now=ASKED + DAY,
    )  # fmt: skip
    scan()
    deliver_outbox()
    with frozen(ASKED + 2 * DAY):
        paid = seen(api, case)

    assert (offered["advance"]["state"], offered["canCancel"]) == (None, True)
    assert (paid["advance"]["state"], paid["canCancel"]) == ("PAID", False)
    assert offered["advance"]["amount"] == paid["advance"]["amount"]


@pytest.mark.django_db
def test_only_the_desk_settles_and_says_why(deliver_outbox):
    agent, order = make_agent(), valued_order()
    case = on_its_way(ask(order), agent)
    scan()
    deliver_outbox()
    given = {"caseId": str(case.id), "outcome": "NOT_ARRIVED", "note": "The carrier lost the parcel."}

    with frozen(ASKED + 12 * DAY):
        assert seen(Api(agent), case)["advance"]["isOverdue"]
        assert Api(order.buyer).payload(SETTLE, input=given)["errors"] == [{"code": "NOT_ALLOWED"}]
        assert Api(agent).payload(SETTLE, input={**given, "note": "x"})["errors"] == [{"code": "REASONS_NEEDED"}]
        assert Advance.objects.get().state == "PAID"
        settled = Api(agent).payload(SETTLE, input=given)

    assert settled["errors"] == []
    assert (settled["case"]["state"], settled["case"]["advance"]["state"]) == ("CLOSED", "NOT_ARRIVED")
    assert "款项仍归你" in settled["case"]["closeLabel"]


@pytest.mark.django_db
def test_the_buyer_sees_who_stands_in_and_the_case_is_theirs_meanwhile():
    sue = make_agent("Sue")
    case = ask(valued_order())
    tom = make_agent("Tom")
    days = {"startsAt": ASKED.isoformat(), "endsAt": (ASKED + 2 * DAY).isoformat()}
    wanted = {"agentId": str(sue.id), "standInId": str(tom.id), **days}

    with frozen(ASKED):
        assert Api(tom).payload(RECORD, input=wanted)["errors"] == [{"code": "NOT_ALLOWED"}]
        assert Api(make_buyer("Mallory")).payload(RECORD, input=wanted)["errors"] == [{"code": "NOT_ALLOWED"}]
        assert not AgentAbsence.objects.exists()
        recorded = Api(sue).payload(RECORD, input=wanted)["absence"]
        buyer, stand_in, away = seen(Api(case.buyer), case), seen(Api(tom), case), seen(Api(sue), case)
        listed = Api(tom)(ABSENCES)
    with frozen(ASKED + 2 * DAY):
        after = seen(Api(case.buyer), case)

    assert recorded == {"agent": {"name": "Sue"}, "standIn": {"name": "Tom"}, "hasBegun": True, "canCallOff": True}
    assert (buyer["answeredBy"]["person"], buyer["answeredBy"]["standsInFor"]) == ({"name": "Tom"}, {"name": "Sue"})
    assert buyer["desk"] is None
    assert (stand_in["desk"]["isMine"], away["desk"]["isMine"]) == (True, False)
    assert listed["agentAbsences"] == [{"agent": {"name": "Sue"}, "standIn": {"name": "Tom"}, "canCallOff": False}]
    assert after["answeredBy"] == {"person": {"name": "Sue"}, "standsInFor": None, "until": None}
