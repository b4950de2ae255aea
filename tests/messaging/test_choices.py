"""What people want to hear, where, and when they are left in peace."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.messaging.actions import choose_notifications, choose_offers, keep_quiet, notify, tell_outside
from backend.messaging.errors import AlwaysTold
from backend.messaging.kinds import registered_kinds
from backend.messaging.models import Notification, NotificationChoice, OutgoingMessage, QuietHours
from backend.messaging.rules import quiet_until
from backend.messaging.selectors import unread_of
from backend.messaging.selectors.choices import choices_of
from backend.messaging.topics import Topic, topic_of
from tests.factories.accounts import make_person

# One o'clock at night in Shanghai.
NIGHT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def tell(person, kind, *, now=NOON):
    return notify(user_id=person.pk, kind=kind, params={}, url="", dedupe_key=str(new_id()), now=now)


def choose(person, topic, channel="APP", *, is_on=False):
    return choose_notifications(user_id=person.pk, topic=topic, channel=channel, is_on=is_on, now=NOON)


def hints():
    return OutboxEvent.objects.filter(name__endswith="NotificationsChanged").count()


def test_what_is_not_wanted_stands_in_the_list_as_read_and_disturbs_nobody(db):
    bob = make_person("Bob")
    choose(bob, "COMMUNITY")

    told = tell(bob, "post_liked")

    assert told.read_at == NOON
    assert unread_of(bob.pk)["unread_notifications"] == 0
    assert hints() == 0


def test_other_topics_and_other_people_are_told_as_before(db):
    bob, carol = make_person("Bob"), make_person("Carol")
    choose(bob, "COMMUNITY")

    assert tell(bob, "points_vested").read_at is None
    assert tell(carol, "post_liked").read_at is None
    assert hints() == 2


def test_what_was_switched_on_again_is_told(db):
    bob = make_person("Bob")
    choose(bob, "COMMUNITY")
    choose(bob, "COMMUNITY", is_on=True)

    assert tell(bob, "post_liked").read_at is None
    assert NotificationChoice.objects.count() == 1


@pytest.mark.parametrize("topic", ["ORDERS", "SECURITY"])
def test_what_concerns_an_order_or_an_account_cannot_be_switched_off(db, topic):
    bob = make_person("Bob")

    with pytest.raises(AlwaysTold):
        choose(bob, topic)

    assert not NotificationChoice.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationChoice.objects.create(user=bob, topic=topic, channel="APP", is_on=False, chosen_at=NOON)


@pytest.mark.parametrize(("topic", "channel"), [("NOTHING", "APP"), ("OFFERS", "DOVE"), ("GROUPS", "SMS")])
def test_what_there_is_not_cannot_be_chosen(db, topic, channel):
    with pytest.raises(InvalidInput):
        choose(make_person("Bob"), topic, channel)

    assert not NotificationChoice.objects.exists()


def test_one_switch_ends_offers_everywhere(db):
    bob = make_person("Bob")

    choose_offers(user_id=bob.pk, is_on=False, now=NOON)

    assert not choices_of(bob.pk)["has_offers"]
    for channel in ("sms", "mail"):
        to = {"user_id": bob.pk, "topic": "OFFERS", "channel": channel, "to": "bob@example.com", "body": "hello"}
        assert tell_outside(**to, now=NOON) is None
    assert tell(bob, "promotions.coupon_issued").read_at == NOON
    assert not OutgoingMessage.objects.exists()


def test_in_quiet_hours_a_message_waits_and_a_notice_is_silent(db):
    bob = make_person("Bob")
    keep_quiet(user_id=bob.pk, begins="22:30", ends="08:00")

    told = tell(bob, "promotions.coupon_issued", now=NIGHT)
    message = tell_outside(user_id=bob.pk, topic="OFFERS", channel="sms", to="+8613800138000", body="hello", now=NIGHT)

    assert (told.read_at, hints()) == (None, 0)
    assert message is not None
    assert message.next_attempt_at == datetime(2026, 3, 3, 0, 0, tzinfo=UTC)


def test_what_is_always_told_is_told_at_night_too(db):
    bob = make_person("Bob")
    keep_quiet(user_id=bob.pk, begins="22:30", ends="08:00")

    assert tell(bob, "parcel_at_door", now=NIGHT).read_at is None
    assert hints() == 1


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "until"),
    [(1350, 480, 23, 32), (1350, 480, 1, 8), (1350, 480, 12, None), (780, 840, 13, 14), (780, 840, 14, None)],
)
def test_quiet_hours_end_when_they_say(begins, ends, hour, until):
    midnight = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)

    found = quiet_until(begins_minute=begins, ends_minute=ends, now=midnight + timedelta(hours=hour))

    assert found == (None if until is None else midnight + timedelta(hours=until))


@pytest.mark.parametrize(("begins", "ends"), [("25:00", "08:00"), ("22:00", "22:00"), ("22:00", None)])
def test_hours_that_are_none_are_refused(db, begins, ends):
    bob = make_person("Bob")

    with pytest.raises(InvalidInput):
        keep_quiet(user_id=bob.pk, begins=begins, ends=ends)

    assert not QuietHours.objects.exists()


def test_quiet_hours_end_for_good_when_nothing_is_said(db):
    bob = make_person("Bob")
    keep_quiet(user_id=bob.pk, begins="22:30", ends="08:00")

    keep_quiet(user_id=bob.pk, begins=None, ends=None)

    assert choices_of(bob.pk)["quiet_from"] is None


def test_every_kind_has_a_topic_and_every_topic_a_kind():
    topics = {topic_of(kind) for kind in registered_kinds()}

    assert topics == set(Topic)
    assert topic_of("order_paid") == topic_of("nobody_named_it") == Topic.ORDERS
    assert topic_of("review_held") == Topic.SECURITY


def test_a_repeat_tells_nothing_new_to_who_does_not_want_it(db):
    bob = make_person("Bob")
    choose(bob, "OFFERS")
    for _ in range(2):
        notify(user_id=bob.pk, kind="price_dropped", params={}, url="", dedupe_key="one", now=NOON)

    assert Notification.objects.filter(user=bob).count() == 1
