"""What channels keep about one person, to hand out and to make nameless."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from referrals.channels.actions import forget_visitor
from referrals.channels.models import ChannelOrder, ChannelSignUp, ChannelVisit


class ChannelsPrivacy:
    """By which links of the shop a person came, and which sign-up and orders were counted for them."""

    name = "channels"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything that channels keep about the person."""
        orders = ChannelOrder.objects.filter(order__buyer_id=user_id, channel__isnull=False).order_by("paid_at")
        return {
            "visits": list(ChannelVisit.objects.filter(user_id=user_id).order_by("at").values("channel__code", "at")),
            "signed_up_by": list(ChannelSignUp.objects.filter(user_id=user_id).values("channel__code", "at")),
            "orders": list(orders.values("order__number", "channel__code", "paid_at")),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Forget person and browser of the visits; sign-up and orders stay counted, as figures that name nobody."""
        forget_visitor(user_id=user_id)
