"""Service looked at from two sides: drawn by lot, blind, compared, written about."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.clock import business_day
from backend.core.errors import InvalidInput, NotFound
from backend.messaging.models import Notification
from backend.quality import actions, errors
from backend.quality.events import ServiceNoteWritten
from backend.quality.handlers import tell_agent
from backend.quality.models import ServiceNote, ServiceReview, ServiceSample
from backend.quality.rules.service import SAMPLES_PER_MONTH, agreement
from backend.quality.selectors import service
from backend.support.actions import rate_ticket
from tests.factories.aftersales import make_agent
from tests.factories.orders import LATER
from tests.quality.given import FAIR, GOOD, look, make_answered, make_sample, next_month
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_some_of_each_agents_work_is_drawn_and_never_twice():
    sue, tom = make_agent("Sue"), make_agent("Tom")
    for _ in range(SAMPLES_PER_MONTH + 2):
        make_answered(sue)
    make_answered(tom)

    first = actions.draw_samples(now=next_month())
    again = actions.draw_samples(now=next_month() + timedelta(days=1))

    assert sorted(sample.agent_id for sample in first) == sorted([sue.id] * SAMPLES_PER_MONTH + [tom.id])
    assert again == []
    assert {sample.month for sample in first} == {business_day(LATER).replace(day=1)}


def test_what_is_not_finished_or_of_this_month_is_not_drawn():
    make_answered(make_agent("Sue"))

    assert actions.draw_samples(now=LATER + timedelta(hours=2)) == []
    assert not ServiceSample.objects.exists()


def test_nobody_sees_the_other_side_or_the_buyers_stars_before_the_own_look():
    sue, lead = make_agent("Sue"), make_agent("Lea", "senior_moderator")
    sample = make_sample(sue)
    assert sample.ticket is not None
    rate_ticket(ticket_id=sample.ticket_id, person_id=sample.ticket.person_id, rating=4)
    look(sample, sue, marks=FAIR)

    before = service.samples_for(viewer_id=lead.id, sees_all=True)[0]
    look(sample, lead, marks=GOOD)
    after = service.samples_for(viewer_id=lead.id, sees_all=True)[0]
    own = service.samples_for(viewer_id=sue.id, sees_all=False)[0]

    assert (before.mine, before.other, before.rating) == (None, None, None)
    assert (after.mine.response, after.other.response, after.rating) == (5, 3, 4)
    assert (own.mine.response, own.other.response, own.is_own) == (3, 5, True)


def test_a_stranger_sees_no_sample_and_a_colleague_looks_at_none():
    sue, tom = make_agent("Sue"), make_agent("Tom")
    sample = make_sample(sue)

    assert service.samples_for(viewer_id=tom.id, sees_all=False) == []
    assert service.visible_sample(sample_id=sample.id, viewer_id=tom.id, sees_all=False) is None
    with pytest.raises(errors.NotYourSample):
        look(sample, tom, is_lead=False)
    assert not ServiceReview.objects.exists()


def test_each_side_looks_once_with_marks_for_every_point():
    sue = make_agent("Sue")
    sample = make_sample(sue)

    for wrong in ({"response": 5}, {**GOOD, "policy": 6}):
        with pytest.raises(InvalidInput):
            look(sample, sue, marks=wrong)
    look(sample, sue)
    with pytest.raises(errors.ReviewedAlready):
        look(sample, sue, marks=FAIR)

    assert ServiceReview.objects.get().response == 5


def test_what_was_said_stays_as_it_was():
    sample = make_sample(make_agent("Sue"))
    review = look(sample, make_agent("Lea", "senior_moderator"))

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceReview.objects.filter(pk=review.pk).update(response=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceReview.objects.filter(pk=review.pk).delete()

    assert ServiceReview.objects.get().response == 5


def test_the_sheet_puts_buyer_agent_and_second_person_side_by_side():
    sue, lead = make_agent("Sue"), make_agent("Lea", "senior_moderator")
    sample = make_sample(sue)
    assert sample.ticket is not None
    rate_ticket(ticket_id=sample.ticket_id, person_id=sample.ticket.person_id, rating=4)
    look(sample, sue, marks=GOOD)
    look(sample, lead, marks=FAIR)

    sheet = service.sheets(month=sample.month, agents=None)[0]

    assert (sheet.rating, sheet.ratings_count) == (4.0, 1)
    assert (sheet.own_mean, sheet.lead_mean, sheet.compared_count) == (5.0, 4.4, 1)
    assert (sheet.agreeing_count, sheet.marks_count) == (4, 5)
    assert service.sheets(month=sample.month, agents={lead.id}) == []


def test_marks_agree_when_they_are_no_more_than_one_apart():
    assert agreement([(GOOD, FAIR)]) == (4, 5)
    assert agreement([]) == (0, 0)


def test_praise_and_practice_follow_the_own_look_and_the_agent_hears_of_them():
    sue, lead = make_agent("Sue"), make_agent("Lea", "senior_moderator")
    sample = make_sample(sue)
    day = business_day(next_month()) + timedelta(days=7)

    def write(kind="COACHING", due=day, words="先问清楚是哪一单", writer=lead):
        return actions.write_to_agent(
            sample_id=sample.id, writer_id=writer.id, kind=kind, words=words, due=due, now=next_month()
        )

    with pytest.raises(errors.ReviewFirst):
        write()
    with pytest.raises(errors.NotYourSample):
        write(writer=sue)
    look(sample, lead)
    for wrong in ({"due": None}, {"kind": "PRAISE"}, {"words": " "}, {"due": business_day(LATER)}):
        with pytest.raises(InvalidInput):
            write(**wrong)
    note = write()
    event = ServiceNoteWritten(
        sample_id=sample.id, note_id=note.id, agent_id=sue.id, kind=note.kind, words=note.words, at=next_month()
    )
    for _ in range(2):
        tell_agent(event)

    assert ServiceNote.objects.get().due_on == day
    assert Notification.objects.filter(user_id=sue.id, kind="service_noted").count() == 1


def test_only_the_agent_says_that_something_was_practised():
    sue, lead = make_agent("Sue"), make_agent("Lea", "senior_moderator")
    sample = make_sample(sue)
    look(sample, lead)
    day = business_day(next_month()) + timedelta(days=7)
    note = actions.write_to_agent(
        sample_id=sample.id, writer_id=lead.id, kind="COACHING", words="先问清楚", due=day, now=next_month()
    )

    with pytest.raises(NotFound):
        actions.finish_practice(note_id=note.id, agent_id=lead.id, now=next_month())
    done = actions.finish_practice(note_id=note.id, agent_id=sue.id, now=next_month())
    again = actions.finish_practice(note_id=note.id, agent_id=sue.id, now=next_month() + timedelta(days=1))

    assert done.done_at == again.done_at == next_month()


def test_the_public_figures_count_what_is_there():
    sue = make_agent("Sue")
    ticket = make_answered(sue)
    make_answered(sue, closes=False)
    rate_ticket(ticket_id=ticket.id, person_id=ticket.person_id, rating=5)

    found = service.service_figures(now=LATER + timedelta(days=8))
    empty = service.service_figures(now=LATER + timedelta(days=200))

    assert (found["asked_count"], found["first_answer_minutes"]) == (2, 30)
    assert (found["settled_count"], found["solved_count"]) == (2, 1)
    assert (found["rating"], found["ratings_count"], found["at"]) == (5.0, 1, LATER + timedelta(days=8))
    assert (empty["asked_count"], empty["rating"], empty["first_answer_minutes"]) == (0, None, None)


def test_two_samples_cost_as_much_as_many():
    sue = make_agent("Sue")
    make_sample(sue)
    few = queries_of(lambda: service.samples_for(viewer_id=sue.id, sees_all=False))
    for _ in range(SAMPLES_PER_MONTH):
        make_answered(sue)
    actions.draw_samples(now=next_month())

    assert queries_of(lambda: service.samples_for(viewer_id=sue.id, sees_all=False)) == few
