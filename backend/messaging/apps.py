"""Wiring of the app: which events it hears."""

from django.apps import AppConfig

from backend.core.outbox import subscribe
from backend.messaging.events import MessageQueued, NotificationsChanged, RoomAdvanced, RoomRead


class MessagingConfig(AppConfig):
    """Notifications, rooms, and messages on their way out."""

    name = "backend.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Hear of what changed, to hint browsers and to wake the sender."""
        subscribe(NotificationsChanged, "backend.messaging.handlers.tell_of_notifications")
        subscribe(RoomAdvanced, "backend.messaging.handlers.tell_of_room")
        subscribe(RoomRead, "backend.messaging.handlers.tell_of_reading")
        subscribe(MessageQueued, "backend.messaging.handlers.wake_sender")
