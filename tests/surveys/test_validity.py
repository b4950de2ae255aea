"""Which answers count: each rule, and beside it the honest answer that must not be caught."""

from datetime import date, timedelta

import pytest

from backend.payments.models import PaymentTry
from backend.surveys.models import Answer, Fault
from backend.surveys.rules.validity import Likeness, ParcelStory, fault_of
from backend.surveys.selectors.report import survey_report
from tests.factories.orders import make_buyer
from tests.surveys.given import BEST, FACES, WORST, answer, invite, make_delivery

IN_TIME = ParcelStory(promised_from=date(2026, 3, 3), promised_until=date(2026, 3, 4), arrived_on=date(2026, 3, 4))
EARLY = ParcelStory(promised_from=date(2026, 3, 3), promised_until=date(2026, 3, 4), arrived_on=date(2026, 3, 2))
LATE = ParcelStory(promised_from=date(2026, 3, 3), promised_until=date(2026, 3, 4), arrived_on=date(2026, 3, 9))
CONFIRMED = ParcelStory(
    promised_from=date(2026, 3, 3), promised_until=date(2026, 3, 4), arrived_on=date(2026, 3, 4),
    is_confirmed_by_buyer=True,
)  # fmt: skip


def judged(faces=FACES, words="", seconds=20.0, story=IN_TIME, alike=Likeness()):  # noqa: B008 - it is frozen
    return fault_of(faces=faces, words=words, seconds=seconds, story=story, alike=alike)


@pytest.mark.parametrize(("seconds", "fault"), [(2.9, Fault.TOO_FAST), (3.0, "")])
def test_faster_than_a_tap_a_second_was_not_read(seconds, fault):
    assert judged(seconds=seconds) == fault


@pytest.mark.parametrize(
    ("faces", "words", "fault"),
    [
        (BEST, "太慢了，还摔坏了", Fault.WORDS_DISAGREE),
        (BEST, "The courier was rude", Fault.WORDS_DISAGREE),
        (WORST, "非常好，很快", Fault.WORDS_DISAGREE),
        (BEST, "一点也不慢，没有破损", ""),
        (BEST, "上次太慢，这次很快", ""),
        (WORST, "等了五天，太慢", ""),
        ({**BEST, "speed": 1}, "太慢了", ""),
        (BEST, "", ""),
    ],
)
def test_words_must_say_the_opposite_of_every_face_before_they_speak_against_it(faces, words, fault):
    assert judged(faces=faces, words=words) == fault


@pytest.mark.parametrize(
    ("story", "words", "fault"),
    [
        (CONFIRMED, "到现在没收到", Fault.TRACKING_DISAGREES),
        (IN_TIME, "到现在没收到", ""),
        (EARLY, "又迟到了", Fault.TRACKING_DISAGREES),
        (IN_TIME, "又迟到了", ""),
        (EARLY, "没有迟到", ""),
        (LATE, "比预计早，提前到了", Fault.TRACKING_DISAGREES),
        (LATE, "很满意", ""),
        (ParcelStory(), "又迟到了", ""),
    ],
)
def test_only_a_fact_that_is_known_otherwise_contradicts_and_an_opinion_never_does(story, words, fault):
    assert judged(words=words, story=story) == fault


def test_a_late_parcel_and_the_best_faces_count():
    assert judged(faces=BEST, story=LATE) == ""


@pytest.mark.parametrize(
    ("words", "alike", "fault"),
    [
        ("放门口了", Likeness(with_words=1), Fault.ALIKE),
        ("", Likeness(silent=1), ""),
        ("", Likeness(silent=2), Fault.ALIKE),
        ("放门口了", Likeness(silent=5), ""),
    ],
)
def test_one_device_answers_alike_with_the_same_words_or_three_times_in_silence(words, alike, fault):
    assert judged(words=words, alike=alike) == fault


@pytest.mark.django_db
def test_accounts_that_paid_on_one_device_and_say_the_same_count_once():
    invitations = [invite(make_delivery(make_buyer(name))) for name in ("Bob", "Carol", "Dan")]
    for invitation, device in zip(invitations, ("a" * 64, "a" * 64, "b" * 64), strict=True):
        PaymentTry.objects.filter(buyer_id=invitation.person_id).delete()
        payment = invitation.order.pk
        from_order = _payment_of(payment)
        PaymentTry.objects.create(
            payment=from_order, buyer_id=invitation.person_id, device=device, at=invitation.invited_at
        )

    faults = [answer(each, words="送得很快！").fault for each in invitations]

    assert faults == ["", Fault.ALIKE, ""]


@pytest.mark.django_db
def test_what_does_not_count_is_kept_with_its_reason_and_left_out_of_the_figures():
    quick, fair = invite(make_delivery(make_buyer("Bob"))), invite(make_delivery(make_buyer("Carol")))
    answer(quick, faces=WORST, seconds=1)
    answer(fair, faces=BEST)

    report = survey_report(key="delivery", weeks=4, now=fair.invited_at + timedelta(days=1))

    assert Answer.objects.count() == 2
    assert (report["answered_count"], report["total"]["share"].count) == (2, 1)
    assert report["total"]["means"] == {"speed": 5.0, "accuracy": 5.0, "attitude": 5.0}
    assert {each["fault"]: each["count"] for each in report["left_out"]} == {
        Fault.TOO_FAST: 1, Fault.WORDS_DISAGREE: 0, Fault.TRACKING_DISAGREES: 0, Fault.ALIKE: 0,
    }  # fmt: skip


def _payment_of(order_id):
    return next(iter(PaymentTry._meta.get_field("payment").related_model.objects.filter(order_id=order_id)))
