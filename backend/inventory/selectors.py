"""Reads of the stock room."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from backend.inventory.models import Reservation, ReservationState, StockItem


def available_of(variant_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many of each variant can be sold now. A variant that was never stocked has none."""
    ids = set(variant_ids)
    rows = StockItem.objects.filter(variant_id__in=ids).values_list("variant_id", F("on_hand") - F("reserved"))
    return dict.fromkeys(ids, 0) | dict(rows)


def held_by(order_id: UUID) -> dict[UUID, int]:
    """What an order holds now, per variant."""
    rows = Reservation.objects.filter(order_id=order_id, state=ReservationState.HELD)
    return dict(rows.values_list("variant_id", "quantity"))
