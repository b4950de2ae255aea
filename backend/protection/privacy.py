"""What protection plans keep about one person, to hand out and to delete."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.protection.models import Coverage


class ProtectionPrivacy:
    """Which plans somebody bought."""

    name = "protection"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """The coverages of the person."""
        columns = (
            "version__title",
            "order_line__title",
            "state",
            "price_minor",
            "refunded_minor",
            "starts_at",
            "ends_at",
        )
        return {
            "coverages": list(Coverage.objects.filter(buyer_id=user_id).order_by("bought_at", "pk").values(*columns))
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Nothing to take out: a coverage holds no words, and belongs to the books of the order it was paid with."""
