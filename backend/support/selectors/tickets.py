"""Reads of tickets. A stranger's ticket is not found."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet

from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.orders.selectors import orders_of
from backend.support.models import Ticket, TicketMessage, TicketState
from backend.support.rules import ORDERS_FOR
from backend.support.selectors.duty import duty_until, on_duty

NEWEST_FIRST = ("-opened_at", "-id")
BY_DUE_TIME = ("due_at", "id")
LOOKED_AT = 20
MOST_ORDERS = 3


def orders_for_way(*, way: str, buyer_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """The buyer's own orders with which something can be done at once, the latest first."""
    states = ORDERS_FOR.get(way)
    if states is None:
        return []
    page = orders_of(buyer_id=buyer_id, state=None, first=LOOKED_AT, after=None, now=now)
    return [row for row in page.nodes if str(row["shown_state"]) in states][:MOST_ORDERS]


def tickets_of(*, person_id: UUID, first: int | None, after: str | None) -> Page:
    """What a person asked, the newest first.

    Raises: InvalidInput.
    """
    return keyset_page(_tickets().filter(person_id=person_id), order=NEWEST_FIRST, first=first, after=after)


def desk_tickets(
    *, view: str, agent_id: UUID | None = None, first: int | None, after: str | None, now: datetime
) -> Page:
    """Tickets for the desk: what waits by its due time, the rest by age.

    Raises: InvalidInput.
    """
    match view:
        case "answered":
            return keyset_page(
                _tickets().filter(state=TicketState.ANSWERED), order=NEWEST_FIRST, first=first, after=after
            )
        case "closed":
            return keyset_page(
                _tickets().filter(state=TicketState.CLOSED), order=NEWEST_FIRST, first=first, after=after
            )
        case "mine":
            mine = _tickets().filter(state=TicketState.OPEN, agent_id=agent_id)
            return keyset_page(mine, order=BY_DUE_TIME, first=first, after=after)
        case "suggestions":
            return keyset_page(_tickets().filter(kind="SUGGESTION"), order=NEWEST_FIRST, first=first, after=after)
        case _:
            return keyset_page(_tickets().filter(state=TicketState.OPEN), order=BY_DUE_TIME, first=first, after=after)


def visible_ticket(*, ticket_id: UUID, viewer_id: UUID, sees_all: bool) -> Ticket:
    """A ticket of the viewer, or any for the desk.

    Raises: NotFound.
    """
    mine = Q() if sees_all else Q(person_id=viewer_id)
    ticket = _tickets().filter(mine, pk=ticket_id).first()
    if ticket is None:
        raise NotFound
    return ticket


def messages_of(ticket_ids: Sequence[UUID]) -> dict[UUID, list[TicketMessage]]:
    """What was said in tickets, in order."""
    found: dict[UUID, list[TicketMessage]] = defaultdict(list)
    for message in TicketMessage.objects.filter(ticket_id__in=ticket_ids).order_by("ticket_id", "at", "id"):
        found[message.ticket_id].append(message)
    return dict(found)


def desk_figures(*, agent_id: UUID, now: datetime) -> dict[str, Any]:
    """What waits, what is late, how fast answers came, and who takes questions."""
    figures = Ticket.objects.aggregate(
        open=Count("pk", filter=Q(state=TicketState.OPEN)),
        mine=Count("pk", filter=Q(state=TicketState.OPEN, agent_id=agent_id)),
        late=Count("pk", filter=Q(state=TicketState.OPEN, due_at__lt=now)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        mean=Avg(F("answered_at") - F("opened_at"), filter=Q(answered_at__isnull=False)),
    )
    mean = figures["mean"]
    return {
        **figures,
        "first_answer_minutes": round(mean.total_seconds() / 60) if mean else None,
        "on_duty_until": duty_until(agent_id=agent_id, now=now),
        "on_duty_count": len(on_duty(now=now)),
    }


def _tickets() -> QuerySet[Ticket]:
    return Ticket.objects.select_related("order")
