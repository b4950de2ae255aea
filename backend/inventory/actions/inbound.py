"""Goods from a supplier: taken in, looked at by a sample, and then stock or sent back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Variant
from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock, lock_one
from backend.inventory.actions.count_stock import stock_up
from backend.inventory.errors import DeliveryKnown, LineInspected, SupplierStopped, UnknownSku
from backend.inventory.models import InboundDelivery, InboundLine, InboundVerdict
from backend.inventory.ports import Faults, faults_of
from backend.inventory.rules import MOST_ON_HAND
from backend.inventory.sampling import Severity, level_for, plan_for, severity_after
from backend.inventory.selectors import lots_of_supplier

MOST_LINES = 200


@transaction.atomic
def take_delivery(
    *,
    supplier: str,
    note_number: str,
    quantities: Mapping[str, int],
    actor_id: UUID,
    idempotency_key: UUID,
    now: datetime,
    improved: str = "",
) -> InboundDelivery:
    """Take in what a supplier brought, by article number, and work out how many pieces of each are looked at.

    Goods that were refused too often come in again once somebody writes what the supplier improved.

    Raises: DeliveryKnown, UnknownSku, SupplierStopped, InvalidInput, KeyReused.
    """
    key: dict[str, Any] = {"principal_id": actor_id, "action": "take_delivery", "key": idempotency_key}
    request = {"supplier": supplier, "note": note_number, "lines": dict(quantities), "improved": improved}
    if answered := replay_or_reserve(**key, request=request):
        return InboundDelivery.objects.get(pk=answered["deliveryId"])
    supplier = _words(supplier, field="supplier", longest=80)
    note_number = _words(note_number, field="noteNumber", longest=40).upper()
    improved = _words(improved, field="improved", longest=300) if improved.strip() else ""
    if not 1 <= len(quantities) <= MOST_LINES:
        raise InvalidInput("lines")
    advisory_lock("inventory.inbound", f"{supplier} {note_number}")
    if InboundDelivery.objects.filter(supplier=supplier, note_number=note_number).exists():
        raise DeliveryKnown(note_number=note_number)
    variants = _variants(quantities)
    delivery = InboundDelivery.objects.create(
        supplier=supplier, note_number=note_number, improved=improved, taken_by_id=actor_id, arrived_at=now
    )
    InboundLine.objects.bulk_create(_lines(delivery, [(variants[sku], count) for sku, count in quantities.items()]))
    remember(**key, answer={"deliveryId": delivery.id})
    return delivery


@transaction.atomic
def inspect_line(*, line_id: UUID, defects: int, note: str, actor_id: UUID, now: datetime) -> InboundLine:
    """Note how many faulty pieces the sample held; the table says whether the goods become stock or go back.

    Raises: LineInspected, NotFound, InvalidInput.
    Emits: AvailabilityChanged.
    """
    line = lock_one(InboundLine, line_id)
    if line.verdict:
        raise LineInspected
    if not 0 <= defects <= line.sample_size:
        raise InvalidInput("defects")
    is_good = defects <= line.accept_number
    line.defects, line.note = defects, " ".join(note.split())[:300]
    line.verdict = InboundVerdict.ACCEPTED if is_good else InboundVerdict.REJECTED
    line.inspected_by_id, line.inspected_at = actor_id, now
    line.save(update_fields=["defects", "note", "verdict", "inspected_by", "inspected_at"])
    if is_good:
        delivery = InboundDelivery.objects.get(pk=line.delivery_id)
        stock_up(
            quantities={line.variant_id: line.quantity},
            actor_id=actor_id,
            reason=str(delivery),
            reference=f"inbound:{line.id}",
            now=now,
        )
    return line


def _lines(delivery: InboundDelivery, pieces: Sequence[tuple[Variant, int]]) -> Iterator[InboundLine]:
    """Each kind of a delivery with its sample: by what buyers sent back of it, and what became of earlier lots."""
    products = [variant.product_id for variant, _count in pieces]
    faults = faults_of(products, now=delivery.arrived_at)
    lots = lots_of_supplier(delivery.supplier, products)
    for variant, quantity in pieces:
        known = faults.get(variant.product_id, Faults(0, 0))
        level = level_for(sold=known.sold, faulty=known.faulty)
        severity = severity_after(lots.get(variant.product_id, ()))
        if severity == Severity.STOPPED and not delivery.improved:
            raise SupplierStopped(sku=variant.sku)
        if severity != Severity.NORMAL:
            severity = Severity.TIGHTENED
        plan = plan_for(quantity=quantity, level=level, severity=severity)
        yield InboundLine(
            delivery=delivery,
            variant=variant,
            quantity=quantity,
            level=level,
            severity=severity,
            sample_size=plan.sample_size,
            accept_number=plan.accept_number,
        )


def _variants(quantities: Mapping[str, int]) -> dict[str, Variant]:
    """The variants behind the article numbers."""
    known = {variant.sku: variant for variant in Variant.objects.filter(sku__in=quantities)}
    for sku, quantity in quantities.items():
        if sku not in known:
            raise UnknownSku(sku=sku[:60])
        if not 1 <= quantity <= MOST_ON_HAND:
            raise InvalidInput("lines")
    return known


def _words(text: str, *, field: str, longest: int) -> str:
    words = " ".join(text.split())
    if not 1 <= len(words) <= longest or "\x00" in words:
        raise InvalidInput(field)
    return words
