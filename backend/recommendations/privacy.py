"""What picks keep about one person, to hand out and to delete."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.recommendations.actions import forget_seen
from backend.recommendations.models import Seen


class PicksPrivacy:
    """What somebody opened."""

    name = "recommendations"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """The products that the person opened."""
        rows = Seen.objects.filter(person_id=user_id).order_by("-at").values("product_id", "times", "at")
        return {"opened": [{**row, "product_id": str(row["product_id"])} for row in rows]}

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Delete it."""
        forget_seen(person_id=user_id)
