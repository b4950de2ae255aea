"""Care plans: an agent of one's own, shorter promises, and return flows that only a person sets."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.accounts.actions import withdraw_role
from backend.aftersales import actions, errors
from backend.aftersales.models import AfterSaleCase, CaseState, DedicatedAgent, OwnFlow
from backend.aftersales.selectors.care import care_of
from backend.core.errors import InvalidInput, NotFound
from backend.messaging.models import Notification
from membership.models import Member, Tier
from tests.factories.aftersales import ASKED, ask, make_agent, make_order_of
from tests.factories.orders import make_buyer

DAY = timedelta(days=1)
WHY = "Three of the last five parcels came back without the goods."


def make_valued(buyer):
    """Lift a person to the highest level."""
    top = Tier.objects.order_by("-position")[0]
    Member.objects.update_or_create(user=buyer, defaults={"tier": top, "since": ASKED})


def valued_order():
    buyer = make_buyer()
    make_valued(buyer)
    return make_order_of(3, buyer=buyer)


def set_flow(case, agent, *, days=30, now=ASKED):
    return actions.set_own_flow(case_id=case.id, agent_id=agent.id, reason=WHY, ends_at=now + days * DAY, now=now)


def test_a_valued_buyer_keeps_one_agent_and_is_promised_a_sooner_answer(db):
    agents = [make_agent("Sue"), make_agent("Tom")]
    order = valued_order()

    first, second = ask(order), ask(order)

    assert first.agent_id == second.agent_id
    assert first.agent_id in {each.id for each in agents}
    assert first.first_answer_by == ASKED + timedelta(minutes=10)
    assert care_of(order.buyer_id, now=ASKED).agent_id == first.agent_id


def test_another_agent_takes_over_when_the_own_one_has_left_the_desk(db):
    agents = {each.id: each for each in (make_agent("Sue"), make_agent("Tom"))}
    order = valued_order()
    first = ask(order)
    withdraw_role(user_id=first.agent_id, role="support", now=ASKED)

    second = ask(order)

    assert second.agent_id in agents.keys() - {first.agent_id}
    assert DedicatedAgent.objects.get().agent_id == second.agent_id


def test_others_get_the_least_busy_agent_and_the_usual_promise(db):
    make_agent()

    case = ask(make_order_of())

    assert case.first_answer_by == ASKED + timedelta(minutes=30)
    assert not DedicatedAgent.objects.exists()


def test_giving_back_often_restricts_nothing_by_itself(db, deliver_outbox):
    make_agent()
    order = make_order_of(8, price_minor=1000)
    for _ in range(7):
        ask(order)
    actions.keep_deadlines(now=ASKED + 3 * DAY)
    deliver_outbox()

    last = ask(order)

    assert not OwnFlow.objects.exists()
    assert (last.inspects_first, care_of(order.buyer_id, now=ASKED).flow) == (False, None)
    assert not AfterSaleCase.objects.filter(inspects_first=True).exists()


def test_a_flow_without_a_person_or_by_the_buyer_is_refused_by_the_database(db):
    buyer = make_buyer()
    row = {"buyer": buyer, "reason": WHY, "set_at": ASKED, "ends_at": ASKED + DAY}

    for set_by in (None, buyer):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnFlow.objects.create(**row, set_by=set_by)


def test_a_person_sets_a_flow_with_reasons_and_an_end_and_the_buyer_is_told(db, deliver_outbox):
    agent, order = make_agent(), make_order_of(3)
    case = ask(order)
    with pytest.raises(errors.ReasonsNeeded):
        actions.set_own_flow(case_id=case.id, agent_id=agent.id, reason="no", ends_at=ASKED + DAY, now=ASKED)
    with pytest.raises(InvalidInput):
        set_flow(case, agent, days=181)

    flow = set_flow(case, agent)
    with pytest.raises(errors.FlowStands):
        set_flow(case, agent)
    deliver_outbox()

    case.refresh_from_db()
    assert (case.inspects_first, ask(order).inspects_first) == (False, True)
    assert Notification.objects.filter(user_id=order.buyer_id, kind="own_flow_set").count() == 1
    assert OwnFlow.objects.get() == flow
    assert ask(order, now=ASKED + timedelta(days=3)).inspects_first
    assert care_of(order.buyer_id, now=flow.ends_at).flow is None


def test_with_a_flow_time_neither_approves_nor_pays_before_somebody_has_looked(db):
    agent, order = make_agent(), make_order_of(3, price_minor=1000)
    set_flow(ask(order), agent)
    waiting, back = ask(order), ask(order)
    actions.approve_case(
        case_id=back.id, agent_id=agent.id, version=AfterSaleCase.objects.get(pk=back.pk).version, amount_minor=None,
        remedy=None, note="", now=ASKED,
    )  # fmt: skip
    actions.send_back(case_id=back.id, buyer_id=order.buyer_id, carrier="SF", tracking="SF1", now=ASKED)

    actions.pass_deadline(case_id=waiting.id, now=ASKED + 2 * DAY)
    actions.pass_deadline(case_id=back.id, now=ASKED + 10 * DAY)

    waiting.refresh_from_db()
    back.refresh_from_db()
    assert (waiting.state, waiting.escalation) == (CaseState.APPLIED, 1)
    assert (back.state, back.escalation) == (CaseState.IN_TRANSIT, 1)
    assert actions.receive_back(case_id=back.id, agent_id=agent.id, now=ASKED + 10 * DAY).state == CaseState.INSPECTING


def test_the_buyer_objects_and_a_person_ends_the_flow(db):
    agent, order = make_agent(), make_order_of(3)
    flow = set_flow(ask(order), agent)
    bound = ask(order)
    with pytest.raises(NotFound):
        actions.object_to_flow(flow_id=flow.pk, buyer_id=make_buyer("Mallory").id, words=WHY, now=ASKED)

    actions.object_to_flow(flow_id=flow.pk, buyer_id=order.buyer_id, words="They were all complete.", now=ASKED)
    actions.end_own_flow(flow_id=flow.pk, agent_id=agent.id, now=ASKED)

    bound.refresh_from_db()
    flow.refresh_from_db()
    assert (flow.objection, flow.ended_by_id, bound.inspects_first) == ("They were all complete.", agent.id, False)
    with pytest.raises(errors.FlowOver):
        actions.end_own_flow(flow_id=flow.pk, agent_id=agent.id, now=ASKED)
