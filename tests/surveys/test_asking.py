"""Asking about a delivery: seldom, for a week, once for each order."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.fulfilment.events import DeliveredSurveyDue
from backend.messaging.models import Notification
from backend.surveys import actions, errors
from backend.surveys.events import SurveyOffered
from backend.surveys.handlers import ask_about_delivery, tell_of_survey
from backend.surveys.models import Answer, Invitation, SurveyVersion
from backend.surveys.privacy import SurveysPrivacy
from tests.factories.orders import LATER, make_buyer
from tests.support.races import all_at_once
from tests.surveys.given import BEST, FACES, answer, invite, make_delivery

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_delivery_is_asked_about_and_its_buyer_told_once():
    parcel = make_delivery()
    event = DeliveredSurveyDue(order_id=parcel.order_id, buyer_id=parcel.order.buyer_id, at=LATER)

    for _ in range(2):
        ask_about_delivery(event)
    asked = Invitation.objects.get()
    for _ in range(2):
        tell_of_survey(
            SurveyOffered(
                invitation_id=asked.id, key="delivery", person_id=asked.person_id, order_id=asked.order_id, at=LATER
            )
        )

    assert (asked.order_id, asked.closes_at) == (parcel.order_id, LATER + 7 * DAY)
    told = Notification.objects.get(kind="survey_offered")
    assert (told.user_id, told.url) == (asked.person_id, f"/surveys/{asked.id}")


def test_nobody_is_asked_again_within_fourteen_days():
    bob = make_buyer("Bob")
    first, second, third = (make_delivery(bob) for _ in range(3))
    invite(first, now=LATER)

    def ask(parcel, days):
        return actions.offer_survey(
            key="delivery", person_id=bob.id, order_id=parcel.order_id, now=LATER + timedelta(days=days)
        )

    assert ask(second, 13.9) is None
    assert ask(third, 14) is not None
    assert Invitation.objects.filter(person=bob).count() == 2


def test_what_was_answered_is_kept_with_what_is_known_of_the_parcel():
    asked = invite(make_delivery(days=2))

    given = answer(asked, words="放在了门口，谢谢", seconds=20)

    assert (given.faces, given.words, given.seconds, given.fault) == (FACES, "放在了门口，谢谢", 20, "")
    assert (given.carrier, given.province, given.facts) == ("deer", "浙江省", {"days_late": 0})
    assert OutboxEvent.objects.filter(name__endswith="SurveyAnswered").count() == 1


def test_the_same_answer_again_is_the_first_and_another_one_is_refused():
    asked = invite(make_delivery())
    first = answer(asked)

    assert answer(asked, seconds=40) == first
    with pytest.raises(errors.AnsweredAlready):
        answer(asked, faces=BEST)
    assert Answer.objects.get() == first
    assert OutboxEvent.objects.filter(name__endswith="SurveyAnswered").count() == 1


def test_the_first_look_starts_the_clock_and_a_later_one_does_not():
    asked = invite(make_delivery())
    for seconds in (0, 60):
        actions.open_survey(
            invitation_id=asked.id, person_id=asked.person_id, now=asked.invited_at + timedelta(seconds=seconds)
        )

    asked.refresh_from_db()

    assert asked.opened_at == asked.invited_at


def test_nobody_answers_late_unseen_for_a_stranger_or_half():
    asked, mallory = invite(make_delivery()), make_buyer("Mallory")

    def send(person=asked.person_id, faces=FACES, words="", now=asked.invited_at + DAY):
        return actions.answer_survey(invitation_id=asked.id, person_id=person, faces=faces, words=words, now=now)

    with pytest.raises(errors.SurveyNotOpened):
        send()
    actions.open_survey(invitation_id=asked.id, person_id=asked.person_id, now=asked.invited_at)
    with pytest.raises(NotFound):
        send(person=mallory.id)
    with pytest.raises(NotFound):
        actions.open_survey(invitation_id=new_id(), person_id=asked.person_id, now=LATER)
    for wrong in ({"speed": 5}, {**FACES, "speed": 6}, {**FACES, "more": 1}):
        with pytest.raises(InvalidInput):
            send(faces=wrong)
    with pytest.raises(InvalidInput):
        send(words="x" * 201)
    with pytest.raises(errors.SurveyClosed):
        send(now=asked.closes_at)
    with pytest.raises(errors.SurveyClosed):
        actions.open_survey(invitation_id=asked.id, person_id=asked.person_id, now=asked.closes_at)

    assert not Answer.objects.exists()


def test_the_database_keeps_answers_and_questions_as_they_were():
    given = answer(invite(make_delivery()), words="很好")

    for change in (
        lambda: Answer.objects.filter(pk=given.pk).update(fault="TOO_FAST"),
        lambda: Answer.objects.filter(pk=given.pk).update(words="另一句"),
        lambda: Answer.objects.filter(pk=given.pk).delete(),
        lambda: SurveyVersion.objects.update(repeat_days=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

    given.refresh_from_db()
    assert (given.fault, given.words) == ("", "很好")


def test_who_leaves_takes_the_words_along_and_leaves_the_faces():
    given = answer(invite(make_delivery()), words="很好")
    privacy = SurveysPrivacy()

    exported = privacy.export(user_id=given.person_id)
    privacy.erase(user_id=given.person_id, now=LATER)

    assert exported["answers"][0]["words"] == "很好"
    given.refresh_from_db()
    assert (given.words, given.faces) == ("", FACES)


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_ask_once():
    bob = make_buyer("Bob")
    parcels = [make_delivery(bob) for _ in range(6)]

    all_at_once(6, lambda number: offered(bob, parcels[number]))

    assert Invitation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_name_held_two_deliveries_ask_twice(monkeypatch):
    bob = make_buyer("Bob")
    parcels = [make_delivery(bob) for _ in range(6)]
    monkeypatch.setattr(import_module("backend.surveys.actions.offer_survey"), "advisory_lock", lambda *name: None)

    all_at_once(6, lambda number: offered(bob, parcels[number]))

    assert Invitation.objects.count() > 1


def offered(person, parcel):
    return actions.offer_survey(key="delivery", person_id=person.id, order_id=parcel.order_id, now=LATER)
