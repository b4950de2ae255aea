"""The one way to add to a room's log. The caller holds the room's row, so numbers have no gap."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.ids import new_id
from backend.core.outbox import emit
from backend.messaging.events import RoomAdvanced
from backend.messaging.models import Room, RoomEvent


def append_event(
    room: Room,
    *,
    kind: RoomEvent.Type,
    now: datetime,
    actor_id: UUID | None = None,
    body: str = "",
    payload: Mapping[str, Any] | None = None,
    client_message_id: UUID | None = None,
    dedupe_key: str | None = None,
) -> RoomEvent:
    """Give the next number to one more event and write it down.

    Emits: RoomAdvanced.
    """
    room.last_seq += 1
    room.last_event_at = now
    room.save(update_fields=["last_seq", "last_event_at"])
    event = RoomEvent.objects.create(
        id=new_id(),
        room=room,
        seq=room.last_seq,
        type=kind,
        actor_id=actor_id,
        body=body,
        payload=dict(payload or {}),
        client_message_id=client_message_id,
        dedupe_key=dedupe_key,
        at=now,
    )
    emit(RoomAdvanced(room_id=room.id, seq=event.seq, type=event.type, actor_id=actor_id, at=now))
    return event
