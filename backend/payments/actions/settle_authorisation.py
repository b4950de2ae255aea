"""What became of money that was held: it was taken, it was released, or it can never be taken any more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.orders.actions import confirm_order
from backend.orders.models import Order, OrderState
from backend.payments.actions.capture_payment import capture_payment
from backend.payments.actions.request_refund import request_refund
from backend.payments.actions.store_credit import hold_wallet_of, spend_held_credit
from backend.payments.events import AuthorisationCaptured, AuthorisationLost, AuthorisationVoided
from backend.payments.models import Authorisation, AuthorisationState, Payment, PaymentState
from backend.payments.rules import HELD_FOR_GROUP, SALES

S = AuthorisationState
TAKEN_AFTER_END = "captured_after_end"
LONGEST_PROBLEM = 300


@transaction.atomic
def record_capture(*, payment_id: UUID, now: datetime) -> bool:
    """Record that money which was held is in, once, and confirm the order that waited for it.

    Money that was taken before its group was full is held for the group, as if it had been paid at once. Money of an
    order that was given up meanwhile goes back.

    Raises: NotFound.
    Emits: PaymentCaptured, OrderConfirmed, AuthorisationCaptured, RefundRequested.
    """
    order, payment = _hold(payment_id)
    held = Authorisation.objects.get(pk=payment_id)
    ended = Authorisation.objects.filter(pk=payment_id).exclude(state=S.CAPTURED)
    if not ended.update(state=S.CAPTURED, settled_at=now, next_attempt_at=None, problem=""):
        return False
    waits = order.state == OrderState.AWAITING_GROUP and payment.settles_order
    capture_payment(
        payment=payment,
        booked_in=HELD_FOR_GROUP if waits and held.state == S.HELD else SALES,
        settles_order=payment.settles_order,
        provider_reference=payment.provider_reference,
        credit_minor=spend_held_credit(order_id=order.id, now=now) if waits else 0,
        now=now,
    )
    if not waits:
        request_refund(order_id=order.id, payment_id=payment.id, reason=TAKEN_AFTER_END, cause=TAKEN_AFTER_END, now=now)
        return True
    if held.state == S.CAPTURE_DUE:
        confirm_order(order=order, now=now)
    emit(AuthorisationCaptured(**_facts(payment, order), at=now))
    return True


@transaction.atomic
def record_void(*, payment_id: UUID, now: datetime) -> bool:
    """Record that money which was to be released is free again, once.

    Raises: NotFound.
    Emits: AuthorisationVoided.
    """
    order, payment = _hold(payment_id)
    if not _end(payment, from_states=[S.VOID_DUE], into=S.VOIDED, now=now):
        return False
    emit(AuthorisationVoided(**_facts(payment, order), settles_order=payment.settles_order, at=now))
    return True


@transaction.atomic
def lose_authorisation(*, payment_id: UUID, problem: str, now: datetime) -> bool:
    """Record that money which was held can never be taken any more, once: its order has to be given up.

    Raises: NotFound.
    Emits: AuthorisationLost.
    """
    order, payment = _hold(payment_id)
    if not _end(payment, from_states=[S.HELD, S.CAPTURE_DUE], into=S.LOST, problem=problem, now=now):
        return False
    emit(AuthorisationLost(**_facts(payment, order), problem=problem[:LONGEST_PROBLEM], at=now))
    return True


def note_authorisation_ended(*, payment_id: UUID, now: datetime) -> bool:
    """Take in that the provider holds the money no longer: as we asked it to, or of its own accord.

    Raises: NotFound.
    Emits: AuthorisationVoided, AuthorisationLost.
    """
    if record_void(payment_id=payment_id, now=now):
        return True
    return lose_authorisation(payment_id=payment_id, problem="the provider holds it no longer", now=now)


def _hold(payment_id: UUID) -> tuple[Order, Payment]:
    order_id = Payment.objects.filter(pk=payment_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound
    hold_wallet_of(order_id=order_id)
    order = lock_one(Order, order_id)
    payment = lock_one(Payment, payment_id)
    payment.order = order
    return order, payment


def _end(
    payment: Payment,
    *,
    from_states: list[AuthorisationState],
    into: AuthorisationState,
    now: datetime,
    problem: str = "",
) -> bool:
    columns = {"state": into, "settled_at": now, "next_attempt_at": None, "problem": problem[:LONGEST_PROBLEM]}
    if not Authorisation.objects.filter(pk=payment.pk, state__in=from_states).update(**columns):
        return False
    payment.state = PaymentState.VOIDED
    payment.save(update_fields=["state"])
    return True


def _facts(payment: Payment, order: Order) -> dict[str, Any]:
    return {
        "payment_id": payment.pk,
        "order_id": order.pk,
        "buyer_id": order.buyer_id,
        "amount_minor": payment.amount_minor,
    }
