"""The share of payments that fail, and the alarm above three of a hundred."""

from datetime import timedelta

import pytest

from backend.accounts.actions import grant_role
from backend.core.models import OutboxEvent
from backend.messaging.models import Notification
from backend.payments.actions import keep_refused_event, request_refund, retry_refund, review_event, watch_failure_rate
from backend.payments.errors import AlreadyDecided, RefundNotStuck
from backend.payments.gauges import FAILURE_RATE
from backend.payments.models import PaymentAlert, ProviderEvent, RefundState, Verdict
from backend.payments.rules.risk import failure_bps
from tests.factories.orders import LATER, NOON, make_buyer
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db


def told(number: int, kind: str, *, at=LATER) -> None:
    ProviderEvent.objects.create(
        provider="sandbox", event_id=f"e{number}-{kind}", kind=kind, reference=f"r{number}", is_authentic=True,
        digest="", payload="", verdict=Verdict.APPLIED, received_at=at,
    )  # fmt: skip


def a_bad_hour(failed: int, paid: int) -> None:
    for number in range(failed):
        told(number, "payment.failed")
    for number in range(failed, failed + paid):
        told(number, "payment.succeeded")


def test_above_three_of_a_hundred_the_alarm_opens_once_tells_people_and_closes(deliver_outbox):
    admin = make_buyer("Ada")
    grant_role(user_id=admin.id, role="admin", now=NOON)
    a_bad_hour(2, 38)

    assert watch_failure_rate(now=LATER + timedelta(minutes=1)) == 500
    watch_failure_rate(now=LATER + timedelta(minutes=2))
    deliver_outbox()

    alert = PaymentAlert.objects.get()
    assert (alert.kind, alert.level, alert.closed_at) == ("failure_rate", "P0", None)
    assert Notification.objects.filter(user_id=admin.id, kind="payments.alert_failure_rate").count() == 1
    assert not FAILURE_RATE.is_healthy(FAILURE_RATE.read(None, LATER + timedelta(minutes=2)))

    watch_failure_rate(now=LATER + timedelta(hours=2))
    alert.refresh_from_db()
    assert alert.closed_at is not None


def test_somebody_who_fails_and_then_pays_is_no_failure_and_few_payments_say_nothing():
    a_bad_hour(1, 40)
    told(0, "payment.succeeded")

    assert watch_failure_rate(now=LATER + timedelta(minutes=1)) == 0
    assert failure_bps(tried=19, failed=19) == 0
    assert not OutboxEvent.objects.filter(name="PaymentAlertOpened").exists()


def test_a_held_message_is_read_once():
    desk = make_buyer("Susan")
    keep_refused_event(provider="sandbox", verdict=Verdict.BAD_SIGNATURE, body=b"x", now=LATER)
    event = ProviderEvent.objects.get()

    review_event(event_id=event.id, note="a scanner", by=desk.id, now=LATER)

    with pytest.raises(AlreadyDecided):
        review_event(event_id=event.id, note="again", by=desk.id, now=LATER)
    event.refresh_from_db()
    assert (event.review_note, event.reviewed_by_id) == ("a scanner", desk.id)


def test_only_a_refund_in_trouble_is_tried_again(stuck_refund):
    retried = retry_refund(refund_id=stuck_refund.id, now=LATER)
    assert (retried.state, retried.next_attempt_at) == (RefundState.FAILED, LATER)
    retried.state = RefundState.SUCCEEDED
    retried.save(update_fields=["state"])

    with pytest.raises(RefundNotStuck):
        retry_refund(refund_id=stuck_refund.id, now=LATER)


@pytest.fixture
def stuck_refund():
    placed = make_paid_order()
    refund = request_refund(order_id=placed.order.id, reason="t", cause="t", now=LATER)
    refund.state = RefundState.MANUAL
    refund.save(update_fields=["state"])
    return refund
