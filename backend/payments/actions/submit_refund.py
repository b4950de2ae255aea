"""Asking the provider for a refund: claim in one transaction, call outside any, record in another."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.payments.actions.settle_refund import note_refund_failed, settle_refund
from backend.payments.errors import ProviderNeedsPerson, ProviderRefused, ProviderUnavailable
from backend.payments.models import Refund, RefundState
from backend.payments.ports import Standing, require_provider
from backend.payments.rules import next_attempt
from backend.payments.selectors import due_refunds, known_payment

TO_DO = [RefundState.APPROVED, RefundState.SUBMITTED, RefundState.FAILED]


def submit_due_refunds(*, clock: Callable[[], datetime], limit: int = 50) -> int:
    """Ask the providers for every refund whose time has come, and say how many were asked for."""
    due = due_refunds(now=clock(), limit=limit)
    return sum(submit_refund(refund_id=refund_id, clock=clock) for refund_id in due)


def submit_refund(*, refund_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Ask the provider for one refund, unless another worker does so now.

    The refund's id is the key at the provider. When the answer was lost the provider is asked what became
    of the key; the refund is never asked for under another key.

    Emits: RefundSettled, OrderRefunded, RefundNeedsHelp.
    """
    refund = _claim(refund_id, now=clock())
    if refund is None:
        return False
    try:
        standing = _ask(refund)
    except ProviderRefused as refused:
        is_final = isinstance(refused, ProviderNeedsPerson)
        note_refund_failed(refund_id=refund.id, problem=str(refused), now=clock(), is_final=is_final)
        return True
    except ProviderUnavailable as silence:
        note_refund_failed(refund_id=refund.id, problem=f"no answer: {silence}", now=clock())
        return True
    if standing is Standing.SUCCEEDED:
        settle_refund(refund_id=refund.id, now=clock())
    elif standing is Standing.FAILED:
        note_refund_failed(refund_id=refund.id, problem="the provider says that it failed", now=clock())
    return True


@transaction.atomic
def _claim(refund_id: UUID, *, now: datetime) -> Refund | None:
    """Take a refund whose time has come; its next try is planned before this one begins."""
    refund = (
        Refund.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .filter(pk=refund_id, state__in=TO_DO, next_attempt_at__lte=now)
        .first()
    )
    if refund is None:
        return None
    refund.attempts += 1
    refund.state = RefundState.SUBMITTED
    refund.next_attempt_at = next_attempt(attempts=refund.attempts, now=now)
    refund.save(update_fields=["attempts", "state", "next_attempt_at"])
    return refund


def _ask(refund: Refund) -> Standing:
    provider, payment = require_provider(refund.payment.provider), known_payment(refund.payment)
    key = str(refund.id)
    if refund.attempts > 1:
        standing = provider.refund_standing(key=key, payment=payment)
        if standing in (Standing.SUCCEEDED, Standing.PENDING):
            return standing
    return provider.refund(key=key, payment=payment, amount_minor=refund.provider_minor)
