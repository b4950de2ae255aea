"""An agent is away for some days: somebody else answers for their buyers, and only then."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from backend.accounts.actions import withdraw_role
from backend.aftersales import actions, errors
from backend.aftersales.actions import away as recording
from backend.aftersales.models import AgentAbsence
from backend.aftersales.rules.standing_in import answering, leads_back
from backend.aftersales.selectors.away import answered_by, coming_absences, who_answers
from backend.aftersales.selectors.desk import queue_page
from backend.core.errors import InvalidInput, NotAllowed, NotFound
from backend.core.ids import new_id
from tests.aftersales.test_care import valued_order
from tests.factories.aftersales import ASKED, ask, make_agent, make_order_of
from tests.factories.orders import make_buyer
from tests.support.races import all_at_once

DAY = timedelta(days=1)


def away(agent, stand_in, *, start=0, days=3, by=None, is_lead=False, now=ASKED):
    return actions.record_absence(
        agent_id=agent.id, stand_in_id=stand_in.id, starts_at=ASKED + start * DAY,
        ends_at=ASKED + (start + days) * DAY, recorder_id=(by or agent).id, is_lead=is_lead, now=now,
    )  # fmt: skip


def mine(agent, now):
    page = queue_page(view="mine", kind=None, words=None, agent_id=agent.id, first=20, after=None, now=now)
    return [case.pk for case in page.nodes]


@pytest.mark.django_db
def test_the_cases_of_an_agents_buyers_are_the_stand_ins_in_that_time_and_only_then():
    sue = make_agent("Sue")
    before = ask(valued_order())
    tom = make_agent("Tom")
    away(sue, tom, start=1, days=2)
    assert (mine(sue, ASKED), mine(tom, ASKED)) == ([before.pk], [])

    during = ask(before.order, now=ASKED + DAY)

    assert (mine(sue, ASKED + DAY), mine(tom, ASKED + DAY)) == ([], [before.pk, during.pk])
    assert (mine(sue, ASKED + 3 * DAY), mine(tom, ASKED + 3 * DAY)) == ([before.pk, during.pk], [])
    assert during.agent_id == sue.id
    now = who_answers([sue.id], now=ASKED + DAY)[sue.id]
    assert (now.person_id, now.stands_in_for, now.until) == (tom.id, sue.id, ASKED + 3 * DAY)
    assert who_answers([sue.id], now=ASKED + 3 * DAY)[sue.id].stands_in_for is None


@pytest.mark.django_db
def test_somebody_who_is_away_gets_nobody_new():
    sue, tom = make_agent("Sue"), make_agent("Tom")
    ask(make_order_of())
    away(sue, tom)

    cases = [ask(make_order_of()), ask(make_order_of()), ask(valued_order())]

    assert {case.agent_id for case in cases} == {tom.id}


@pytest.mark.django_db
def test_a_stand_in_who_is_away_too_has_a_stand_in_and_a_circle_is_refused():
    sue, tom, uma = make_agent("Sue"), make_agent("Tom"), make_agent("Uma")
    away(sue, tom)
    away(tom, uma)

    with pytest.raises(errors.StandInCircle):
        away(uma, sue, start=1)
    away(uma, sue, start=3)

    assert answered_by(uma.id, now=ASKED) == {sue.id, tom.id, uma.id}
    assert (answered_by(tom.id, now=ASKED), AgentAbsence.objects.count()) == (set(), 3)


@pytest.mark.django_db
def test_two_absences_of_one_agent_do_not_overlap_whoever_writes_them():
    sue, tom = make_agent("Sue"), make_agent("Tom")
    first = away(sue, tom)

    with pytest.raises(errors.AbsenceOverlaps):
        away(sue, tom, start=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgentAbsence.objects.create(
            agent=sue, stand_in=tom, period=DateTimeTZRange(ASKED, ASKED + DAY), recorded_by=sue, recorded_at=ASKED
        )
    actions.call_off_absence(absence_id=first.pk, actor_id=sue.id, is_lead=False, now=ASKED + DAY)

    assert away(sue, tom, start=1, now=ASKED + DAY).pk != first.pk


@pytest.mark.django_db
def test_agents_speak_for_themselves_and_a_lead_for_everybody():
    sue, tom, lead = make_agent("Sue"), make_agent("Tom"), make_agent("Ada", "admin")
    with pytest.raises(NotAllowed):
        away(sue, tom, by=tom)
    with pytest.raises(NotFound):
        away(sue, make_buyer("Mallory"))
    for wrong in ({"stand_in": sue}, {"stand_in": tom, "days": 61}, {"stand_in": tom, "start": -9}):
        with pytest.raises(InvalidInput):
            away(sue, **wrong)
    assert not AgentAbsence.objects.exists()

    absence = away(sue, tom, by=lead, is_lead=True)

    with pytest.raises(NotFound):
        actions.call_off_absence(absence_id=absence.pk, actor_id=tom.id, is_lead=False, now=ASKED)
    actions.call_off_absence(absence_id=absence.pk, actor_id=lead.id, is_lead=True, now=ASKED)
    with pytest.raises(errors.AbsenceOver):
        actions.call_off_absence(absence_id=absence.pk, actor_id=sue.id, is_lead=False, now=ASKED)
    assert coming_absences(now=ASKED) == []
    assert answered_by(sue.id, now=ASKED) == {sue.id}


@pytest.mark.django_db
def test_a_stand_in_who_left_the_desk_answers_for_nobody():
    sue, tom = make_agent("Sue"), make_agent("Tom")
    away(sue, tom)

    withdraw_role(user_id=tom.id, role="support", now=ASKED)

    assert who_answers([sue.id], now=ASKED)[sue.id].person_id == sue.id


def test_two_who_stand_in_for_one_another_at_once_close_no_circle(fresh_database):
    sue, tom = make_agent("Sue"), make_agent("Tom")

    outcome = all_at_once(2, lambda number: away(*((sue, tom) if number else (tom, sue))))

    assert [type(raised) for raised in outcome.raised] == [errors.StandInCircle]
    assert AgentAbsence.objects.count() == 1


def test_control_without_the_name_of_the_desk_they_close_it(fresh_database, monkeypatch):
    sue, tom, both = make_agent("Sue"), make_agent("Tom"), Barrier(2)
    look = recording.stand_ins_between

    def together(start, end):
        found = look(start, end)
        both.wait(timeout=20)
        return found

    monkeypatch.setattr(recording, "advisory_lock", lambda *_names: None)
    monkeypatch.setattr(recording, "stand_ins_between", together)

    all_at_once(2, lambda number: away(*((sue, tom) if number else (tom, sue))))

    assert AgentAbsence.objects.count() == 2


def test_the_way_of_stand_ins_ends_where_somebody_is_there():
    sue, tom, uma = new_id(), new_id(), new_id()

    assert answering(sue, {sue: tom, tom: uma}) == uma
    assert answering(sue, {sue: tom, tom: sue}) == sue
    assert leads_back(sue, tom, {tom: {uma}, uma: {sue}}) == uma
    assert leads_back(sue, tom, {tom: {uma}}) is None
