"""Money that came in, and where it is booked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.payments.events import PaymentCaptured
from backend.payments.models import Payment, PaymentState
from backend.payments.rules import HELD_FOR_GROUP, PROVIDER_CASH, SALES, STORE_CREDIT

OPEN = [PaymentState.CREATED, PaymentState.FAILED, PaymentState.EXPIRED]
# Money that was released may have been taken at the provider all the same; what is in has to be known.
NOT_TAKEN = [*OPEN, PaymentState.AUTHORISED, PaymentState.VOIDED]


@transaction.atomic(savepoint=False)
def capture_payment(
    *,
    payment: Payment,
    booked_in: str,
    settles_order: bool,
    provider_reference: str,
    now: datetime,
    credit_minor: int = 0,
) -> bool:
    """Record that the whole amount of a payment is in, once; a repeat answers False and changes nothing.

    `credit_minor` is what the order pays from store credit beside it; it leaves the wallet in the same transfer.

    Emits: PaymentCaptured.
    """
    columns = {
        "state": PaymentState.SUCCEEDED,
        "captured_minor": payment.amount_minor,
        "captured_at": now,
        "credit_minor": credit_minor,
        "settles_order": settles_order,
        "booked_in": booked_in,
        "provider_reference": provider_reference,
    }
    if not Payment.objects.filter(pk=payment.pk, state__in=NOT_TAKEN).update(**columns):
        payment.refresh_from_db()
        return False
    for name, value in columns.items():
        setattr(payment, name, value)
    out_of = [
        Leg(PROVIDER_CASH, None, -payment.amount_minor, payment.currency),
        Leg(STORE_CREDIT, payment.order.buyer_id, -credit_minor, payment.currency),
    ]
    _book(payment, kind="capture", out_of=out_of, into=booked_in, now=now)
    emit(
        PaymentCaptured(
            payment_id=payment.id,
            order_id=payment.order_id,
            buyer_id=payment.order.buyer_id,
            amount_minor=payment.amount_minor,
            at=now,
        )
    )
    return True


@transaction.atomic(savepoint=False)
def book_as_sale(*, payment: Payment, now: datetime) -> None:
    """Move money that was held for a group to the sales, because the group is full."""
    if payment.booked_in != HELD_FOR_GROUP:
        return
    payment.booked_in = SALES
    payment.save(update_fields=["booked_in"])
    left = payment.captured_minor + payment.credit_minor - payment.refunded_minor - payment.credit_refunded_minor
    _book(payment, kind="keep", out_of=[Leg(HELD_FOR_GROUP, None, -left, payment.currency)], into=SALES, now=now)


@transaction.atomic(savepoint=False)
def fail_payment(*, payment: Payment) -> bool:
    """Note that a try to pay failed; the buyer may try again on the same payment."""
    failed = Payment.objects.filter(pk=payment.pk, state=PaymentState.CREATED).update(state=PaymentState.FAILED)
    payment.refresh_from_db()
    return bool(failed)


def _book(payment: Payment, *, kind: str, out_of: Sequence[Leg], into: str, now: datetime) -> None:
    moved = [leg for leg in out_of if leg.amount]
    if not moved:
        return
    post_transfer(
        kind=kind,
        source=("payment", payment.id),
        legs=[*moved, Leg(into, None, -sum(leg.amount for leg in moved), payment.currency)],
        facts={"orderId": payment.order_id},
        now=now,
    )
