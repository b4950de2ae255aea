"""Paying inside an app: a payment of its own there, and learning from the app who pays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.payments.actions.start_payment import start_payment
from backend.payments.errors import PayerUnknown, ProviderRefused, ProviderSilent, ProviderUnavailable
from backend.payments.models import Payment
from backend.payments.ports import InsideApp, provider_in_browser, provider_named
from backend.payments.selectors import own_payment


@transaction.atomic
def payment_in_browser(*, payment_id: UUID, buyer_id: UUID, browser: str, now: datetime) -> Payment:
    """Hand back the payment that can be paid in this browser.

    An app trades under a number of its own, so inside of it the same order has another payment than outside. Two ways
    at once are nothing new: the first whose money comes settles the order.

    Raises: OrderNotPayable, NotFound.
    """
    payment = own_payment(payment_id=payment_id, buyer_id=buyer_id)
    provider = provider_in_browser(payment.provider, browser)
    if provider == payment.provider:
        return payment
    return start_payment(order_id=payment.order_id, provider=provider, now=now)


def way_to_payer(*, provider: str, back: str, state: str) -> str:
    """Where the app says who pays.

    Raises: ProviderSilent.
    """
    return _inside(provider).ask_url(back=back, state=state)


def payer_told(*, payment_id: UUID, buyer_id: UUID, code: str) -> str:
    """Who pays, as the app says to who shows its code.

    Raises: PayerUnknown, ProviderSilent, NotFound.
    """
    payment = own_payment(payment_id=payment_id, buyer_id=buyer_id)
    try:
        return _inside(payment.provider).payer_with(code=code)
    except ProviderRefused as refused:
        raise PayerUnknown from refused
    except ProviderUnavailable as silence:
        raise ProviderSilent from silence


def _inside(provider: str) -> InsideApp:
    known = provider_named(provider)
    if not isinstance(known, InsideApp):
        raise ProviderSilent
    return known
