"""What trade-ins keep about one person, to hand out and to delete."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.tradein.actions import forget_person
from backend.tradein.models import TradeIn


class TradeInPrivacy:
    """What somebody gave in return, and where it was to go back to."""

    name = "tradein"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """The trade-ins of the person."""
        columns = (
            "number",
            "price_list__title",
            "answers",
            "words",
            "offered_minor",
            "found_minor",
            "state",
            "address",
        )
        mine = TradeIn.objects.filter(person_id=user_id).order_by("opened_at", "pk")
        return {"trade_ins": list(mine.values(*columns, "carrier", "tracking", "opened_at"))}

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Take out words, pictures and addresses."""
        forget_person(person_id=user_id)
