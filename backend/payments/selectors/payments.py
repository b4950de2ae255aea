"""Reads of payments and refunds."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from backend.core.errors import NotFound
from backend.core.paging import Keyset, Page
from backend.core.rows import rows_where
from backend.ledger.selectors import balance, statement
from backend.orders.models import OrderLine
from backend.payments.models import (
    Authorisation,
    AuthorisationState,
    ChosenProvider,
    Payment,
    ProviderEvent,
    Refund,
    RefundState,
    Verdict,
    Wallet,
)
from backend.payments.ports import KnownPayment, offered_providers
from backend.payments.rules import STORE_CREDIT

HELD = [
    Verdict.BAD_SIGNATURE,
    Verdict.STALE,
    Verdict.UNREADABLE,
    Verdict.UNKNOWN_PAYMENT,
    Verdict.AMOUNT_MISMATCH,
    Verdict.SECOND_CHARGE,
    Verdict.DISPUTED,
    Verdict.UNASKED_REFUND,
]


def known_payment(payment: Payment) -> KnownPayment:
    """A payment in the words that its provider understands."""
    return KnownPayment(
        reference=payment.reference,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        session_id=payment.session_id,
        provider_reference=payment.provider_reference,
    )


def own_payment(*, payment_id: UUID, buyer_id: UUID) -> Payment:
    """A payment of this buyer.

    Raises: NotFound.
    """
    payment = Payment.objects.select_related("order").filter(pk=payment_id, order__buyer_id=buyer_id).first()
    if payment is None:
        raise NotFound
    return payment


def chosen_provider(*, buyer_id: UUID) -> str:
    """How this buyer pays: as the last time if that is still offered, else the first way that is offered."""
    offered = [provider.name for provider in offered_providers()]
    chosen = ChosenProvider.objects.filter(pk=buyer_id).values_list("provider", flat=True).first()
    if chosen in offered:
        return str(chosen)
    return settings.PAYMENT_PROVIDER if settings.PAYMENT_PROVIDER in offered or not offered else offered[0]


def payment_with_provider_reference(provider: str, reference: str) -> Payment | None:
    """Find a payment by the number that the provider gave it; of several, none."""
    found = rows_where(
        Payment, "WHERE provider = %s AND provider_reference = %s AND provider_reference <> '' LIMIT 2",
        [provider, reference],
    )  # fmt: skip
    return found[0] if len(found) == 1 else None


def payments_to_look_at(*, now: datetime, limit: int) -> list[Payment]:
    """Payments that the provider should be asked about, because no word of it has come."""
    return list(Payment.objects.filter(look_at__lte=now).order_by("look_at")[:limit])


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


def due_authorisations(*, now: datetime, limit: int) -> list[UUID]:
    """The payments whose held money is to be taken or released now, the longest waiting first."""
    due = Authorisation.objects.filter(
        state__in=[AuthorisationState.CAPTURE_DUE, AuthorisationState.VOID_DUE], next_attempt_at__lte=now
    )
    return list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])


def authorisations_of(payment_ids: Sequence[UUID]) -> dict[UUID, Authorisation]:
    """What became of held money, by payment."""
    return {row.pk: row for row in Authorisation.objects.filter(pk__in=payment_ids)}


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
    return list(ProviderEvent.objects.filter(verdict__in=HELD, reviewed_at=None).order_by("-received_at")[:limit])


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


def available_credit(owner_id: UUID) -> int:
    """The store credit that a person may spend now: the balance without what waits for unpaid orders."""
    held = Wallet.objects.filter(pk=owner_id).values_list("held_minor", flat=True).first() or 0
    return max(0, balance(kind=STORE_CREDIT, owner_id=owner_id) - held)


def wallet_of(owner_id: UUID) -> dict[str, int]:
    """What a person's wallet holds, and how much of it waits for unpaid orders."""
    held = Wallet.objects.filter(pk=owner_id).values_list("held_minor", flat=True).first() or 0
    return {"balance_minor": balance(kind=STORE_CREDIT, owner_id=owner_id), "held_minor": held}


def wallet_entries(*, owner_id: UUID, first: int | None, after: str | None) -> Page:
    """What came into a wallet and left it, newest first, each with its cause.

    Raises: InvalidInput.
    """
    keyset = Keyset("-id", first=first, after=after)
    before = keyset.after[0] if keyset.after else None
    lines = statement(kind=STORE_CREDIT, owner_id=owner_id, first=keyset.limit, before=before)
    return keyset.page([{"id": line.posting_id, "line": line} for line in lines])
