"""Who takes questions, and which wait for somebody."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count

from backend.accounts.selectors import people_with_role
from backend.support.models import Duty, Ticket, TicketState

HANDED_OUT_AT_ONCE = 50


def duty_until(*, agent_id: UUID, now: datetime) -> datetime | None:
    """Until when an agent takes questions, or nothing."""
    found: datetime | None = (
        Duty.objects.filter(agent_id=agent_id, until__gt=now).values_list("until", flat=True).first()
    )
    return found


def on_duty(*, now: datetime) -> set[UUID]:
    """Everybody at the desk who takes questions now."""
    there = set(Duty.objects.filter(until__gt=now, since__lte=now).values_list("agent_id", flat=True))
    return there & set(people_with_role("support", "admin"))


def least_busy_on_duty(*, without: UUID, now: datetime) -> UUID | None:
    """Whoever on duty has the fewest open questions; of equals always the same one."""
    agents = on_duty(now=now) - {without}
    if not agents:
        return None
    busy = dict(
        Ticket.objects.filter(agent_id__in=agents, state=TicketState.OPEN)
        .values_list("agent_id")
        .annotate(count=Count("pk"))
    )
    return min(agents, key=lambda agent: (busy.get(agent, 0), agent))


def unclaimed_tickets() -> list[Ticket]:
    """Questions that nobody has, by the time that was promised."""
    waiting = Ticket.objects.filter(state=TicketState.OPEN, agent=None)
    return list(waiting.order_by("due_at", "pk")[:HANDED_OUT_AT_ONCE])
