"""What is kept of the service of a person is handed out, and what was written to them goes with them."""

from datetime import timedelta

import pytest

from backend.core.clock import business_day
from backend.core.privacy import GONE, erase_person, export_person
from backend.quality import actions
from backend.quality.models import ServiceNote, ServiceReview
from tests.factories.aftersales import make_agent
from tests.quality.given import FAIR, look, make_sample, next_month

pytestmark = pytest.mark.django_db


def write_to(agent, lead):
    sample = make_sample(agent)
    look(sample, lead, marks=FAIR)
    return actions.write_to_agent(
        sample_id=sample.pk, writer_id=lead.pk, kind="COACHING", words="先问清楚是哪一单",
        due=business_day(next_month()) + timedelta(days=7), now=next_month(),
    )  # fmt: skip


def test_agents_read_how_their_service_was_seen_and_nobody_elses():
    sue, tom, lead = make_agent("Sue"), make_agent("Tom"), make_agent("Lea", "senior_moderator")
    write_to(sue, lead)

    told = export_person(user_id=sue.pk)["quality"]

    assert [each["words"] for each in told["notes"]] == ["先问清楚是哪一单"]
    assert [(each["as_whom"], each["response"]) for each in told["reviews"]] == [("LEAD", FAIR["response"])]
    assert export_person(user_id=tom.pk)["quality"] == {"reviews": [], "notes": []}


def test_what_was_written_to_an_agent_goes_with_the_agent_and_the_marks_stay():
    sue, tom, lead = make_agent("Sue"), make_agent("Tom"), make_agent("Lea", "senior_moderator")
    write_to(sue, lead)
    kept = write_to(tom, lead)

    erase_person(user_id=sue.pk, now=next_month())

    assert ServiceNote.objects.get(agent_id=sue.pk).words == GONE
    assert ServiceNote.objects.get(pk=kept.pk).words == "先问清楚是哪一单"
    assert ServiceReview.objects.filter(sample__agent_id=sue.pk).count() == 1
