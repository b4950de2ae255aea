"""What people choose to hear, and when."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.messaging.errors import AlwaysTold
from backend.messaging.models import NotificationChoice, QuietHours
from backend.messaging.topics import Channel, Topic, channels_of, is_always_told

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@transaction.atomic
def choose_notifications(*, user_id: UUID, topic: str, channel: str, is_on: bool, now: datetime) -> NotificationChoice:
    """Say whether one wants to hear of a topic on a channel.

    Raises: AlwaysTold, InvalidInput.
    """
    if topic not in Topic.values:
        raise InvalidInput("topic")
    if channel not in channels_of(topic):
        raise InvalidInput("channel")
    if is_always_told(topic) and not is_on:
        raise AlwaysTold
    choice, _ = NotificationChoice.objects.update_or_create(
        user_id=user_id,
        topic=topic,
        channel=channel,
        defaults={"is_on": is_on, "chosen_at": now},
        create_defaults={"id": new_id(), "is_on": is_on, "chosen_at": now},
    )
    return choice


@transaction.atomic
def choose_offers(*, user_id: UUID, is_on: bool, now: datetime) -> None:
    """Switch everything that is there to sell on or off, on every channel at once."""
    for channel in Channel:
        choose_notifications(user_id=user_id, topic=Topic.OFFERS.value, channel=channel.value, is_on=is_on, now=now)


@transaction.atomic
def keep_quiet(*, user_id: UUID, begins: str | None, ends: str | None) -> None:
    """Say in which part of the day one is not to be disturbed, by the clock of Shanghai; nothing ends it.

    Raises: InvalidInput.
    """
    if begins is None and ends is None:
        QuietHours.objects.filter(pk=user_id).delete()
        return
    first, last = _minute(begins, "quietFrom"), _minute(ends, "quietUntil")
    if first == last:
        raise InvalidInput("quietUntil")
    QuietHours.objects.update_or_create(pk=user_id, defaults={"begins_minute": first, "ends_minute": last})


def _minute(text: str | None, field: str) -> int:
    read = _CLOCK.fullmatch(text or "")
    if read is None:
        raise InvalidInput(field)
    return int(read[1]) * 60 + int(read[2])
