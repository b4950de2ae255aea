"""Questions go by themselves to the least busy of those on duty, and people say how it was."""

from datetime import timedelta
from importlib import import_module

import pytest

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.support import actions, errors
from backend.support.events import SuggestionAdopted
from backend.support.models import Ticket
from backend.support.selectors.tickets import desk_figures, desk_tickets
from membership.handlers import thank_for_suggestion
from membership.models import PointLot
from tests.factories.aftersales import make_agent
from tests.factories.orders import LATER, make_buyer
from tests.support.races import all_at_once

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ask(person=None, *, now=LATER, kind="QUESTION"):
    return actions.open_ticket(
        person_id=(person or make_buyer("Bob")).id, kind=kind, nature="OTHER", words="这个怎么用呢", order_id=None,
        idempotency_key=new_id(), now=now,
    )  # fmt: skip


def on_duty(*names, now=LATER):
    agents = [make_agent(name) for name in names]
    for agent in agents:
        actions.go_on_duty(agent_id=agent.id, now=now)
    return agents


def test_questions_go_to_whoever_has_the_fewest():
    sue, tom = on_duty("Sue", "Tom")

    given = [ask().agent_id for _ in range(4)]

    assert sorted(given) == sorted([sue.id, tom.id] * 2)
    assert desk_tickets(view="mine", agent_id=sue.id, first=10, after=None, now=LATER).nodes


def test_nobody_gets_the_own_question_and_nobody_off_duty_gets_any():
    (sue,) = on_duty("Sue")
    actions.go_on_duty(agent_id=make_buyer("Carol").id, now=LATER)

    own = ask(sue)
    actions.go_off_duty(agent_id=sue.id, now=LATER + HOUR)
    later = ask(now=LATER + 2 * HOUR)

    assert (own.agent_id, later.agent_id) == (None, None)


def test_duty_ends_by_itself():
    on_duty("Sue")

    assert ask(now=LATER + 8 * HOUR).agent_id is None


def test_what_waited_is_handed_out_when_somebody_comes():
    waiting = [ask() for _ in range(3)]

    (sue,) = on_duty("Sue", now=LATER + HOUR)

    assert set(Ticket.objects.values_list("agent_id", flat=True)) == {sue.id}
    figures = desk_figures(agent_id=sue.id, now=LATER + HOUR)
    assert (figures["mine"], figures["on_duty_count"]) == (len(waiting), 1)
    assert figures["on_duty_until"] == LATER + 9 * HOUR


@pytest.mark.django_db(transaction=True)
def test_questions_at_once_are_shared_evenly():
    agents = on_duty("Sue", "Tom", "Uma")
    people = [make_buyer("Bob") for _ in range(6)]

    all_at_once(6, lambda number: ask(people[number]))

    shares = [Ticket.objects.filter(agent=agent).count() for agent in agents]
    assert shares == [2, 2, 2]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_name_held_one_agent_gets_them_all(monkeypatch):
    agents = on_duty("Sue", "Tom", "Uma")
    people = [make_buyer("Bob") for _ in range(6)]
    monkeypatch.setattr(import_module("backend.support.actions.ask_a_person"), "hold_dispatch", lambda: None)

    all_at_once(6, lambda number: ask(people[number]))

    shares = [Ticket.objects.filter(agent=agent).count() for agent in agents]
    assert shares != [2, 2, 2]


def test_people_say_how_it_was_once_there_is_an_answer():
    sue, bob, mallory = make_agent("Sue"), make_buyer("Bob"), make_buyer("Mallory")
    ticket = ask(bob)

    def rate(rating=4, person=bob):
        return actions.rate_ticket(ticket_id=ticket.id, person_id=person.id, rating=rating)

    with pytest.raises(errors.NotAnsweredYet):
        rate()
    actions.answer_ticket(ticket_id=ticket.id, agent_id=sue.id, words="长按就可以了。", closes=False, now=LATER)
    with pytest.raises(InvalidInput):
        rate(6)
    with pytest.raises(NotFound):
        rate(person=mallory)
    assert rate().rating == rate().rating == 4
    with pytest.raises(errors.RatedAlready):
        rate(5)

    ticket.refresh_from_db()
    assert ticket.rating == 4


def test_an_adopted_suggestion_earns_points_once():
    bob, sue = make_buyer("Bob"), make_agent("Sue")
    ticket = ask(bob, kind="SUGGESTION")
    actions.adopt_suggestion(ticket_id=ticket.id, agent_id=sue.id, now=LATER)

    for _ in range(2):
        thank_for_suggestion(SuggestionAdopted(ticket_id=ticket.id, person_id=bob.id, at=LATER))

    lot = PointLot.objects.get(cause="suggestion")
    assert (lot.user_id, lot.earned, lot.source_id) == (bob.id, 200, ticket.id)
