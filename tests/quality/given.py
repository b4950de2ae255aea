"""Finished cases, agents and second persons for the tests of quality."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import business_day
from backend.core.ids import new_id
from backend.quality.actions import draw_samples, review_sample
from backend.quality.models import ServiceReview, ServiceSample
from backend.quality.rules.service import POINTS
from backend.support.actions import answer_ticket, open_ticket
from backend.support.models import Ticket
from tests.factories.orders import LATER, make_buyer

GOOD = dict.fromkeys(POINTS, 5)
FAIR = {**GOOD, "response": 3, "tracking": 4}


def make_answered(agent: User, *, now: datetime = LATER, closes: bool = True) -> Ticket:
    """A question that an agent answered within the hour."""
    ticket = open_ticket(
        person_id=make_buyer("Bob", now=now).id, kind="QUESTION", nature="OTHER", words="这个怎么用呢",
        order_id=None, idempotency_key=new_id(), now=now,
    )  # fmt: skip
    at = now + timedelta(minutes=30)
    return answer_ticket(ticket_id=ticket.id, agent_id=agent.id, words="长按就可以了。", closes=closes, now=at)


def next_month(now: datetime = LATER) -> datetime:
    """A moment in the month after."""
    first = business_day(now).replace(day=1)
    return now + timedelta(days=((first + timedelta(days=32)).replace(day=1) - business_day(now)).days + 1)


def make_sample(agent: User) -> ServiceSample:
    """A sample of an agent's work of last month."""
    make_answered(agent)
    return draw_samples(now=next_month())[0]


def look(sample: ServiceSample, person: User, *, marks: dict[str, int] = GOOD, is_lead: bool = True) -> ServiceReview:
    """Somebody looks at a sample."""
    reviewer: UUID = person.id
    return review_sample(
        sample_id=sample.id, reviewer_id=reviewer, is_lead=is_lead, marks=marks, words="", now=next_month()
    )
