"""What staff do at the payments desk: mark messages as read, try stuck refunds again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.payments.actions.alarm import REFUND_STUCK, close_alert
from backend.payments.errors import AlreadyDecided, RefundNotStuck
from backend.payments.events import RefundRequested
from backend.payments.models import ProviderEvent, Refund, RefundState
from backend.payments.selectors.refunds import stuck_refunds

LONGEST_NOTE = 500


@transaction.atomic
def review_event(*, event_id: UUID, note: str, by: UUID, now: datetime) -> ProviderEvent:
    """Mark a message that was held as read by a person, with what came of it.

    Raises: AlreadyDecided, InvalidInput, NotFound.
    """
    event = lock_one(ProviderEvent, event_id)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput("note")
    if event.reviewed_at is not None:
        raise AlreadyDecided(state="reviewed")
    event.reviewed_at, event.reviewed_by_id, event.review_note = now, by, note.strip()
    event.save(update_fields=["reviewed_at", "reviewed_by", "review_note"])
    return event


@transaction.atomic
def retry_refund(*, refund_id: UUID, now: datetime) -> Refund:
    """Let the worker try a refund again that was given up, under the same key.

    Raises: RefundNotStuck, NotFound.
    Emits: RefundRequested.
    """
    refund = lock_one(Refund, refund_id)
    if refund.state not in (RefundState.MANUAL, RefundState.FAILED):
        raise RefundNotStuck(state=refund.state)
    # One try before it needs a person again; the provider is asked about the key first.
    refund.state, refund.next_attempt_at = RefundState.FAILED, now
    refund.save(update_fields=["state", "next_attempt_at"])
    if not stuck_refunds(now=now).exists():
        close_alert(kind=REFUND_STUCK, now=now)
    emit(
        RefundRequested(
            refund_id=refund.id, payment_id=refund.payment_id, order_id=refund.order_id,
            buyer_id=refund.order.buyer_id, amount_minor=refund.amount_minor, reason=refund.reason, at=now,
        )
    )  # fmt: skip
    return refund
