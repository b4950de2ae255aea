"""Money that the provider holds: noting it, and deciding whether it is taken or released. Nobody calls out here."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from backend.core.outbox import emit
from backend.payments.actions.capture_payment import OPEN
from backend.payments.events import AuthorisationDecided
from backend.payments.models import Authorisation, AuthorisationState, Payment, PaymentState
from backend.payments.ports import require_provider

S = AuthorisationState


@transaction.atomic(savepoint=False)
def authorise_payment(*, payment: Payment, settles_order: bool, provider_reference: str, now: datetime) -> bool:
    """Record that the provider holds the whole amount of a payment, once; a repeat answers False.

    Nothing is booked: the money is the buyer's until it is captured.
    """
    life = require_provider(payment.provider).authorises_for
    if life is None:
        raise RuntimeError(f"{payment.provider} holds no money, yet says so of {payment.pk}.")
    columns = {
        "state": PaymentState.AUTHORISED,
        "settles_order": settles_order,
        "provider_reference": provider_reference,
    }
    if not Payment.objects.filter(pk=payment.pk, state__in=OPEN).update(**columns):
        payment.refresh_from_db()
        return False
    for name, value in columns.items():
        setattr(payment, name, value)
    Authorisation.objects.create(payment=payment, authorised_at=now, held_until=now + life)
    return True


@transaction.atomic(savepoint=False)
def decide_capture(*, payment: Payment, now: datetime) -> bool:
    """Decide that the money of a payment whose row is held is taken; once it is to be released it is not.

    Emits: AuthorisationDecided.
    """
    return _decide(payment, Q(state=S.HELD), into=S.CAPTURE_DUE, now=now)


@transaction.atomic(savepoint=False)
def decide_void(*, payment: Payment, now: datetime) -> bool:
    """Decide that the money of a payment whose row is held is released.

    A capture that the provider was already asked for is not called off: what it takes is refunded when it is in.

    Emits: AuthorisationDecided.
    """
    return _decide(payment, Q(state=S.HELD) | Q(state=S.CAPTURE_DUE, attempts=0), into=S.VOID_DUE, now=now)


def _decide(payment: Payment, condition: Q, *, into: AuthorisationState, now: datetime) -> bool:
    decided = Authorisation.objects.filter(condition, pk=payment.pk).update(
        state=into, decided_at=now, next_attempt_at=now
    )
    if decided:
        is_capture = into == S.CAPTURE_DUE
        emit(AuthorisationDecided(payment_id=payment.pk, order_id=payment.order_id, is_capture=is_capture, at=now))
    return bool(decided)
