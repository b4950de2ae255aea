"""What the console asks of quality, as it asks it."""

from datetime import timedelta

import pytest

from backend.core import clock
from tests.factories.aftersales import make_agent
from tests.quality.given import GOOD, look, make_sample, next_month
from tests.support.api import Api
from tests.surveys.given import answer, invite, make_delivery

pytestmark = pytest.mark.django_db
CARDS = """{ carrierScorecards { carrier name rank zones onTime { count value low high isTooFew }
    content { count } means { key mean } standings { zone standing reason setBy { id } } } }"""
SET = """mutation ($input: SetCarrierStandingInput!) { setCarrierStanding(input: $input) {
    scorecard { carrier standings { zone standing } } errors { code } } }"""
SERVICE = """{ serviceSamples { number month isOwn rating agent { id } mine { marks { key mean } }
    other { marks { key mean } } notes { kind } } serviceSheets { agent { id } comparedCount ownMean } }"""
REPORT = """{ surveyReport { answeredCount leftOut { fault count } total { change share { count } }
    carriers { name share { count } } byWeek { week } questions { key text } }
    leftOutAnswers(first: 5) { edges { node { fault seconds daysLate } } } }"""


def test_the_desk_reads_scorecards_and_pauses_a_carrier():
    now = answer(invite(make_delivery())).answered_at
    api = Api(make_agent("Sue"))

    with clock.frozen(now):
        told = api(SET, input={"carrier": "deer", "zone": "NEAR", "standing": "PAUSED", "reason": "总是晚到"})
        cards = {card["carrier"]: card for card in api(CARDS)["carrierScorecards"]}

    assert told["setCarrierStanding"]["errors"] == []
    assert cards["deer"]["zones"] == ["MIDDLE", "NEAR"]
    assert [(each["zone"], each["standing"]) for each in cards["deer"]["standings"]] == [("NEAR", "PAUSED")]
    assert cards["deer"]["onTime"]["count"] == 1


def test_each_side_reads_the_samples_and_a_shopper_reads_nothing():
    sue, lead = make_agent("Sue"), make_agent("Lea", "senior_moderator")
    sample = make_sample(sue)
    look(sample, sue, marks=GOOD)

    with clock.frozen(next_month()):
        own, blind = Api(sue)(SERVICE), Api(lead)(SERVICE)
        refused = Api(sample.ticket.person).codes(SERVICE)

    assert own["serviceSamples"][0]["mine"]["marks"][0] == {"key": "response", "mean": 5.0}
    assert (blind["serviceSamples"][0]["mine"], blind["serviceSamples"][0]["other"]) == (None, None)
    assert own["serviceSheets"][0]["comparedCount"] == 0
    assert set(refused) == {"NOT_ALLOWED"}
    assert own["serviceSamples"][0]["month"] == sample.month.isoformat()


def test_the_desk_reads_the_report_and_what_does_not_count():
    given = answer(invite(make_delivery()), seconds=1)

    with clock.frozen(given.answered_at + timedelta(days=1)):
        found = Api(make_agent("Sue"))(REPORT)

    assert found["surveyReport"]["answeredCount"] == 1
    assert found["leftOutAnswers"]["edges"][0]["node"]["fault"] == "TOO_FAST"
