"""Reads of what must be sent once more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from backend.core.errors import NotFound
from backend.fulfilment.models import Resend, ResendLine, Shipment, ShipmentLine, ShipmentState
from backend.fulfilment.rules import DISPATCH_WITHIN, GONE, LineProgress

_LINES = """
SELECT piece.id, piece.resend_id, piece.line_id, piece.variant_id, piece.quantity,
       COALESCE(SUM(part.quantity) FILTER (WHERE parcel.state = 'PACKED'), 0),
       COALESCE(SUM(part.quantity) FILTER (WHERE parcel.state = ANY(%(gone)s)), 0),
       COALESCE(SUM(part.quantity) FILTER (WHERE parcel.state = 'DELIVERED'), 0)
FROM fulfilment_resendline piece
LEFT JOIN fulfilment_shipmentline part ON part.resend_line_id = piece.id
LEFT JOIN fulfilment_shipment parcel ON parcel.id = part.shipment_id
WHERE piece.resend_id = ANY(%(resends)s)
GROUP BY piece.id ORDER BY piece.resend_id, piece.id
"""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line of what must be sent once more, and how far its pieces have come."""

    id: UUID
    resend_id: UUID
    line_id: UUID
    variant_id: UUID
    progress: LineProgress


def open_lines(*, resend_ids: Sequence[UUID]) -> list[OpenLine]:
    """The lines of what must be sent once more, with their progress, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"resends": list(resend_ids), "gone": [state.value for state in GONE]})
        return [
            OpenLine(
                id=piece_id,
                resend_id=resend_id,
                line_id=line_id,
                variant_id=variant_id,
                progress=LineProgress(
                    bought=quantity, given_back=0, packed=int(packed), gone=int(gone), delivered=int(delivered)
                ),
            )
            for piece_id, resend_id, line_id, variant_id, quantity, packed, gone, delivered in cursor.fetchall()
        ]


def waiting_resends() -> QuerySet[Resend]:
    """What still has pieces that lie in no parcel; one whose parcel came back is among them again."""
    parts = ShipmentLine.objects.filter(resend_line=OuterRef("pk")).exclude(
        shipment__state__in=[ShipmentState.CANCELLED, ShipmentState.RETURNED]
    )
    packed = Coalesce(Subquery(parts.values("resend_line").annotate(sum=Sum("quantity")).values("sum")), 0)
    loose = ResendLine.objects.filter(resend=OuterRef("pk")).annotate(packed=packed).filter(quantity__gt=F("packed"))
    return Resend.objects.filter(Exists(loose), withdrawn_at=None)


def resend_of(*, asker_kind: str, asker_id: UUID) -> Resend | None:
    """What somebody asked to be sent once more."""
    return Resend.objects.filter(asker_kind=asker_kind, asker_id=asker_id).first()


def resend_by_id(resend_id: UUID) -> Resend:
    """What must be sent once more.

    Raises: NotFound.
    """
    found = Resend.objects.filter(pk=resend_id).first()
    if found is None:
        raise NotFound
    return found


def resends_of_orders(order_ids: Sequence[UUID]) -> dict[UUID, list[Resend]]:
    """What must be sent once more for each order, first the first."""
    found: dict[UUID, list[Resend]] = defaultdict(list)
    for resend in Resend.objects.filter(order_id__in=order_ids, withdrawn_at=None).order_by("asked_at", "pk"):
        found[resend.order_id].append(resend)
    return dict(found)


def resends_of_askers(*, asker_kind: str, asker_ids: Sequence[UUID]) -> dict[UUID, Resend]:
    """What each of these asked to be sent once more."""
    found = Resend.objects.filter(asker_kind=asker_kind, asker_id__in=asker_ids, withdrawn_at=None)
    return {resend.asker_id: resend for resend in found}


def parcels_of_askers(*, asker_kind: str, asker_ids: Sequence[UUID]) -> dict[UUID, list[Shipment]]:
    """The parcels with what each of these asked to be sent once more, first the first."""
    found: dict[UUID, list[Shipment]] = defaultdict(list)
    parcels = Shipment.objects.filter(resend__asker_kind=asker_kind, resend__asker_id__in=asker_ids)
    parcels = parcels.exclude(state=ShipmentState.CANCELLED).select_related("resend")
    for parcel in parcels.order_by("order_id", "position"):
        if parcel.resend is not None:
            found[parcel.resend.asker_id].append(parcel)
    return dict(found)


def pieces_of_resends(resend_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The pieces of what must be sent once more, and how many of them are still to be packed."""
    progress = {each.id: each.progress for each in open_lines(resend_ids=resend_ids)}
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    lines = ResendLine.objects.filter(resend_id__in=resend_ids).select_related("line__picture", "variant__picture")
    for piece in lines.order_by("resend_id", "line__position"):
        found[piece.resend_id].append(
            {
                "id": piece.id,
                "line_id": piece.line_id,
                "title": piece.line.title,
                "option_title": piece.variant.title,
                "sku": piece.variant.sku,
                "picture": piece.variant.picture or piece.line.picture,
                "quantity": piece.quantity,
                "left": progress[piece.id].left,
            }
        )
    return dict(found)


def waits_too_long(resend: Resend, *, left: int, now: datetime) -> bool:
    """Whether something that must be sent once more should have left by now."""
    return left > 0 and resend.asked_at + DISPATCH_WITHIN < now
