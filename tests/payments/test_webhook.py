"""The door through which the provider speaks."""

import itertools
import json
from datetime import timedelta

import pytest

from backend.core import clock
from backend.core.models import OutboxEvent
from backend.ledger.models import Transfer
from backend.ledger.selectors import conservation
from backend.orders.models import OrderState
from backend.payments.models import PaymentState, ProviderEvent, Refund, Verdict
from backend.payments.providers.signing import SIGNATURE_HEADER
from backend.payments.selectors import held_events
from tests.factories.orders import LATER, make_order
from tests.factories.payments import WEBHOOK, make_notice, message_of, send_webhook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(LATER):
        yield


def nothing_happened(placed):
    placed.order.refresh_from_db()
    placed.payment.refresh_from_db()
    told = set(OutboxEvent.objects.values_list("name", flat=True))
    return (
        placed.order.state == OrderState.PENDING_PAYMENT
        and placed.payment.state == PaymentState.CREATED
        and Transfer.objects.count() == 0
        and not told & {"OrderPaid", "PaymentCaptured", "OrderConfirmed"}
    )


def test_a_signed_message_pays_the_order():
    placed = make_order()

    answer = send_webhook(message_of(make_notice(placed.payment)), at=LATER)

    assert (answer.status_code, answer.json()) == (200, {"verdict": "APPLIED"})
    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID


def test_a_forged_message_is_refused_and_kept():
    placed = make_order()
    body = message_of(make_notice(placed.payment))

    for _ in range(2):
        answer = send_webhook(body, at=LATER, secret="another secret")
        assert (answer.status_code, answer.json()) == (400, {"verdict": "BAD_SIGNATURE"})

    assert nothing_happened(placed)
    (held,) = held_events()
    assert (held.verdict, held.times_seen, held.is_authentic) == (Verdict.BAD_SIGNATURE, 2, False)


def test_a_forger_cannot_block_the_true_message_by_using_its_id():
    placed = make_order()
    body = message_of(make_notice(placed.payment))
    send_webhook(body, at=LATER, secret="another secret")

    assert send_webhook(body, at=LATER).json() == {"verdict": "APPLIED"}


@pytest.mark.parametrize("away", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_a_message_signed_at_another_time_is_refused_and_kept(away):
    placed = make_order()

    answer = send_webhook(message_of(make_notice(placed.payment)), at=LATER + away)

    assert (answer.status_code, answer.json()) == (400, {"verdict": "STALE"})
    assert nothing_happened(placed)
    assert ProviderEvent.objects.get().verdict == Verdict.STALE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\x00\xff",
        json.dumps({"id": "e", "type": "payment.succeeded", "amount": 1.5}).encode(),
    ],
)
def test_a_signed_message_that_cannot_be_read_is_refused_and_kept(body):
    answer = send_webhook(body, at=LATER)

    assert (answer.status_code, answer.json()) == (400, {"verdict": "UNREADABLE"})
    assert ProviderEvent.objects.get().verdict == Verdict.UNREADABLE


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"amount_minor": 1}, "AMOUNT_MISMATCH"),
        ({"currency": "USD"}, "AMOUNT_MISMATCH"),
        ({"reference": "nobody"}, "UNKNOWN_PAYMENT"),
    ],
)
def test_a_true_message_that_does_not_fit_is_held_and_changes_nothing(changes, verdict):
    placed = make_order()

    answer = send_webhook(message_of(make_notice(placed.payment, **changes)), at=LATER)

    assert (answer.status_code, answer.json()) == (422, {"verdict": verdict})
    assert nothing_happened(placed)
    assert [event.verdict for event in held_events()] == [verdict]


def test_a_provider_that_nobody_knows_is_not_found(client):
    assert client.post("/payments/webhook/nobody", data=b"{}", content_type="application/json").status_code == 404


def test_only_post_is_heard_and_only_up_to_a_size(client):
    assert client.get("/payments/webhook/sandbox").status_code == 405
    assert send_webhook(b"x" * 70_000, at=LATER).status_code == 413
    assert ProviderEvent.objects.count() == 0


def test_both_secrets_are_believed_while_they_are_rotated(settings):
    placed = make_order()
    body = message_of(make_notice(placed.payment))
    settings.PROVIDER_SECRETS[:] = [*settings.PROVIDER_SECRETS, "the next secret"]
    try:
        answer = send_webhook(body, at=LATER, secret="the next secret")
    finally:
        settings.PROVIDER_SECRETS.pop()

    assert answer.json() == {"verdict": "APPLIED"}


@pytest.mark.parametrize("header", ["", "v1=abc", "t=,v1=abc", "t=1", "t=99999999999999999,v1=abc", "t=1,v1=é"])
def test_a_header_that_is_no_signature_is_refused(client, header):
    answer = client.post(WEBHOOK, data=b"{}", content_type="application/json", headers={SIGNATURE_HEADER: header})

    assert (answer.status_code, answer.json()) == (400, {"verdict": "BAD_SIGNATURE"})


MESSAGES = ("paid", "paid again", "refunded", "other secret", "old", "wrong amount")
PERMUTATIONS = list(itertools.permutations(MESSAGES))


@pytest.mark.parametrize("part", range(6))
def test_whatever_the_order_of_messages_the_end_is_the_same(part):
    """A refund that overtakes the payment waits for it; forgeries and misfits change nothing wherever they come."""
    for order in PERMUTATIONS[part * 120 : (part + 1) * 120 : 12]:
        placed = make_order()
        paid = make_notice(placed.payment)
        refunded = make_notice(placed.payment, kind="refund.succeeded")
        old = make_notice(placed.payment)
        wrong = make_notice(placed.payment, amount_minor=placed.payment.amount_minor - 1)
        messages = {
            "paid": (paid, LATER, None),
            "paid again": (paid, LATER, None),
            "refunded": (refunded, LATER, None),
            "other secret": (paid, LATER, "another secret"),
            "old": (old, LATER - timedelta(hours=1), None),
            "wrong amount": (wrong, LATER, None),
        }

        for name in order:
            notice, at, secret = messages[name]
            send_webhook(message_of(notice), at=at, secret=secret)

        placed.order.refresh_from_db()
        placed.payment.refresh_from_db()
        refund = Refund.objects.get(payment=placed.payment)
        verdicts = set(
            ProviderEvent.objects.filter(reference=placed.payment.reference).values_list("verdict", flat=True)
        )
        assert (placed.order.state, placed.payment.state, refund.state) == ("REFUNDED", "REFUNDED", "SUCCEEDED"), order
        assert verdicts == {Verdict.APPLIED, Verdict.AMOUNT_MISMATCH}, order
        assert conservation()["difference"] == 0, order
    book = conservation()
    assert (book["kept"], book["in_flight"], book["held"]) == (0, 0, 0)
