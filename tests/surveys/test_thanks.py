"""Points for an answer: once, whatever it says, unless it was sent unread; so many a day."""

from importlib import import_module

import pytest

from backend.core.outbox.models import OutboxEvent
from backend.surveys.events import SurveyAnswered
from membership import actions, selectors
from membership.handlers import thank_for_answers
from membership.models import PointLot
from membership.ports import point_cause
from tests.factories.orders import LATER, make_buyer
from tests.support.races import all_at_once
from tests.surveys.given import BEST, answer, invite, make_delivery

pytestmark = pytest.mark.django_db


def told(given, *, earns=True):
    return SurveyAnswered(
        invitation_id=given.invitation_id, answer_id=given.id, key="delivery", person_id=given.person_id,
        order_id=given.invitation.order_id, earns_thanks=earns, at=given.answered_at,
    )  # fmt: skip


def test_an_answer_earns_its_points_once_and_they_can_be_explained():
    given = answer(invite(make_delivery()))

    for _ in range(2):
        thank_for_answers(told(given))

    lot = PointLot.objects.get(cause="survey")
    assert (lot.earned, lot.source_id) == (20, given.id)
    assert selectors.points_available(given.person_id, now=given.answered_at).amount == 20
    cause = point_cause("survey")
    assert cause.recompute(lot.facts) == 20
    assert len(cause.explain(lot.facts, 20)) == 2
    assert selectors.lots_that_disagree() == []


@pytest.mark.parametrize(("words", "seconds", "earns"), [("", 20, True), ("太慢了，摔坏了", 20, True), ("", 1, False)])
def test_only_what_was_sent_unread_earns_nothing(words, seconds, earns):
    given = answer(invite(make_delivery()), faces=BEST, words=words, seconds=seconds)

    event = OutboxEvent.objects.get(name__endswith="SurveyAnswered")
    thank_for_answers(told(given, earns=event.payload["earns_thanks"]))

    assert PointLot.objects.filter(cause="survey").exists() is earns


def test_a_day_is_worth_two_answers():
    bob = make_buyer("Bob")
    sources = [make_delivery(bob).order_id for _ in range(3)]

    lots = [actions.give_thanks(key="survey", user_id=bob.id, source_id=each, now=LATER) for each in sources]

    assert [lot is not None for lot in lots] == [True, True, False]


@pytest.mark.django_db(transaction=True)
def test_many_answers_at_once_are_worth_one_day():
    bob = make_buyer("Bob")
    sources = [make_delivery(bob).order_id for _ in range(6)]

    all_at_once(6, lambda one: actions.give_thanks(key="survey", user_id=bob.id, source_id=sources[one], now=LATER))

    assert PointLot.objects.filter(cause="survey").count() == 2


@pytest.mark.django_db(transaction=True)
def test_control_without_the_wallet_held_a_day_is_worth_more(monkeypatch):
    bob = make_buyer("Bob")
    sources = [make_delivery(bob).order_id for _ in range(6)]
    monkeypatch.setattr(import_module("membership.actions.give_thanks"), "hold_wallets", lambda people: None)

    all_at_once(6, lambda one: actions.give_thanks(key="survey", user_id=bob.id, source_id=sources[one], now=LATER))

    assert PointLot.objects.filter(cause="survey").count() > 2
