"""A draw as anybody may see it: the seed only when it has been drawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.core.errors import NotFound
from groupbuy.models import Draw, Seat


def draw_row(*, group_id: UUID, viewer_id: UUID | None) -> dict[str, Any]:
    """Everything that is needed to check one draw.

    Raises: NotFound.
    """
    draw = Draw.objects.select_related("group__offer", "group__product").filter(pk=group_id).first()
    if draw is None:
        raise NotFound
    seats = {str(seat.pk): seat for seat in Seat.objects.filter(pk__in=draw.entries)}
    ranks = {entry: rank for rank, entry in enumerate(draw.ranking, start=1)}
    return {
        "group_id": draw.group_id,
        "state": draw.group.state,
        "product_title": draw.group.product.title,
        "size": draw.group.size,
        "winners": draw.winners_count,
        "consolation_points": draw.group.offer.consolation_points,
        "seed_hash": draw.seed_hash,
        "entries_hash": draw.entries_hash or None,
        "commitment": draw.commitment or None,
        "seed": draw.seed if draw.drawn_at else None,
        "promised_at": draw.promised_at,
        "committed_at": draw.committed_at,
        "draw_at": draw.draw_at,
        "drawn_at": draw.drawn_at,
        "entries": [
            {
                "entry": entry,
                "number": seats[entry].number,
                "rank": ranks.get(entry),
                "is_winner": entry in ranks and ranks[entry] <= draw.winners_count,
                "is_mine": viewer_id is not None and seats[entry].buyer_id == viewer_id,
            }
            for entry in draw.entries
        ],
    }
