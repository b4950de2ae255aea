"""What staff do with a ticket."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.support.actions.ask_a_person import check_words, say
from backend.support.errors import NotASuggestion, OwnTicket, TicketClosed
from backend.support.events import SuggestionAdopted, TicketAnswered
from backend.support.models import Ticket, TicketKind, TicketState


@transaction.atomic
def answer_ticket(*, ticket_id: UUID, agent_id: UUID, words: str, closes: bool, now: datetime) -> Ticket:
    """Answer somebody, and close the ticket if nothing is left to do.

    Raises: TicketClosed, OwnTicket, NotFound, InvalidInput.
    Emits: TicketAnswered.
    """
    ticket = lock_one(Ticket, ticket_id)
    check_words(words)
    if ticket.person_id == agent_id:
        raise OwnTicket
    if ticket.state == TicketState.CLOSED:
        raise TicketClosed
    message = say(ticket, author_id=agent_id, is_from_staff=True, words=words, now=now)
    is_in_time = ticket.state != TicketState.OPEN or now <= ticket.due_at
    ticket.state = TicketState.CLOSED if closes else TicketState.ANSWERED
    ticket.closed_at = now if closes else None
    ticket.answered_at = ticket.answered_at or now
    ticket.agent_id = agent_id
    ticket.save(update_fields=["state", "closed_at", "answered_at", "agent"])
    emit(
        TicketAnswered(
            ticket_id=ticket.id, message_id=message.id, person_id=ticket.person_id, is_in_time=is_in_time, at=now
        )
    )
    return ticket


@transaction.atomic
def adopt_suggestion(*, ticket_id: UUID, agent_id: UUID, now: datetime) -> Ticket:
    """Say that a suggestion will be done; it is thanked for once, a repeat changes nothing.

    Raises: NotASuggestion, OwnTicket, NotFound.
    Emits: SuggestionAdopted.
    """
    ticket = lock_one(Ticket, ticket_id)
    if ticket.kind != TicketKind.SUGGESTION:
        raise NotASuggestion
    if ticket.person_id == agent_id:
        raise OwnTicket
    if ticket.adopted_at is None:
        ticket.adopted_at, ticket.agent_id = now, agent_id
        ticket.save(update_fields=["adopted_at", "agent"])
        emit(SuggestionAdopted(ticket_id=ticket.id, person_id=ticket.person_id, at=now))
    return ticket
