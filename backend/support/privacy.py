"""What help keeps about one person, to hand out and to delete."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.support.actions import forget_person
from backend.support.models import Ticket, TicketMessage


class SupportPrivacy:
    """What somebody asked of staff, and what was said."""

    name = "support"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """The tickets of the person with everything said in them."""
        said = TicketMessage.objects.filter(ticket__person_id=user_id).order_by("at", "id")
        return {
            "tickets": list(Ticket.objects.filter(person_id=user_id).values("number", "kind", "nature", "opened_at")),
            "messages": list(said.values("ticket__number", "is_from_staff", "words", "at")),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Take the words out."""
        forget_person(person_id=user_id)
