"""Asking staff something, adding to it, and saying that it is solved."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from backend.orders.selectors import own_order
from backend.support import rules
from backend.support.actions.take_duty import give_to_least_busy, hold_dispatch
from backend.support.errors import NotAnsweredYet, RatedAlready, TicketClosed, TooManyTickets
from backend.support.events import TicketOpened
from backend.support.models import Ticket, TicketKind, TicketMessage, TicketNature, TicketState


@transaction.atomic
def open_ticket(
    *,
    person_id: UUID,
    kind: str,
    nature: str,
    words: str,
    order_id: UUID | None,
    idempotency_key: UUID,
    now: datetime,
) -> Ticket:
    """Ask staff something; how pressing it is and until when it is answered follows from what it is about.

    Raises: TooManyTickets, NotFound, InvalidInput, KeyReused.
    Emits: TicketOpened.
    """
    request = {"kind": kind, "nature": nature, "words": words, "order_id": str(order_id or "")}
    told = replay_or_reserve(principal_id=person_id, action="open_ticket", key=idempotency_key, request=request)
    if told is not None:
        return Ticket.objects.get(pk=told["ticket_id"])
    advisory_lock("support.ticket", str(person_id))
    check_words(words)
    if kind not in TicketKind.values or nature not in TicketNature.values:
        raise InvalidInput("kind" if kind not in TicketKind.values else "nature")
    order = own_order(order_id=order_id, buyer_id=person_id) if order_id else None
    if Ticket.objects.filter(person_id=person_id, state=TicketState.OPEN).count() >= rules.MOST_OPEN:
        raise TooManyTickets(most=rules.MOST_OPEN)
    severity = rules.severity_of(kind=kind, nature=nature)
    ticket = Ticket.objects.create(
        number=rules.new_number(now=now), person_id=person_id, order=order, kind=kind, nature=nature,
        severity=severity, opened_at=now, due_at=rules.due_at(severity=severity, now=now),
    )  # fmt: skip
    say(ticket, author_id=person_id, is_from_staff=False, words=words, now=now)
    hold_dispatch()
    give_to_least_busy(ticket, now=now)
    emit(
        TicketOpened(
            ticket_id=ticket.id, person_id=person_id, kind=kind, nature=nature, severity=severity,
            due_at=ticket.due_at, at=now,
        )
    )  # fmt: skip
    remember(principal_id=person_id, action="open_ticket", key=idempotency_key, answer={"ticket_id": str(ticket.id)})
    return ticket


@transaction.atomic
def write_to_ticket(*, ticket_id: UUID, person_id: UUID, words: str, now: datetime) -> Ticket:
    """Add to a question; staff has the promised time anew if it was their turn before.

    Raises: TicketClosed, NotFound, InvalidInput.
    """
    ticket = _own(ticket_id, person_id)
    check_words(words, shortest=1)
    if ticket.state == TicketState.CLOSED:
        raise TicketClosed
    say(ticket, author_id=person_id, is_from_staff=False, words=words, now=now)
    if ticket.state == TicketState.ANSWERED:
        ticket.state = TicketState.OPEN
        ticket.due_at = rules.due_at(severity=ticket.severity, now=now)
        ticket.save(update_fields=["state", "due_at"])
    return ticket


@transaction.atomic
def close_ticket(*, ticket_id: UUID, person_id: UUID, now: datetime) -> Ticket:
    """Say that it is solved; a repeat changes nothing.

    Raises: NotFound.
    """
    ticket = _own(ticket_id, person_id)
    if ticket.state != TicketState.CLOSED:
        ticket.state, ticket.closed_at = TicketState.CLOSED, now
        ticket.save(update_fields=["state", "closed_at"])
    return ticket


@transaction.atomic
def rate_ticket(*, ticket_id: UUID, person_id: UUID, rating: int) -> Ticket:
    """Say how it was, from 1 to 5, once there is an answer; the same again changes nothing.

    Raises: NotAnsweredYet, RatedAlready, NotFound, InvalidInput.
    """
    ticket = _own(ticket_id, person_id)
    if not rules.WORST <= rating <= rules.BEST:
        raise InvalidInput("rating")
    if ticket.answered_at is None:
        raise NotAnsweredYet
    if ticket.rating not in (None, rating):
        raise RatedAlready
    ticket.rating = rating
    ticket.save(update_fields=["rating"])
    return ticket


def say(ticket: Ticket, *, author_id: UUID, is_from_staff: bool, words: str, now: datetime) -> TicketMessage:
    """Write down what was said."""
    return TicketMessage.objects.create(
        ticket=ticket, author_id=author_id, is_from_staff=is_from_staff, words=words.strip(), at=now
    )


def check_words(words: str, *, shortest: int = rules.SHORTEST_WORDS) -> None:
    """Refuse what says nothing, and what is too long to be read.

    Raises: InvalidInput.
    """
    if not shortest <= len(words.strip()) <= rules.LONGEST_WORDS:
        raise InvalidInput("words")


def _own(ticket_id: UUID, person_id: UUID) -> Ticket:
    ticket = lock_one(Ticket, ticket_id)
    if ticket.person_id != person_id:
        raise NotFound
    return ticket
