"""Provider messages and paid orders for tests."""

import json
from datetime import datetime
from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client

from backend.checkout.actions import PlacedOrder, receive_notice
from backend.payments.models import Payment, Verdict
from backend.payments.ports import Notice
from backend.payments.providers.signing import SIGNATURE_HEADER, sign_body
from tests.factories.orders import LATER, make_order

WEBHOOK = "/payments/webhook/sandbox"
_numbers = count(1)


def make_notice(payment: Payment, *, kind: str = "payment.succeeded", **changes: Any) -> Notice:
    """What the provider would say about a payment."""
    facts: dict[str, Any] = {
        "provider": "sandbox",
        "event_id": f"evt-{next(_numbers)}",
        "kind": kind,
        "reference": payment.reference,
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "provider_reference": "transaction-1",
        "body": b"{}",
    }
    return Notice(**{**facts, **changes})


def pay(placed: PlacedOrder, *, now: datetime = LATER, **changes: Any) -> Verdict:
    """Let the provider say that an order is paid."""
    verdict = receive_notice(notice=make_notice(placed.payment, **changes), now=now)
    placed.order.refresh_from_db()
    placed.payment.refresh_from_db()
    return verdict


def make_paid_order(*, now: datetime = LATER, **options: Any) -> PlacedOrder:
    """An order whose money is in."""
    placed = make_order(**options)
    pay(placed, now=now)
    return placed


def message_of(notice: Notice) -> bytes:
    """The message in the provider's own words."""
    content = {
        "id": notice.event_id,
        "type": notice.kind,
        "reference": notice.reference,
        "amount": notice.amount_minor,
        "currency": notice.currency,
        "transaction": notice.provider_reference,
        "refundKey": notice.refund_key,
    }
    return json.dumps(content).encode()


def send_webhook(body: bytes, *, at: datetime, secret: str | None = None) -> Any:
    """Send a message to the shop's door, signed with the shared secret unless told otherwise."""
    signature = sign_body(body, at=int(at.timestamp()), secret=secret or settings.PROVIDER_SECRETS[0])
    return Client().post(WEBHOOK, data=body, content_type="application/json", headers={SIGNATURE_HEADER: signature})
