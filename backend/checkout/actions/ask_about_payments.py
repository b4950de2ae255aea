"""Asking the provider about payments of which no word has come, so that a lost message strands no money."""

from collections.abc import Callable
from datetime import datetime, timedelta

from backend.checkout.actions.receive_notice import receive_notice
from backend.payments.actions import look_again
from backend.payments.errors import ProviderRefused, ProviderUnavailable
from backend.payments.models import Payment, PaymentState
from backend.payments.ports import Notice, PaymentAnswer, Standing, provider_named
from backend.payments.selectors import known_payment, payments_to_look_at

PAUSE = timedelta(minutes=4)
# Money that comes later than this is found by its message, or in the provider's statement.
LOOKED_AT_AFTER_END = timedelta(minutes=10)
THERE = (Standing.SUCCEEDED, Standing.HELD)
WAITED_FOR = (PaymentState.CREATED, PaymentState.FAILED, PaymentState.EXPIRED)


def ask_about_payments(*, clock: Callable[[], datetime], limit: int = 50) -> int:
    """Ask about the payments whose time has come; money that is in is taken as if the message had come.

    Emits: whatever the money decides.
    """
    waiting = payments_to_look_at(now=clock(), limit=limit)
    return sum(_ask(payment, clock=clock) for payment in waiting)


def _ask(payment: Payment, *, clock: Callable[[], datetime]) -> bool:
    provider = provider_named(payment.provider)
    if payment.state not in WAITED_FOR or provider is None:
        look_again(payment_id=payment.id, at=None)
        return False
    is_over = clock() >= payment.expires_at + LOOKED_AT_AFTER_END
    try:
        answer = provider.payment_standing(payment=known_payment(payment))
        if is_over and answer.standing not in THERE:
            provider.close_session(payment=known_payment(payment))
    except (ProviderUnavailable, ProviderRefused):
        look_again(payment_id=payment.id, at=clock() + PAUSE)
        return False
    if answer.standing in THERE:
        receive_notice(notice=_as_notice(payment, answer), now=clock())
    is_done = is_over or answer.standing in THERE
    look_again(payment_id=payment.id, at=None if is_done else clock() + PAUSE)
    return answer.standing in THERE


def _as_notice(payment: Payment, answer: PaymentAnswer) -> Notice:
    return Notice(
        provider=payment.provider,
        event_id=f"asked:{payment.reference}",
        kind="payment.authorised" if answer.standing is Standing.HELD else "payment.succeeded",
        reference=payment.reference,
        amount_minor=answer.amount_minor,
        currency=answer.currency,
        provider_reference=answer.provider_reference,
        body=b'{"source": "asked"}',
    )
