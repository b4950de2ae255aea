"""Asking a person: promised times, whose turn it is, answers, suggestions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput, KeyReused, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.messaging.models import Notification
from backend.support import actions, errors
from backend.support.models import Severity, Ticket, TicketMessage, TicketState
from backend.support.privacy import SupportPrivacy
from backend.support.rules import MOST_OPEN, severity_of
from backend.support.selectors.tickets import desk_tickets
from tests.factories.accounts import make_person
from tests.factories.orders import make_buyer
from tests.factories.payments import make_paid_order
from tests.factories.promotions import this_moment

HOUR = timedelta(hours=1)


def ask(person, *, kind="QUESTION", nature="OTHER", words="这个怎么用呢", order_id=None, key=None, now=None):
    return actions.open_ticket(
        person_id=person.id, kind=kind, nature=nature, words=words, order_id=order_id,
        idempotency_key=key or new_id(), now=now or this_moment(),
    )  # fmt: skip


def reply(ticket, agent, *, closes=False, now=None):
    return actions.answer_ticket(
        ticket_id=ticket.id, agent_id=agent.id, words="已经核对，今天就补发。", closes=closes, now=now or this_moment()
    )


@pytest.mark.parametrize(
    ("kind", "nature", "severity", "within"),
    [
        ("QUESTION", "PRODUCT", Severity.NORMAL, 24 * HOUR),
        ("COMPLAINT", "SERVICE", Severity.SERIOUS, 4 * HOUR),
        ("COMPLAINT", "SAFETY", Severity.URGENT, HOUR / 2),
        ("QUESTION", "PAYMENT", Severity.URGENT, HOUR / 2),
        ("SUGGESTION", "PRIVACY", Severity.NORMAL, 24 * HOUR),
    ],
)
def test_what_it_is_about_decides_when_it_is_answered(db, kind, nature, severity, within):
    now = this_moment()

    ticket = ask(make_buyer("Bob", now=now), kind=kind, nature=nature, now=now)

    assert (ticket.severity, ticket.due_at) == (severity, now + within)
    assert severity_of(kind=kind, nature=nature) == severity


def test_the_same_key_asks_once_and_another_question_under_it_is_refused(db):
    bob, key = make_buyer("Bob", now=this_moment()), new_id()
    first = ask(bob, key=key)

    assert ask(bob, key=key) == first
    with pytest.raises(KeyReused):
        ask(bob, key=key, words="另外一个问题")
    assert Ticket.objects.count() == 1


def test_nobody_asks_about_a_strangers_order_or_without_words(db):
    now = this_moment()
    order = make_paid_order(buyer=make_buyer("Bob", now=now), now=now).order
    mallory = make_buyer("Mallory", now=now)

    with pytest.raises(NotFound):
        ask(mallory, order_id=order.id)
    with pytest.raises(InvalidInput):
        ask(mallory, words="   ")

    assert not Ticket.objects.exists()


def test_who_has_many_open_questions_adds_to_one_of_them(db):
    bob = make_buyer("Bob", now=this_moment())
    for _ in range(MOST_OPEN):
        ask(bob)
    before = OutboxEvent.objects.count()

    with pytest.raises(errors.TooManyTickets) as refused:
        ask(bob)

    assert refused.value.most == MOST_OPEN
    assert (Ticket.objects.count(), OutboxEvent.objects.count()) == (MOST_OPEN, before)


def test_an_answer_is_told_and_a_further_word_waits_with_a_new_promise(db, deliver_outbox):
    now = this_moment()
    bob, agent = make_buyer("Bob", now=now), make_person("Support", roles=("support",))
    ticket = ask(bob, kind="COMPLAINT", now=now)

    answered = reply(ticket, agent, now=now + HOUR)
    deliver_outbox()
    again = actions.write_to_ticket(ticket_id=ticket.id, person_id=bob.id, words="还没有收到", now=now + 9 * HOUR)

    assert (answered.state, answered.answered_at) == (TicketState.ANSWERED, now + HOUR)
    assert Notification.objects.get(user=bob, kind="support_answered").url == f"/help/tickets/{ticket.id}"
    assert (again.state, again.due_at) == (TicketState.OPEN, now + 13 * HOUR)


def test_the_desk_sees_what_is_promised_first_on_top(db):
    now = this_moment()
    bob = make_buyer("Bob", now=now)
    normal = ask(bob, now=now)
    serious = ask(bob, kind="COMPLAINT", now=now + HOUR)
    urgent = ask(bob, nature="SAFETY", now=now + 2 * HOUR)

    page = desk_tickets(view="open", first=10, after=None, now=now)

    assert [each.id for each in page.nodes] == [urgent.id, serious.id, normal.id]


def test_nothing_is_said_in_a_closed_ticket(db):
    now = this_moment()
    bob, agent = make_buyer("Bob", now=now), make_person("Support", roles=("support",))
    ticket = ask(bob)
    actions.close_ticket(ticket_id=ticket.id, person_id=bob.id, now=now)

    with pytest.raises(errors.TicketClosed):
        reply(ticket, agent)
    with pytest.raises(errors.TicketClosed):
        actions.write_to_ticket(ticket_id=ticket.id, person_id=bob.id, words="还有一点", now=now)

    assert TicketMessage.objects.filter(ticket=ticket).count() == 1


def test_staff_do_not_answer_themselves(db):
    agent = make_person("Support", roles=("support",))
    ticket = ask(agent, kind="SUGGESTION")

    with pytest.raises(errors.OwnTicket):
        reply(ticket, agent)
    with pytest.raises(errors.OwnTicket):
        actions.adopt_suggestion(ticket_id=ticket.id, agent_id=agent.id, now=this_moment())

    assert Ticket.objects.get().adopted_at is None


def test_a_suggestion_is_adopted_and_thanked_for_once(db, deliver_outbox):
    bob, agent = make_buyer("Bob", now=this_moment()), make_person("Support", roles=("support",))
    ticket = ask(bob, kind="SUGGESTION")

    for _ in range(2):
        actions.adopt_suggestion(ticket_id=ticket.id, agent_id=agent.id, now=this_moment())
    deliver_outbox()

    assert Notification.objects.filter(user=bob, kind="support_adopted").count() == 1
    assert OutboxEvent.objects.filter(name__endswith="SuggestionAdopted").count() == 1


def test_only_a_suggestion_is_adopted_also_by_the_database(db):
    bob, agent = make_buyer("Bob", now=this_moment()), make_person("Support", roles=("support",))
    ticket = ask(bob)

    with pytest.raises(errors.NotASuggestion):
        actions.adopt_suggestion(ticket_id=ticket.id, agent_id=agent.id, now=this_moment())
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(adopted_at=this_moment())


def test_words_are_handed_out_and_taken_out_on_request(db):
    bob = make_buyer("Bob", now=this_moment())
    ask(bob, words="我的电话变了")

    exported = SupportPrivacy().export(user_id=bob.id)
    SupportPrivacy().erase(user_id=bob.id, now=this_moment())

    assert [each["words"] for each in exported["messages"]] == ["我的电话变了"]
    assert not TicketMessage.objects.filter(words__contains="电话").exists()
