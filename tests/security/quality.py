"""A survey of the owner, service that is looked at again, something to make better, and the right input for each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import business_day
from backend.core.ids import new_id
from backend.quality.actions import draw_samples, open_improvement, review_sample, write_to_agent
from backend.quality.rules.service import POINTS
from backend.support.actions import answer_ticket, open_ticket
from backend.surveys.actions import offer_survey, open_survey
from tests.factories.promotions import this_moment

MARKS = dict.fromkeys(POINTS, 4)


def make_quality(owner: User, people: dict[str, User], *, delivered: UUID) -> dict[str, UUID]:
    """An opened survey, two samples of the agent's work with something to practise, an open case."""
    now = this_moment()
    asked = offer_survey(key="delivery", person_id=owner.id, order_id=delivered, now=now)
    assert asked is not None
    open_survey(invitation_id=asked.id, person_id=owner.id, now=now)
    before = (now.replace(day=1) - timedelta(days=3)).replace(hour=4)
    tickets = [_answered(people["bystander"], people["support"], before) for _ in range(2)]
    sample, other = (each for each in draw_samples(now=now) if each.ticket_id in tickets)
    review_sample(
        sample_id=other.id, reviewer_id=people["senior_moderator"].id, is_lead=True, marks=MARKS, words="", now=now
    )
    note = write_to_agent(
        sample_id=other.id, writer_id=people["senior_moderator"].id, kind="COACHING", words="先问清楚",
        due=business_day(now) + timedelta(days=9), now=now,
    )  # fmt: skip
    case = open_improvement(
        title="包装盒容易压坏", team="QUALITY", words="", due=None, opener_id=people["support"].id,
        idempotency_key=new_id(), now=now,
    )  # fmt: skip
    done = _answered(owner, people["support"], now)
    return {
        "survey": asked.id, "sample": sample.id, "looked_sample": other.id, "practice": note.id, "improvement": case.id,
        "answered_ticket": done,
    }  # fmt: skip


def _answered(person: User, agent: User, at: Any) -> UUID:
    ticket = open_ticket(
        person_id=person.id, kind="QUESTION", nature="OTHER", words="这个怎么用呢", order_id=None,
        idempotency_key=new_id(), now=at,
    )  # fmt: skip
    answer_ticket(ticket_id=ticket.id, agent_id=agent.id, words="长按就可以了。", closes=True, now=at)
    return ticket.id


def inputs_of(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of surveys and quality."""
    day = (business_day(this_moment()) + timedelta(days=9)).isoformat()
    case = {"id": ids["improvement"]}
    return {
        "openSurvey": {"id": ids["survey"]},
        "answerSurvey": {"id": ids["survey"], "faces": {"speed": 5, "accuracy": 4, "attitude": 5}, "words": "很快"},
        "rateTicket": {"ticketId": ids["answered_ticket"], "rating": 5},
        "takeDuty": {"isOn": True},
        "setCarrierStanding": {"carrier": "deer", "zone": "NEAR", "standing": "PAUSED", "reason": "总是晚到"},
        "openImprovement": {"title": "回复太慢", "team": "SERVICE", **key},
        "giveImprovement": {**case, "ownerId": None, "team": "QUALITY", "dueOn": day},
        "noteImprovement": {**case, "words": "试了更厚的盒子"},
        "closeImprovement": {**case, "changed": "换了更厚的盒子"},
        "reviewService": {"id": ids["sample"], "marks": MARKS, "words": ""},
        "writeToAgent": {"sampleId": ids["looked_sample"], "kind": "PRAISE", "words": "说得清楚"},
        "finishPractice": {"noteId": ids["practice"]},
    }


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {
        "Query.survey": {"id": ids["survey"]},
        "Query.orderSurvey": {"orderId": ids["delivered"]},
        "Query.improvement": {"id": ids["improvement"]},
    }
