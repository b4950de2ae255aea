"""Asking the provider to take or to release money that it holds: claim, call outside any transaction, record."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.payments.actions.settle_authorisation import (
    LONGEST_PROBLEM,
    lose_authorisation,
    note_authorisation_ended,
    record_capture,
    record_void,
)
from backend.payments.errors import ProviderRefused, ProviderUnavailable
from backend.payments.models import Authorisation, AuthorisationState
from backend.payments.ports import Standing, require_provider
from backend.payments.rules import next_attempt
from backend.payments.selectors import due_authorisations, known_payment

S = AuthorisationState
DUE = [S.CAPTURE_DUE, S.VOID_DUE]


def submit_due_authorisations(*, clock: Callable[[], datetime], limit: int = 50) -> int:
    """Ask the providers to take or release all money whose time has come, and say of how many payments."""
    due = due_authorisations(now=clock(), limit=limit)
    return sum(submit_authorisation(payment_id=payment_id, clock=clock) for payment_id in due)


def submit_authorisation(*, payment_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Ask the provider to take or release the money of one payment, unless another worker does so now.

    The key says what is asked for, so asking again takes or releases once. When an answer was lost the provider is
    asked what became of the money. What the provider refuses to take for good is lost; so is what it did not take
    before the time for which it holds money was over.

    Emits: PaymentCaptured, OrderConfirmed, AuthorisationCaptured, AuthorisationVoided, AuthorisationLost,
        RefundRequested.
    """
    due = _claim(payment_id, now=clock())
    if due is None:
        return False
    try:
        standing = _ask(due)
    except ProviderRefused as refused:
        _give_up(due, problem=str(refused), now=clock())
        return True
    except ProviderUnavailable as silence:
        _note(due, problem=f"no answer: {silence}", now=clock())
        return True
    _record(due, standing, now=clock())
    return True


@transaction.atomic
def _claim(payment_id: UUID, *, now: datetime) -> Authorisation | None:
    """Take what is due; from now on a capture is not called off, and its next try is planned before this one begins."""
    due = (
        Authorisation.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .filter(pk=payment_id, state__in=DUE, next_attempt_at__lte=now)
        .first()
    )
    if due is None:
        return None
    due.attempts += 1
    due.next_attempt_at = next_attempt(attempts=due.attempts, now=now)
    due.save(update_fields=["attempts", "next_attempt_at"])
    return due


def _ask(due: Authorisation) -> Standing:
    provider, payment = require_provider(due.payment.provider), known_payment(due.payment)
    if due.attempts > 1:
        standing = provider.payment_standing(payment=payment).standing
        if standing in (Standing.SUCCEEDED, Standing.FAILED):
            return standing
    ask = provider.capture if due.state == S.CAPTURE_DUE else provider.void
    return ask(key=f"{payment.reference}-{due.state.split('_')[0].lower()}", payment=payment)


def _record(due: Authorisation, standing: Standing, *, now: datetime) -> None:
    """Write down what the provider says. Money that is in is in, whatever was asked for."""
    if standing is Standing.SUCCEEDED:
        record_capture(payment_id=due.pk, now=now)
    elif standing is Standing.FAILED:
        note_authorisation_ended(payment_id=due.pk, now=now)
    elif now >= due.held_until:
        _give_up(due, problem="the provider's time is over", now=now)


def _give_up(due: Authorisation, *, problem: str, now: datetime) -> None:
    """What cannot be taken is lost; what cannot be released frees itself when its time is over."""
    if due.state == S.CAPTURE_DUE:
        lose_authorisation(payment_id=due.pk, problem=problem, now=now)
    elif now >= due.held_until:
        record_void(payment_id=due.pk, now=now)
    else:
        _note(due, problem=problem, now=now)


def _note(due: Authorisation, *, problem: str, now: datetime) -> None:
    """Keep what went wrong; when the money is held no longer there is nothing more to ask for."""
    Authorisation.objects.filter(pk=due.pk, state__in=DUE).update(problem=problem[:LONGEST_PROBLEM])
    if now >= due.held_until:
        _give_up(due, problem=problem, now=now)
