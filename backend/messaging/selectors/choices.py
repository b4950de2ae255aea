"""What people want to hear, and when they are not to be disturbed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.messaging.models import NotificationChoice, QuietHours
from backend.messaging.rules import quiet_until
from backend.messaging.topics import ALWAYS, Channel, Topic, channels_of, is_always_told

MINUTES = 60


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Whether a person wants to hear of something, and until when they want to be left in peace."""

    is_wanted: bool
    quiet_until: datetime | None


def disturbance(*, user_id: UUID, topic: str, channel: str, now: datetime) -> Disturbance:
    """How to tell a person of something on a channel now. What is always told is told in quiet hours too."""
    if is_always_told(topic):
        return Disturbance(is_wanted=True, quiet_until=None)
    refused = NotificationChoice.objects.filter(user_id=user_id, topic=topic, channel=channel, is_on=False)
    hours = QuietHours.objects.filter(pk=user_id).first()
    until = quiet_until(begins_minute=hours.begins_minute, ends_minute=hours.ends_minute, now=now) if hours else None
    return Disturbance(is_wanted=not refused.exists(), quiet_until=until)


def choices_of(user_id: UUID) -> dict[str, Any]:
    """The whole table of a person: every topic with its channels, and the quiet hours."""
    chosen = {
        (topic, channel): is_on
        for topic, channel, is_on in NotificationChoice.objects.filter(user_id=user_id).values_list(
            "topic", "channel", "is_on"
        )
    }
    hours = QuietHours.objects.filter(pk=user_id).first()
    return {
        "topics": [
            {
                "topic": topic.value,
                "label": str(topic.label),
                "why": str(ALWAYS[topic]) if topic in ALWAYS else None,
                **{
                    channel.lower(): chosen.get((topic.value, channel.value), True)
                    if channel in channels_of(topic)
                    else None
                    for channel in Channel
                },
            }
            for topic in Topic
        ],
        "quiet_from": clock_of(hours.begins_minute) if hours else None,
        "quiet_until": clock_of(hours.ends_minute) if hours else None,
        "has_offers": any(chosen.get((Topic.OFFERS.value, channel.value), True) for channel in Channel),
    }


def clock_of(minute: int) -> str:
    """Minutes after midnight as people write them: 22:30."""
    return f"{minute // MINUTES:02d}:{minute % MINUTES:02d}"
