"""The report: by carrier, province and week, with bounds, beside the weeks before."""

from datetime import timedelta

import pytest

from backend.surveys.models import Answer
from backend.surveys.rules.figures import TOO_FEW, Share, differs
from backend.surveys.selectors.report import survey_report
from tests.support.queries import queries_of
from tests.surveys.given import BEST, WORST, answer, invite, make_delivery


def test_bounds_hold_the_share_and_narrow_with_the_count():
    few, many = Share(part=8, count=10), Share(part=800, count=1000)

    assert (round(few.low, 3), round(few.high, 3)) == (0.490, 0.943)
    assert many.high - many.low < few.high - few.low
    assert (Share(part=0, count=0).value, Share(part=0, count=0).low) == (None, None)
    assert Share(part=5, count=5).high == 1.0


def test_two_shares_differ_only_when_their_bounds_do_not_meet_and_there_are_enough():
    assert differs(Share(part=90, count=100), Share(part=60, count=100))
    assert not differs(Share(part=80, count=100), Share(part=75, count=100))
    assert not differs(Share(part=9, count=9), Share(part=0, count=100))


@pytest.mark.django_db
def test_the_report_tells_by_carrier_province_and_week():
    deer = answer(invite(make_delivery(carrier="deer")), faces=BEST)
    answer(invite(make_delivery(carrier="elephant")), faces=WORST)

    report = survey_report(key="delivery", weeks=4, now=deer.answered_at + timedelta(days=1))

    carriers = {row["name"]: row for row in report["carriers"]}
    assert {name: row["share"].value for name, row in carriers.items()} == {"deer": 1.0, "elephant": 0.0}
    assert carriers["deer"]["means"]["speed"] == 5.0
    assert [(row["name"], row["share"].count) for row in report["provinces"]] == [("浙江省", 2)]
    assert [row["share"].count for row in report["by_week"]] == [2]
    assert report["invited_count"] == 2


@pytest.mark.django_db
def test_few_answers_say_too_few_and_the_weeks_before_stand_beside():
    given = answer(invite(make_delivery()), faces=BEST)
    later = given.answered_at + timedelta(weeks=5)

    few = survey_report(key="delivery", weeks=4, now=given.answered_at + timedelta(days=1))["total"]
    before = survey_report(key="delivery", weeks=4, now=later)["total"]

    assert (few["share"].is_too_few, few["change"]) == (True, "TOO_FEW")
    assert (before["share"].count, before["before"].count) == (0, 1)


@pytest.mark.django_db
def test_a_clear_fall_is_told():
    given = answer(invite(make_delivery()), faces=BEST)
    _copies(given, TOO_FEW * 3, faces=WORST, days=0)
    _copies(given, TOO_FEW * 3, faces=BEST, days=-30)

    report = survey_report(key="delivery", weeks=4, now=given.answered_at + timedelta(days=1))

    assert report["total"]["change"] == "WORSE"
    assert report["carriers"][0]["change"] == "WORSE"


@pytest.mark.django_db
def test_a_report_of_many_answers_costs_as_much_as_one_of_few():
    given = answer(invite(make_delivery()))
    now = given.answered_at + timedelta(days=1)
    few = queries_of(lambda: survey_report(key="delivery", weeks=4, now=now))
    _copies(given, 18, faces=BEST, days=0)

    assert queries_of(lambda: survey_report(key="delivery", weeks=4, now=now)) == few


def _copies(given, count, *, faces, days):
    """More answers of the same kind, each of an invitation of its own."""
    for _ in range(count):
        invitation = invite(make_delivery())
        Answer.objects.create(
            invitation=invitation, person_id=invitation.person_id, key="delivery", faces=faces, seconds=20,
            carrier=given.carrier, province=given.province, answered_at=given.answered_at + timedelta(days=days),
        )  # fmt: skip
