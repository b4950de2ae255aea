"""Reads of payments and refunds."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from backend.core.errors import NotFound
from backend.core.rows import rows_where
from backend.orders.models import OrderLine
from backend.payments.models import Payment, ProviderEvent, Refund, RefundState, Verdict

HELD = [
    Verdict.BAD_SIGNATURE,
    Verdict.STALE,
    Verdict.UNREADABLE,
    Verdict.UNKNOWN_PAYMENT,
    Verdict.AMOUNT_MISMATCH,
]


def payment_with_reference(reference: str) -> Payment | None:
    """Find a payment by the reference that the provider knows."""
    return next(iter(rows_where(Payment, "WHERE reference = %s", [reference])), None)


def settling_payment(*, order_id: UUID) -> Payment:
    """The payment that settled an order.

    Raises: NotFound.
    """
    payment = Payment.objects.filter(order_id=order_id, settles_order=True).first()
    if payment is None:
        raise NotFound
    return payment


def settled_minor(*, payment_id: UUID) -> int:
    """How much of a payment has arrived back."""
    arrived = Refund.objects.filter(payment_id=payment_id, state=RefundState.SUCCEEDED)
    return arrived.aggregate(total=Sum("amount_minor"))["total"] or 0


def due_refunds(*, now: datetime, limit: int) -> list[UUID]:
    """The refunds whose next try is due, the longest waiting first."""
    open_ones = Refund.objects.filter(
        state__in=[RefundState.APPROVED, RefundState.SUBMITTED, RefundState.FAILED], next_attempt_at__lte=now
    )
    return list(open_ones.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])


def parked_events(*, reference: str) -> list[ProviderEvent]:
    """The messages about a payment that came before the money did, oldest first."""
    return rows_where(
        ProviderEvent,
        "WHERE reference = %s AND verdict = %s ORDER BY received_at, id",
        [reference, Verdict.PARKED.value],
    )


def latest_payments(order_ids: Sequence[UUID]) -> dict[UUID, Payment]:
    """The payment to show for each order: the one that settled it, else the newest."""
    rows = Payment.objects.filter(order_id__in=order_ids).order_by("order_id", "-settles_order", "-created_at")
    return {payment.order_id: payment for payment in rows.distinct("order_id")}


def refunds_of(order_ids: Sequence[UUID]) -> dict[UUID, list[Refund]]:
    """The refunds of each order, oldest first."""
    found: dict[UUID, list[Refund]] = {order_id: [] for order_id in order_ids}
    for refund in Refund.objects.filter(order_id__in=order_ids).order_by("requested_at", "pk"):
        found[refund.order_id].append(refund)
    return found


def held_events(*, limit: int = 100) -> list[ProviderEvent]:
    """The provider messages that wait for a person, newest first."""
    waiting = [
        Verdict.BAD_SIGNATURE,
        Verdict.STALE,
        Verdict.UNREADABLE,
        Verdict.UNKNOWN_PAYMENT,
        Verdict.AMOUNT_MISMATCH,
    ]
    return list(ProviderEvent.objects.filter(verdict__in=waiting, reviewed_at=None).order_by("-received_at")[:limit])


def refund_with_key(key: str, *, payment_id: UUID) -> Refund | None:
    """Find a refund of a payment by the key that the provider was given."""
    try:
        return Refund.objects.filter(pk=UUID(key), payment_id=payment_id).first()
    except ValueError:
        return None


def order_subject(*, order_id: UUID) -> dict[str, str]:
    """What to write on the pay page, in three languages: the name of the first thing in the order."""
    lines = rows_where(OrderLine, "WHERE order_id = %s ORDER BY position LIMIT 1", [order_id])
    return lines[0].title if lines else {}
