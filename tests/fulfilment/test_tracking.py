"""What carriers say: signed, once, in the order of its own time, and never thrown away."""

from datetime import timedelta

import pytest

from backend.core import clock
from backend.fulfilment.actions import (
    ask_about_silent_parcels,
    enter_number,
    request_labels,
    review_message,
    take_notice,
    unpack_parcel,
)
from backend.fulfilment.carriers.sandbox import SandboxCarrier
from backend.fulfilment.models import CarrierMessage, Shipment, ShipmentState, TrackingEvent, Verdict
from backend.fulfilment.ports import CarrierRefused, CarrierUnavailable
from backend.messaging.models import Notification
from backend.orders.models import OrderState
from tests.factories.fulfilment import (
    make_parcel,
    make_sent_parcel,
    make_support,
    make_tracking,
    send_tracking,
    tracking_body,
)
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_parcel_goes_its_way_and_its_order_with_it():
    order = make_paid_order().order
    parcel = make_parcel(order)

    for hours, code in enumerate(["accepted", "picked_up", "arrived", "out_for_delivery", "delivered"]):
        at = LATER + hours * HOUR
        assert take_notice(notice=make_tracking(parcel, code, at=at), now=at) == Verdict.APPLIED

    parcel.refresh_from_db()
    order.refresh_from_db()
    assert (parcel.state, order.state) == (ShipmentState.DELIVERED, OrderState.DELIVERED)
    assert (parcel.shipped_at, parcel.delivered_at) == (LATER + HOUR, LATER + 4 * HOUR)
    assert TrackingEvent.objects.filter(shipment=parcel).count() == 5


def test_steps_that_overtake_one_another_are_sorted_by_their_own_time():
    order = make_paid_order().order
    parcel = make_sent_parcel(order)
    now = LATER + 9 * HOUR

    take_notice(notice=make_tracking(parcel, "out_for_delivery", at=LATER + 8 * HOUR), now=now)
    verdict = take_notice(notice=make_tracking(parcel, "arrived", at=LATER + 4 * HOUR), now=now)

    parcel.refresh_from_db()
    assert verdict == Verdict.LATE
    assert parcel.state == ShipmentState.OUT_FOR_DELIVERY
    told = TrackingEvent.objects.filter(shipment=parcel).order_by("-at").values_list("code", flat=True)
    assert list(told) == ["out_for_delivery", "arrived"]


def test_the_last_word_may_come_first():
    order = make_paid_order().order
    parcel = make_parcel(order)

    take_notice(notice=make_tracking(parcel, "delivered", at=LATER + 3 * HOUR), now=LATER + 4 * HOUR)
    take_notice(notice=make_tracking(parcel, "picked_up", at=LATER + HOUR), now=LATER + 4 * HOUR)

    parcel.refresh_from_db()
    order.refresh_from_db()
    assert (parcel.state, order.state) == (ShipmentState.DELIVERED, OrderState.DELIVERED)


def test_a_message_that_comes_twice_counts_once():
    parcel = make_sent_parcel(make_paid_order().order)
    notice = make_tracking(parcel, "arrived", at=LATER)

    assert take_notice(notice=notice, now=LATER) == Verdict.APPLIED
    assert take_notice(notice=notice, now=LATER) == Verdict.REPEATED

    assert TrackingEvent.objects.count() == 1
    assert CarrierMessage.objects.get().times_seen == 2


def test_an_unknown_parcel_is_kept_for_a_person_and_applied_when_its_number_is_known():
    order = make_paid_order().order
    parcel = make_parcel(order, number="")
    early = make_tracking(parcel, "picked_up", at=LATER, tracking_number="DE99999999")
    body = tracking_body(early)
    with clock.frozen(LATER):
        answer = send_tracking(body, at=LATER)
    assert (answer.status_code, answer.json()) == (202, {"verdict": "UNKNOWN_PARCEL"})

    assert enter_number(shipment_id=parcel.id, tracking_number="DE99999999", now=LATER) == 1

    parcel.refresh_from_db()
    assert parcel.state == ShipmentState.SHIPPED
    assert CarrierMessage.objects.get().verdict == Verdict.APPLIED


@pytest.mark.parametrize("away", [timedelta(hours=2), -timedelta(days=40)])
def test_an_impossible_time_is_kept_and_moves_nothing(away: timedelta):
    parcel = make_sent_parcel(make_paid_order().order)

    verdict = take_notice(notice=make_tracking(parcel, "delivered", at=LATER + away), now=LATER)

    parcel.refresh_from_db()
    assert (verdict, parcel.state) == (Verdict.BAD_TIME, ShipmentState.SHIPPED)
    assert not TrackingEvent.objects.exists()


def test_a_parcel_that_was_unpacked_and_moves_is_held_for_a_person():
    order = make_paid_order().order
    parcel = make_parcel(order)
    unpack_parcel(shipment_id=parcel.id, actor_id=None, now=LATER)

    verdict = take_notice(notice=make_tracking(parcel, "picked_up", at=LATER), now=LATER)

    order.refresh_from_db()
    assert (verdict, order.state) == (Verdict.NOT_EXPECTED, OrderState.PAID)


