"""Reactions of help: the index follows the articles, and people hear of answers."""

from backend.messaging.actions import notify
from backend.search.actions.indexing import index_subjects
from backend.support.events import HelpArticleSaved, SuggestionAdopted, TicketAnswered
from backend.support.models import Ticket
from backend.support.selectors.sources import KIND


def index_article(event: HelpArticleSaved) -> None:
    """Write down anew what the article is found by, or forget it."""
    index_subjects(kind=KIND, subject_ids=[event.article_id])


def tell_of_answer(event: TicketAnswered) -> None:
    """Tell who asked that there is an answer."""
    notify(
        user_id=event.person_id,
        kind="support_answered",
        params={"number": _number_of(event)},
        url=f"/help/tickets/{event.ticket_id}",
        dedupe_key=f"support_answered:{event.message_id}",
        now=event.at,
    )


def thank_for_suggestion(event: SuggestionAdopted) -> None:
    """Tell who suggested it that it will be done."""
    notify(
        user_id=event.person_id,
        kind="support_adopted",
        params={"number": _number_of(event)},
        url=f"/help/tickets/{event.ticket_id}",
        dedupe_key=f"support_adopted:{event.ticket_id}",
        now=event.at,
    )


def _number_of(event: TicketAnswered | SuggestionAdopted) -> str:
    return Ticket.objects.values_list("number", flat=True).get(pk=event.ticket_id)
