"""The way to the pay page: agree on a session in one transaction, call the provider outside any, keep what it made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.core.errors import NotFound
from backend.core.locks import lock_one
from backend.orders.models import Order, OrderState
from backend.orders.selectors import own_order
from backend.payments.actions.judge_payment import judge_payment
from backend.payments.actions.start_payment import start_payment
from backend.payments.actions.take_transfers import wait_for_transfer
from backend.payments.errors import (
    OrderNotPayable,
    PayerUnknown,
    PaymentNeedsConfirmation,
    PaymentNotAccepted,
    PaymentUnderReview,
    ProviderNotOffered,
    ProviderRefused,
    ProviderSilent,
    ProviderUnavailable,
)
from backend.payments.models import ChosenProvider, HoldState, Payment, PaymentState, RiskHold
from backend.payments.ports import InsideApp, PaymentOrder, PaySession, offered_providers, provider_named
from backend.payments.selectors import order_subject, own_payment

FIRST_LOOK = timedelta(seconds=90)
# Stripe asks for half an hour at least; what is planned a little longer stays valid for a second try.
SESSION_LIFE = timedelta(minutes=35)
PLAN_IS_GOOD_FOR = timedelta(minutes=3)
LEFT_AT_LEAST = timedelta(seconds=30)
OPEN = (PaymentState.CREATED, PaymentState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDoor:
    """Where the buyer comes from: the site and its host as the browser knows them, and the language to pay in.

    `payer` is whom the app knows them as, in which they pay.
    """

    site: str
    host: str
    locale: str
    device: str = ""
    address: str = ""
    payer: str = ""


@transaction.atomic
def choose_payment(*, order_id: UUID, buyer_id: UUID, provider: str, now: datetime) -> Payment:
    """Pay one's own order in this way, and remember the way for the next time.

    A bank transfer is chosen anew each time, because it takes days.

    Raises: OrderNotPayable, ProviderNotOffered, TransferNotForThis, TooManyTransfers, NotFound.
    """
    order = own_order(order_id=order_id, buyer_id=buyer_id)
    chosen = next((each for each in offered_providers() if each.name == provider), None)
    if chosen is None:
        raise ProviderNotOffered
    if terms := chosen.transfer:
        within = settings.PAY_WITHIN_MINUTES
        wait_for_transfer(order_id=order.id, provider=provider, terms=terms, pay_within=within, now=now)
    payment = start_payment(order_id=order.id, provider=provider, now=now)
    if terms:
        return payment
    ChosenProvider.objects.update_or_create(buyer_id=buyer_id, defaults={"provider": provider, "chosen_at": now})
    return payment


def open_pay_page(*, payment_id: UUID, buyer_id: UUID, door: PayDoor, clock: Callable[[], datetime]) -> str:
    """Give the address at which the buyer pays now. A page that the provider made is used again while it lives.

    Raises: OrderNotPayable, ProviderSilent, PayerUnknown, PaymentNeedsConfirmation, PaymentUnderReview,
    PaymentNotAccepted, NotFound.
    """
    payment = own_payment(payment_id=payment_id, buyer_id=buyer_id)
    provider = provider_named(payment.provider)
    if provider is None:
        raise ProviderSilent
    payment = plan_session(payment_id=payment_id, now=clock())
    _check_hold(
        judge_payment(payment_id=payment_id, buyer_id=buyer_id, device=door.device, address=door.address, now=clock())
    )
    wanted = _wanted(payment, door)
    if url := provider.pay_url(wanted, shop_host=door.host):
        return url
    if payment.session_url:
        return payment.session_url
    if payment.session_until is None:
        raise ProviderSilent
    if isinstance(provider, InsideApp) and not door.payer:
        raise PayerUnknown
    try:
        key = f"{payment.reference}-{payment.session_number}"
        session = provider.open_session(wanted, key=key, until=payment.session_until)
    except (ProviderUnavailable, ProviderRefused) as silence:
        raise ProviderSilent from silence
    keep_session(payment_id=payment.id, number=payment.session_number, session=session)
    return session.url


@transaction.atomic
def plan_session(*, payment_id: UUID, now: datetime) -> Payment:
    """Agree on the session to use: the one that lives, the one that is being made, or the next.

    Two windows that ask at once agree on the same number, so the provider makes one page for both.

    Raises: OrderNotPayable, NotFound.
    """
    order_id = Payment.objects.filter(pk=payment_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound
    order = lock_one(Order, order_id)
    payment = lock_one(Payment, payment_id)
    if order.state != OrderState.PENDING_PAYMENT or payment.state not in OPEN or now >= payment.expires_at:
        raise OrderNotPayable(state=OrderState.CLOSED if now >= payment.expires_at else order.state)
    payment.look_at = now + FIRST_LOOK
    until = payment.session_until
    lives = bool(payment.session_url) and until is not None and now + LEFT_AT_LEAST < until
    planned = until is not None and not payment.session_url and now < until - SESSION_LIFE + PLAN_IS_GOOD_FOR
    if not lives and not planned:
        payment.session_number += 1
        payment.session_id = payment.session_url = ""
        payment.session_until = now + SESSION_LIFE
    payment.save(update_fields=["look_at", "session_number", "session_id", "session_url", "session_until"])
    return payment


@transaction.atomic
def keep_session(*, payment_id: UUID, number: int, session: PaySession) -> bool:
    """Remember the page that the provider made; a page of an older plan is not kept."""
    planned = Payment.objects.filter(pk=payment_id, session_number=number)
    columns = {"session_id": session.id, "session_url": session.url, "session_until": session.expires_at}
    return bool(planned.update(**columns))


@transaction.atomic
def look_again(*, payment_id: UUID, at: datetime | None) -> None:
    """Say when the provider is to be asked about a payment the next time, or that nobody need ask any more."""
    Payment.objects.filter(pk=payment_id).update(look_at=at)


def _check_hold(hold: RiskHold | None) -> None:
    """Insist that nothing unusual waits for an answer."""
    if hold is None or hold.state == HoldState.RELEASED:
        return
    if hold.state == HoldState.CONFIRM:
        raise PaymentNeedsConfirmation
    if hold.state == HoldState.REVIEW:
        raise PaymentUnderReview
    raise PaymentNotAccepted(reason=hold.note)


def _wanted(payment: Payment, door: PayDoor) -> PaymentOrder:
    words = order_subject(order_id=payment.order_id)
    return PaymentOrder(
        reference=payment.reference,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        subject=words.get(door.locale) or next(iter(words.values()), ""),
        expires_at=payment.expires_at,
        return_url=f"{door.site}/pay/{payment.order_id}",
        locale=door.locale,
        is_hold=payment.is_hold,
        payer_address=door.address,
        payer=door.payer,
    )
