"""Taking questions for some hours, and giving each question to the least busy of those who do."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock
from backend.support.models import Duty, Ticket, TicketState
from backend.support.rules import DUTY_LASTS
from backend.support.selectors.duty import least_busy_on_duty, unclaimed_tickets


@transaction.atomic
def go_on_duty(*, agent_id: UUID, now: datetime) -> Duty:
    """Take new questions from now on for some hours; those that nobody has are handed out at once."""
    hold_dispatch()
    duty, _ = Duty.objects.update_or_create(agent_id=agent_id, defaults={"since": now, "until": now + DUTY_LASTS})
    for ticket in unclaimed_tickets():
        give_to_least_busy(ticket, now=now)
    return duty


@transaction.atomic
def go_off_duty(*, agent_id: UUID, now: datetime) -> None:
    """Take no new questions; those that one has stay."""
    hold_dispatch()
    Duty.objects.filter(agent_id=agent_id, until__gt=now, since__lte=now).update(until=now)


def hold_dispatch() -> None:
    """Questions are handed out one after the other, so that two at once do not go to the same agent."""
    advisory_lock("support.dispatch", "all")


def give_to_least_busy(ticket: Ticket, *, now: datetime) -> None:
    """Give a question to whoever on duty has the fewest open ones; without anybody it waits for the next."""
    if ticket.state != TicketState.OPEN or ticket.agent_id is not None:
        return
    agent_id = least_busy_on_duty(without=ticket.person_id, now=now)
    if agent_id is not None:
        ticket.agent_id = agent_id
        ticket.save(update_fields=["agent"])
