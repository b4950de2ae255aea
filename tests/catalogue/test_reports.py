"""Shoppers say what is wrong; the staff answers; the shopper hears of it."""

from datetime import timedelta

import pytest

from backend.catalogue.actions import answer_report, report_information
from backend.catalogue.errors import ReportAnswered, ReportedAlready
from backend.catalogue.models import InformationReport
from backend.core.errors import InvalidInput, NotFound, TooManyRequests
from backend.core.ids import new_id
from backend.messaging.models import Notification
from tests.factories.accounts import make_grower, make_person
from tests.factories.catalogue import NOON, make_product
from tests.support.api import Api

pytestmark = pytest.mark.django_db
REPORT = (
    """mutation ($input: ReportInformationInput!) { reportInformation(input: $input) { reportId errors { code } } }"""
)
ANSWER = """mutation ($input: AnswerInformationReportInput!) {
  answerInformationReport(input: $input) { report { wasRight answer } errors { code } } }"""


def reported(reporter, product=None, *, part="PRICE", text="It says 5.", now=NOON):
    product_id = (product or make_product()).id
    return report_information(product_id=product_id, reporter_id=reporter.id, part=part, text=text, now=now)


def test_a_report_is_answered_and_the_shopper_is_told(deliver_outbox):
    bob, grace = make_person("Bob"), make_grower()
    product = make_product()
    said = Api(bob)(REPORT, input={"productId": str(product.id), "part": "PICTURE", "text": "Old box."})
    report_id = said["reportInformation"]["reportId"]

    answer = Api(grace)(ANSWER, input={"reportId": report_id, "wasRight": True, "answer": "New picture is up."})
    deliver_outbox()

    assert answer["answerInformationReport"]["report"] == {"wasRight": True, "answer": "New picture is up."}
    told = Notification.objects.get(user=bob)
    assert told.kind == "information_corrected"
    assert told.params["answer"] == "New picture is up."


def test_the_same_thing_is_reported_once_while_it_is_open():
    bob, product = make_person("Bob"), make_product()
    reported(bob, product)

    with pytest.raises(ReportedAlready):
        reported(bob, product)

    assert reported(bob, product, part="OTHER")
    assert InformationReport.objects.count() == 2


def test_nobody_reports_all_day_long():
    bob = make_person("Bob")
    for _ in range(10):
        reported(bob)

    with pytest.raises(TooManyRequests):
        reported(bob)

    assert InformationReport.objects.count() == 10
    assert reported(bob, now=NOON + timedelta(days=2))


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"text": "  "}, InvalidInput),
        ({"text": "x" * 501}, InvalidInput),
        ({"part": "SMELL"}, InvalidInput),
        ({"product_id": new_id()}, NotFound),
    ],
)
def test_what_is_no_report_leaves_nothing(changes, refused):
    bob = make_person("Bob")
    whole = {"product_id": make_product().id, "reporter_id": bob.id, "part": "PRICE", "text": "Wrong.", "now": NOON}

    with pytest.raises(refused):
        report_information(**{**whole, **changes})

    assert not InformationReport.objects.exists()


def test_a_product_that_is_not_on_the_shelf_is_not_reported():
    with pytest.raises(NotFound):
        reported(make_person("Bob"), make_product(published=False))


def test_a_report_is_answered_once():
    report, grace = reported(make_person("Bob")), make_grower()
    answer_report(report_id=report.id, answered_by=grace.id, was_right=False, answer="It is right.", now=NOON)

    with pytest.raises(ReportAnswered):
        answer_report(report_id=report.id, answered_by=grace.id, was_right=True, answer="Oh.", now=NOON)

    report.refresh_from_db()
    assert report.answer == "It is right."


def test_only_the_staff_reads_and_answers_reports():
    report, bob = reported(make_person("Bob")), make_person("Bob")
    ask = "{ informationReports(isOpen: true) { edges { node { text } } } }"

    for api, code in ((Api(), "SIGN_IN_REQUIRED"), (Api(bob), "NOT_ALLOWED")):
        assert api.codes(ask) == [code]
        answer = api(ANSWER, input={"reportId": str(report.id), "wasRight": True, "answer": "Ha."})
        assert answer["answerInformationReport"]["errors"][0]["code"] == code
    report.refresh_from_db()
    assert report.answered_at is None
