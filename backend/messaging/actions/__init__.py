"""Every write of messaging, one function per thing a person would say aloud."""

from backend.messaging.actions.choose import choose_notifications, choose_offers, keep_quiet
from backend.messaging.actions.notify import mark_notifications_read, notify, retract_notifications
from backend.messaging.actions.open_room import add_member, close_room, open_room, remove_member, start_direct_room
from backend.messaging.actions.send_message import (
    mark_room_read,
    post_system_event,
    recall_message,
    redact_event,
    send_message,
)
from backend.messaging.actions.send_out import Sender, queue_message, send_due_messages, tell_outside

__all__ = [
    "Sender",
    "add_member",
    "choose_notifications",
    "choose_offers",
    "close_room",
    "keep_quiet",
    "mark_notifications_read",
    "mark_room_read",
    "notify",
    "open_room",
    "post_system_event",
    "queue_message",
    "recall_message",
    "redact_event",
    "remove_member",
    "retract_notifications",
    "send_due_messages",
    "send_message",
    "start_direct_room",
    "tell_outside",
]
