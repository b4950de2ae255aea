"""What search keeps about one person, to hand out and to delete."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.search.actions.remembering import forget_person
from backend.search.models import KeptSearch, Look
from backend.search.selectors.suggesting import habit_of


class SearchPrivacy:
    """History, opened finds and switches."""

    name = "search"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything that search keeps about the person."""
        habit = habit_of(user_id)
        return {
            "history": list(KeptSearch.objects.filter(person_id=user_id).values("words", "at")),
            "opened": [
                str(each) for each in Look.objects.filter(person_id=user_id).values_list("product_id", flat=True)
            ],
            "keeps_history": habit.keeps_history,
            "is_personal": habit.is_personal,
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Delete it, with the nameless lines of the last ninety days."""
        forget_person(person_id=user_id, now=now)
