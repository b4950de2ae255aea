"""Taking out what people wrote, when they ask for it."""

from uuid import UUID

from django.db import transaction

from backend.core.privacy import GONE
from backend.support.models import HelpVote, TicketMessage


@transaction.atomic
def forget_person(*, person_id: UUID) -> None:
    """Take out the words of a person and how they judged articles; that something was asked stays for the counts."""
    TicketMessage.objects.filter(author_id=person_id, is_from_staff=False).update(words=GONE)
    HelpVote.objects.filter(voter=str(person_id)).delete()
