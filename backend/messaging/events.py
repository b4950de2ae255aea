"""What happens in rooms and to those who are told things."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class NotificationsChanged(Event):
    """Somebody has other notifications than before; `reason` is the kind, or `read`."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RoomOpened(Event):
    """There is a new room."""

    aggregate: ClassVar[str] = "room_id"
    room_id: UUID
    kind: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RoomAdvanced(Event):
    """Something was added to a room."""

    aggregate: ClassVar[str] = "room_id"
    room_id: UUID
    seq: int
    type: str
    actor_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RoomRead(Event):
    """Somebody has seen a room further than before."""

    aggregate: ClassVar[str] = "user_id"
    room_id: UUID
    user_id: UUID
    seq: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageQueued(Event):
    """A mail or text message waits to be sent."""

    aggregate: ClassVar[str] = "message_id"
    message_id: UUID
    channel: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageGivenUp(Event):
    """A mail or text message could not be sent and will not be tried again."""

    aggregate: ClassVar[str] = "message_id"
    message_id: UUID
    channel: str
    attempts: int
    at: datetime