@pytest.mark.parametrize(
    ("change", "verdict"), [("secret", "BAD_SIGNATURE"), ("old", "STALE"), ("broken", "UNREADABLE")]
)
def test_what_is_not_believed_is_kept_once_and_changes_nothing(change: str, verdict: str):
    parcel = make_sent_parcel(make_paid_order().order)
    body = b"{}" if change == "broken" else tracking_body(make_tracking(parcel, "delivered", at=LATER))
    at = LATER - HOUR if change == "old" else LATER

    with clock.frozen(LATER):
        answers = [send_tracking(body, at=at, secret="somebody" if change == "secret" else None) for _ in range(2)]

    parcel.refresh_from_db()
    kept = CarrierMessage.objects.get()
    assert [(answer.status_code, answer.json()) for answer in answers] == [(400, {"verdict": verdict})] * 2
    assert parcel.state == ShipmentState.SHIPPED
    assert (kept.is_authentic, kept.times_seen, kept.verdict) == (False, 2, verdict)


def test_a_carrier_cannot_speak_of_the_parcels_of_another():
    parcel = make_sent_parcel(make_paid_order().order)
    body = tracking_body(make_tracking(parcel, "delivered", at=LATER))

    with clock.frozen(LATER):
        answer = send_tracking(body, at=LATER, carrier="elephant")

    parcel.refresh_from_db()
    assert (answer.status_code, answer.json()) == (202, {"verdict": "UNKNOWN_PARCEL"})
    assert parcel.state == ShipmentState.SHIPPED


def test_nobody_knows_a_carrier_that_is_not_ours():
    assert send_tracking(b"{}", at=LATER, carrier="pigeon").status_code == 404
    assert send_tracking(b"x" * 20_000, at=LATER).status_code == 413


def test_a_carrier_is_asked_for_a_number_until_it_answers(monkeypatch: pytest.MonkeyPatch):
    parcel, answers = make_parcel(make_paid_order().order, number=""), [CarrierUnavailable("silence"), "DE77777777"]
    keys = []

    def accept(_self: SandboxCarrier, wanted):
        keys.append(wanted.key)
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(SandboxCarrier, "accept", accept)
    assert request_labels(clock=lambda: LATER) == 1
    assert request_labels(clock=lambda: LATER) == 0
    assert request_labels(clock=lambda: LATER + HOUR) == 1

    parcel.refresh_from_db()
    assert (parcel.tracking_number, parcel.label_due_at, parcel.problem) == ("DE77777777", None, "")
    assert keys == [str(parcel.id)] * 2


def test_a_refusal_of_the_carrier_waits_for_a_person(monkeypatch: pytest.MonkeyPatch):
    parcel = make_parcel(make_paid_order().order, number="")

    def accept(_self: SandboxCarrier, wanted):
        raise CarrierRefused("too heavy")

    monkeypatch.setattr(SandboxCarrier, "accept", accept)
    request_labels(clock=lambda: LATER)

    parcel.refresh_from_db()
    assert (parcel.tracking_number, parcel.label_due_at, parcel.problem) == ("", None, "too heavy")


def test_a_lost_message_is_fetched_from_the_carrier(monkeypatch: pytest.MonkeyPatch):
    parcel = make_sent_parcel(make_paid_order().order)
    missed = [
        make_tracking(parcel, "arrived", at=LATER + HOUR),
        make_tracking(parcel, "delivered", at=LATER + 2 * HOUR),
    ]
    monkeypatch.setattr(SandboxCarrier, "track", lambda _self, *, tracking_number: missed)

    assert ask_about_silent_parcels(clock=lambda: LATER + HOUR) == 0
    assert ask_about_silent_parcels(clock=lambda: LATER + 13 * HOUR) == 2
    assert ask_about_silent_parcels(clock=lambda: LATER + 14 * HOUR) == 0

    parcel.refresh_from_db()
    assert parcel.state == ShipmentState.DELIVERED


def test_a_held_up_parcel_is_expected_later_and_the_buyer_is_told(deliver_outbox):
    parcel = make_sent_parcel(make_paid_order().order)
    expected = Shipment.objects.get(pk=parcel.pk).expected_until

    take_notice(notice=make_tracking(parcel, "delayed", at=LATER + HOUR), now=LATER + HOUR)
    deliver_outbox()

    parcel.refresh_from_db()
    assert parcel.state == ShipmentState.EXCEPTION
    assert parcel.expected_until == expected + timedelta(days=2)
    kinds = Notification.objects.filter(user_id=parcel.order.buyer_id).values_list("kind", flat=True)
    assert {"parcel_sent", "parcel_troubled"} <= set(kinds)


def test_a_held_message_is_reviewed_once():
    parcel = make_sent_parcel(make_paid_order().order)
    take_notice(notice=make_tracking(parcel, "arrived", at=LATER, tracking_number="DE00"), now=LATER)
    sue, message = make_support(), CarrierMessage.objects.get()

    review_message(message_id=message.id, reviewer_id=sue.id, now=LATER)
    review_message(message_id=message.id, reviewer_id=make_support("Tom").id, now=LATER + HOUR)

    message.refresh_from_db()
    assert (message.reviewed_at, message.reviewed_by_id) == (LATER, sue.id)
