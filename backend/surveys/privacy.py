"""What surveys keep about one person, to hand out and to delete."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.surveys.actions import forget_person
from backend.surveys.models import Answer


class SurveysPrivacy:
    """What somebody answered."""

    name = "surveys"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """The answers of the person."""
        mine = Answer.objects.filter(person_id=user_id).order_by("answered_at", "id")
        return {"answers": list(mine.values("key", "faces", "words", "fault", "answered_at"))}

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Take the words out."""
        forget_person(person_id=user_id)
