"""Improvement cases: opened by people and by figures, once per subject, measured daily, closed by a person."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from backend.core.clock import business_day
from backend.core.errors import InvalidInput, KeyReused
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.messaging.models import Notification
from backend.quality import actions, errors
from backend.quality.events import ImprovementGiven
from backend.quality.handlers import tell_owner
from backend.quality.models import ImprovementCase, ImprovementMeasure, ImprovementNote, Sign
from backend.quality.rules import alerts
from backend.quality.selectors import improvements, signs
from backend.surveys.rules.figures import Share
from tests.factories.aftersales import make_agent
from tests.factories.orders import LATER, make_buyer
from tests.support.races import all_at_once
from tests.surveys.given import make_delivery

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DUE = business_day(LATER) + 7 * DAY


def figure(*, subject="p1", value=1800, asks=True, sign=Sign.RETURN_RATE):
    return alerts.Figure(sign=sign, subject=subject, names={"zh-Hans": "多肉"}, value=value, limit=1500, asks=asks)


def measured(monkeypatch, *figures, at=LATER):
    monkeypatch.setattr(import_module("backend.quality.actions.take_measure"), "figures_today", lambda now: figures)
    return actions.take_measure(now=at)


def open_by(person, *, title="包装盒容易压坏", key=None, **changes):
    facts = {"team": "QUALITY", "words": "一周三次", "due": None, **changes}
    return actions.open_improvement(
        title=title, opener_id=person.id, idempotency_key=key or new_id(), now=LATER, **facts
    )


def test_somebody_opens_a_case_and_a_repeat_is_the_first():
    sue, key = make_agent("Sue"), new_id()

    case = open_by(sue, key=key)

    assert open_by(sue, key=key) == case
    with pytest.raises(KeyReused):
        open_by(sue, key=key, title="另一件事")
    assert (case.team, case.due_on, case.state) == ("QUALITY", business_day(LATER) + 14 * DAY, "OPEN")
    assert ImprovementNote.objects.get().words == "一周三次"
    assert OutboxEvent.objects.filter(name__endswith="ImprovementOpened").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"team": "NOBODY"}, {"due": business_day(LATER) - DAY}, {"words": "x" * 1001}]
)
def test_a_case_says_what_to_whom_and_by_when(wrong):
    with pytest.raises(InvalidInput):
        open_by(make_agent("Sue"), **wrong)

    assert not ImprovementCase.objects.exists()


def test_a_figure_past_its_limit_opens_one_case_and_is_measured_each_day(monkeypatch):
    first = measured(monkeypatch, figure(value=1800))
    second = measured(monkeypatch, figure(value=1700), at=LATER + DAY)
    measured(monkeypatch, figure(value=900, asks=False), at=LATER + 2 * DAY)

    case = ImprovementCase.objects.get()
    assert (len(first), second) == (1, [])
    assert (case.value_before, case.value_now, case.limit, case.state) == (1800, 900, 1500, "OPEN")
    assert list(ImprovementMeasure.objects.order_by("day").values_list("value", flat=True)) == [1800, 1700, 900]
    assert case.team == "QUALITY"


def test_a_second_measure_of_a_day_takes_the_place_of_the_first(monkeypatch):
    measured(monkeypatch, figure(value=1800))
    measured(monkeypatch, figure(value=1600), at=LATER + timedelta(hours=1))

    assert ImprovementMeasure.objects.get().value == 1600


def test_after_a_person_closed_it_the_figure_may_open_another_one(monkeypatch):
    sue = make_agent("Sue")
    case = measured(monkeypatch, figure())[0]
    actions.close_improvement(case_id=case.id, closer_id=sue.id, changed="换了更厚的盒子", now=LATER + DAY)

    again = measured(monkeypatch, figure(), at=LATER + 2 * DAY)

    case.refresh_from_db()
    assert (case.state, case.changed, case.closed_by_id) == ("CLOSED", "换了更厚的盒子", sue.id)
    assert len(again) == 1
    assert again[0].pk != case.pk


def test_a_case_is_given_to_staff_and_the_owner_hears_of_it():
    sue, bob = make_agent("Sue"), make_buyer("Bob")
    case = open_by(sue)

    with pytest.raises(InvalidInput):
        actions.give_improvement(case_id=case.id, owner_id=bob.id, team="SERVICE", due=DUE, now=LATER)
    given = actions.give_improvement(case_id=case.id, owner_id=sue.id, team="SERVICE", due=DUE, now=LATER)
    event = ImprovementGiven(case_id=case.id, number=case.number, owner_id=sue.id, due_on=DUE, at=LATER)
    for _ in range(2):
        tell_owner(event)

    assert (given.owner_id, given.team, given.due_on) == (sue.id, "SERVICE", DUE)
    assert Notification.objects.filter(user_id=sue.id, kind="improvement_given").count() == 1


def test_nothing_happens_in_a_closed_case():
    sue = make_agent("Sue")
    case = open_by(sue)
    with pytest.raises(InvalidInput):
        actions.close_improvement(case_id=case.id, closer_id=sue.id, changed="好", now=LATER)
    actions.close_improvement(case_id=case.id, closer_id=sue.id, changed="换了更厚的盒子", now=LATER)

    for act in (
        lambda: actions.note_improvement(case_id=case.id, author_id=sue.id, words="再试一次", now=LATER),
        lambda: actions.close_improvement(case_id=case.id, closer_id=sue.id, changed="再关一次吧", now=LATER),
        lambda: actions.give_improvement(case_id=case.id, owner_id=sue.id, team="SERVICE", due=DUE, now=LATER),
    ):
        with pytest.raises(errors.ImprovementIsClosed):
            act()

    assert ImprovementNote.objects.count() == 1


def test_the_database_lets_nobody_close_without_saying_what_changed(monkeypatch):
    case = measured(monkeypatch, figure())[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        ImprovementCase.objects.filter(pk=case.pk).update(state="CLOSED", closed_at=LATER)

    assert improvements.open_cases().count() == 1


@pytest.mark.parametrize(
    ("now", "before", "falls"),
    [
        (Share(part=60, count=100), Share(part=90, count=100), True),
        (Share(part=88, count=100), Share(part=90, count=100), False),
        (Share(part=5, count=9), Share(part=90, count=100), False),
    ],
)
def test_a_carrier_falls_by_more_than_chance_and_by_enough(now, before, falls):
    assert alerts.falls(now=now, before=before) is falls


def test_few_pieces_and_few_cases_ask_for_nobody():
    assert alerts.returns_ask(sold=20, rate_bps=1500, limit_bps=1500)
    assert not alerts.returns_ask(sold=19, rate_bps=9000, limit_bps=1500)
    assert alerts.handling_asks(cases=10, minutes=72 * 60 + 1)
    assert not alerts.handling_asks(cases=9, minutes=10_000)


def test_a_carrier_that_came_late_more_often_opens_a_case_for_logistics():
    for _ in range(10):
        make_delivery(days=1)
        make_delivery(days=9, now=LATER + 32 * DAY)

    opened = actions.take_measure(now=LATER + 45 * DAY)

    assert [(case.sign, case.subject, case.team) for case in opened] == [("CARRIER_ON_TIME", "deer", "LOGISTICS")]
    assert (opened[0].value_before, opened[0].limit) == (0, 9500)
    assert set(opened[0].subject_names) == {"zh-Hans", "zh-Hant", "en"}
    assert signs.figures_today(now=LATER + 45 * DAY)[-1].value == 0


@pytest.mark.django_db(transaction=True)
def test_many_measures_at_once_open_one_case(monkeypatch):
    measure = import_module("backend.quality.actions.take_measure")
    monkeypatch.setattr(measure, "figures_today", lambda now: [figure()])

    all_at_once(6, lambda number: actions.take_measure(now=LATER))

    assert ImprovementCase.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_name_and_constraint_many_measures_open_many(monkeypatch):
    measure = import_module("backend.quality.actions.take_measure")
    monkeypatch.setattr(measure, "figures_today", lambda now: [figure(subject=str(new_id()))])
    monkeypatch.setattr(measure, "advisory_lock", lambda *name: None)

    all_at_once(6, lambda number: actions.take_measure(now=LATER))

    assert ImprovementCase.objects.count() > 1
