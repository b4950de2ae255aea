"""One authentic message from a provider, written down and applied in the same transaction."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from backend.checkout.actions.holding import hold_order, release_adjustments
from backend.checkout.actions.settle_payment import settle_payment
from backend.inventory.actions import release
from backend.orders.models import OrderState
from backend.orders.rules import NOT_YET_SENT
from backend.payments.actions import (
    fail_payment,
    give_verdict,
    note_authorisation_ended,
    note_payer,
    note_refund_failed,
    record_capture,
    record_event,
    record_provider_refund,
    settle_refund,
)
from backend.payments.models import Payment, PaymentState, ProviderEvent, Verdict
from backend.payments.ports import Notice
from backend.payments.rules import BY_PROVIDER
from backend.payments.selectors import (
    parked_events,
    payment_with_provider_reference,
    payment_with_reference,
    refund_with_key,
)

HELD_BEFORE = (PaymentState.AUTHORISED, PaymentState.VOIDED)


@transaction.atomic
def receive_notice(*, notice: Notice, now: datetime) -> Verdict:
    """Apply a provider's message once, however often and in whatever order it comes.

    Emits: ProviderEventHeld, and whatever its content decides.
    """
    notice = _with_reference(notice)
    event = record_event(notice=notice, now=now)
    if event is None:
        return Verdict.REPEATED
    payment = payment_with_reference(notice.reference)
    if payment is None or payment.provider != notice.provider:
        verdict = Verdict.UNKNOWN_PAYMENT
    else:
        if notice.payer:
            # Before the money is taken in: who pays may decide about the seat.
            note_payer(payment_id=payment.id, payer=notice.payer, now=now)
        verdict = _apply(
            event, payment, currency=notice.currency, provider_reference=notice.provider_reference, now=now
        )
    give_verdict(event=event, verdict=verdict, now=now)
    return verdict


def _apply(event: ProviderEvent, payment: Payment, *, currency: str, provider_reference: str, now: datetime) -> Verdict:
    match event.kind:
        case "payment.authorised" if not payment.is_hold:
            return Verdict.IGNORED
        case "payment.succeeded" if payment.state in HELD_BEFORE:
            return _apply_capture(event, payment, currency=currency, provider_reference=provider_reference, now=now)
        case "payment.succeeded" | "payment.authorised":
            verdict = settle_payment(
                payment=payment,
                amount_minor=event.amount_minor,
                currency=currency,
                provider_reference=provider_reference,
                is_hold=event.kind == "payment.authorised",
                now=now,
            )
            if verdict is Verdict.APPLIED:
                _unpark(payment, now=now)
            return verdict
    return _apply_rest(event, payment, now=now)


def _apply_rest(event: ProviderEvent, payment: Payment, *, now: datetime) -> Verdict:
    """Whatever does not bring money."""
    match event.kind:
        case "payment.voided" if note_authorisation_ended(payment_id=payment.id, now=now):
            return Verdict.APPLIED
        case "payment.failed" if fail_payment(payment=payment):
            return Verdict.APPLIED
        case "refund.succeeded":
            return _apply_refund(event, payment, now=now)
        case "refund.failed":
            return _apply_failed_refund(event, payment, now=now)
        case "refund.noticed" if refund_with_key(event.refund_key, payment_id=payment.id):
            return Verdict.IGNORED
        case "refund.noticed" | "refund.unasked":
            return Verdict.UNASKED_REFUND
        case "payment.disputed":
            return Verdict.DISPUTED
    return Verdict.IGNORED


def _apply_capture(
    event: ProviderEvent, payment: Payment, *, currency: str, provider_reference: str, now: datetime
) -> Verdict:
    """Take in money that was held before. A provider takes all of it or nothing."""
    if (event.amount_minor, currency) != (payment.amount_minor, payment.currency):
        return Verdict.AMOUNT_MISMATCH
    if provider_reference and provider_reference != payment.provider_reference:
        return Verdict.SECOND_CHARGE
    if not record_capture(payment_id=payment.id, now=now):
        return Verdict.REPEATED
    _unpark(payment, now=now)
    return Verdict.APPLIED


def _with_reference(notice: Notice) -> Notice:
    """Name our payment where the provider only told its own number."""
    if notice.reference or not notice.provider_reference:
        return notice
    payment = payment_with_provider_reference(notice.provider, notice.provider_reference)
    return replace(notice, reference=payment.reference) if payment else notice


def _apply_refund(event: ProviderEvent, payment: Payment, *, now: datetime) -> Verdict:
    """Settle the refund we asked for, record one the provider made by itself, or park it until the money is in.

    An order that nobody has sent yet and whose whole money is gone gives back what it held.
    """
    if refund := refund_with_key(event.refund_key, payment_id=payment.id):
        if refund.provider_minor != event.amount_minor:
            return Verdict.AMOUNT_MISMATCH
        return Verdict.APPLIED if settle_refund(refund_id=refund.id, now=now) else Verdict.REPEATED
    payment.refresh_from_db()
    if payment.captured_at is None:
        return Verdict.PARKED
    held = hold_order(payment.order_id)
    was_in_the_house = held.order.state in NOT_YET_SENT
    cause = f"provider:{event.refund_key or event.event_id}"
    recorded = record_provider_refund(payment=payment, amount_minor=event.amount_minor, cause=cause, now=now)
    held.order.refresh_from_db()
    if was_in_the_house and held.order.state == OrderState.REFUNDED:
        release_adjustments(held, reason=BY_PROVIDER, now=now)
        release(order_id=held.order.id, now=now)
    return Verdict.AMOUNT_MISMATCH if recorded is None else Verdict.APPLIED


def _apply_failed_refund(event: ProviderEvent, payment: Payment, *, now: datetime) -> Verdict:
    refund = refund_with_key(event.refund_key, payment_id=payment.id)
    if refund is None:
        return Verdict.IGNORED
    note_refund_failed(refund_id=refund.id, problem="the provider says that it failed", now=now)
    return Verdict.APPLIED


def _unpark(payment: Payment, *, now: datetime) -> None:
    """Apply what came before the money did."""
    for event in parked_events(reference=payment.reference):
        give_verdict(event=event, verdict=_apply_refund(event, payment, now=now), now=now)
