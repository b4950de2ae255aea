"""Incoming and outgoing transfers of a bank's statement that fit what we wait for; the rest is a person's."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from backend.orders.actions import wait_longer
from backend.orders.models import Order, OrderKind, OrderState
from backend.orders.rules import is_past_deadline
from backend.payments.errors import TooManyTransfers, TransferNotForThis
from backend.payments.events import StatementMoneyFound
from backend.payments.models import Payment, PaymentState, Refund, RefundState, StatementRow
from backend.payments.ports import TransferTerms
from backend.payments.providers.amounts import yuan
from backend.payments.rules.statements import PAYMENT, REFUND

# Pieces are set aside for days, so one buyer has only so many such orders at once.
MOST_OPEN = 2
OPEN = (PaymentState.CREATED, PaymentState.FAILED)


@transaction.atomic
def wait_for_transfer(*, order_id: UUID, provider: str, terms: TransferTerms, pay_within: int, now: datetime) -> None:
    """Let an unpaid order wait days for a bank transfer; what it asked for stays set aside.

    Only a single order that is large enough, and whose offers do not ask to be paid sooner than others, waits so.

    Raises: TransferNotForThis, TooManyTransfers, NotFound.
    """
    buyer_id = Order.objects.values_list("buyer_id", flat=True).get(pk=order_id)
    advisory_lock("payments.transfer", str(buyer_id))
    order = lock_one(Order, order_id)
    usual = (order.pay_deadline_at - order.placed_at).total_seconds() >= pay_within * 60
    if order.kind != OrderKind.SINGLE or not usual or order.payable_minor < terms.from_minor:
        raise TransferNotForThis(least_text=f"¥{yuan(terms.from_minor)}")
    if is_past_deadline(state=order.state, pay_deadline_at=order.pay_deadline_at, now=now):
        return
    others = Payment.objects.filter(
        provider=provider, state__in=OPEN, expires_at__gt=now,
        order__buyer_id=buyer_id, order__state=OrderState.PENDING_PAYMENT,
    ).exclude(order_id=order_id)  # fmt: skip
    if others.count() >= MOST_OPEN:
        raise TooManyTransfers
    if order.state == OrderState.PENDING_PAYMENT:
        wait_longer(order=order, until=order.placed_at + terms.within)


def take_transfers(*, rows: Sequence[StatementRow], now: datetime) -> set[UUID]:
    """Take in every row that fits: the whole sum of an order that still waits, once, or a refund that went out.

    Emits: StatementMoneyFound.
    """
    told = {row.reference for row in rows if row.kind == PAYMENT and row.reference}
    waiting = {
        payment.reference: payment
        for payment in Payment.objects.filter(
            reference__in=told, state__in=OPEN, expires_at__gt=now, order__state=OrderState.PENDING_PAYMENT
        )
    }
    keys = {row.refund_key for row in rows if row.kind == REFUND and row.refund_key}
    sent = {
        str(refund.id): refund.payment
        for refund in Refund.objects.select_related("payment").filter(pk__in=keys).exclude(state=RefundState.SUCCEEDED)
        if any(row.refund_key == str(refund.id) and row.amount_minor == refund.provider_minor for row in rows)
    }
    taken = set()
    for row in rows:
        fits = sent.get(row.refund_key) if row.kind == REFUND else waiting.get(row.reference)
        if fits is None or fits.provider != row.provider or row.currency != fits.currency:
            continue
        if row.kind == PAYMENT and row.amount_minor != fits.amount_minor:
            continue
        (sent if row.kind == REFUND else waiting).pop(row.refund_key if row.kind == REFUND else row.reference)
        emit(money_found(row, payment_id=fits.id, amount_minor=row.amount_minor, now=now))
        taken.add(row.id)
    return taken


def money_found(
    row: StatementRow,
    *,
    payment_id: UUID,
    amount_minor: int,
    now: datetime,
    difference_id: UUID | None = None,
    sends_back: bool = False,
) -> StatementMoneyFound:
    """The event that takes a movement of a statement in as if its message had come."""
    return StatementMoneyFound(
        difference_id=difference_id, row_id=row.id, payment_id=payment_id, provider=row.provider, kind=row.kind,
        amount_minor=amount_minor, currency=row.currency, provider_reference=row.provider_reference,
        refund_key=row.refund_key, sends_back=sends_back, at=now,
    )  # fmt: skip
