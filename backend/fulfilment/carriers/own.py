"""Parcels that the shop brings by itself: no numbers, no messages; staff says when one arrived."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backend.fulfilment.models import Verdict
from backend.fulfilment.ports import CarrierRefused, NoticeRefused, Parcel, TrackingNotice
from backend.fulfilment.rules import OWN


class OwnDelivery:
    """The shop's own people."""

    code = OWN
    name = _("Brought by the shop")
    gives_numbers = False

    def accept(self, parcel: Parcel) -> str:
        """Nobody gives a number.

        Raises: CarrierRefused.
        """
        raise CarrierRefused("the shop's own delivery has no numbers")

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> TrackingNotice:
        """Nobody sends messages.

        Raises: NoticeRefused.
        """
        raise NoticeRefused(Verdict.BAD_SIGNATURE)

    def track(self, *, tracking_number: str) -> Sequence[TrackingNotice]:
        """There is nothing to ask."""
        return []
