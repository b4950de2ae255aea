"""What messaging does when something has happened: hints to browsers, and waking the sender."""

from celery import current_app

from backend.core.realtime import publish
from backend.messaging.events import MessageQueued, NotificationsChanged, RoomAdvanced, RoomRead
from backend.messaging.selectors import hint_counts, present_members, unread_of

SEND_TASK = "messaging.send_messages"


def tell_of_notifications(event: NotificationsChanged) -> None:
    """Tell a person's browsers how many notifications are unread now: the whole number, never a difference."""
    publish(f"user:{event.user_id}", {**unread_of(event.user_id), "reason": event.reason})


def tell_of_room(event: RoomAdvanced) -> None:
    """Tell the room how far its log reaches, and its members how many rooms hold something unread."""
    publish(f"room:{event.room_id}", {"id": str(event.room_id), "last_seq": event.seq})
    for user_id, counts in hint_counts(present_members(event.room_id)).items():
        publish(f"user:{user_id}", {**counts, "reason": "room"})


def tell_of_reading(event: RoomRead) -> None:
    """Tell a person's other devices that a room was read."""
    publish(f"user:{event.user_id}", {**unread_of(event.user_id), "reason": "room"})


def wake_sender(event: MessageQueued) -> None:
    """Ask a worker to send now. A dead broker only makes it later: the sweep finds the row."""
    current_app.send_task(SEND_TASK, retry=False, ignore_result=True)
