"""What quality keeps about a person of the staff, to hand out and to delete."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.quality.actions import forget_person
from backend.quality.models import ServiceNote, ServiceReview

MARKS = ("response", "efficiency", "professionalism", "policy", "tracking")


class QualityPrivacy:
    """How the person's service was seen, and what was written about it."""

    name = "quality"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """The marks of both sides for the person's service, and the notes to them."""
        marks = ServiceReview.objects.filter(sample__agent_id=user_id).order_by("at", "id")
        notes = ServiceNote.objects.filter(agent_id=user_id).order_by("at", "id")
        return {
            "reviews": list(marks.values("as_whom", *MARKS, "words", "at")),
            "notes": list(notes.values("kind", "words", "due_on", "at", "done_at")),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Take out what was written to the person; marks are a record of work and stay as they were given."""
        forget_person(person_id=user_id)
