"""Opening rooms, and who is in them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.selectors import follows, visible_person
from backend.core.ids import new_id
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from backend.messaging.actions.append import append_event
from backend.messaging.errors import CannotWriteToYourself
from backend.messaging.events import RoomOpened
from backend.messaging.models import Room, RoomEvent, RoomMember
from backend.messaging.rules import pair_id

PAIR = "pair"


@transaction.atomic
def open_room(
    *, kind: str, subject_type: str, subject_id: UUID, now: datetime, title: Mapping[str, str] | None = None
) -> Room:
    """Open the room of a subject; there is only ever one, and opening it again gives the same.

    Emits: RoomOpened.
    """
    subject = {"kind": Room.Kind(kind), "subject_type": subject_type, "subject_id": subject_id}
    advisory_lock("messaging.room", f"{kind}:{subject_type}:{subject_id}")
    if known := Room.objects.filter(**subject).first():
        return known
    room = Room.objects.create(id=new_id(), **subject, title=dict(title or {}), opened_at=now, last_event_at=now)
    emit(RoomOpened(room_id=room.id, kind=room.kind, at=now))
    return room


@transaction.atomic
def add_member(*, room_id: UUID, user_id: UUID, now: datetime, is_request: bool = False) -> RoomMember:
    """Let a person into a room; they see what is said from now on. Adding twice is adding once.

    Raises: NotFound.
    Emits: RoomAdvanced.
    """
    room = lock_one(Room, room_id)
    if staying := RoomMember.objects.filter(room=room, user_id=user_id, left_seq=None).first():
        return staying
    event = append_event(room, kind=RoomEvent.Type.MEMBER, actor_id=user_id, payload={"change": "joined"}, now=now)
    return RoomMember.objects.create(
        room=room, user_id=user_id, join_seq=event.seq, read_seq=event.seq, is_request=is_request, joined_at=now
    )


@transaction.atomic
def remove_member(*, room_id: UUID, user_id: UUID, now: datetime) -> bool:
    """Let a person out of a room; they keep what they saw and see nothing new. Say whether they were in it.

    Raises: NotFound.
    Emits: RoomAdvanced.
    """
    room = lock_one(Room, room_id)
    staying = RoomMember.objects.filter(room=room, user_id=user_id, left_seq=None).first()
    if staying is None:
        return False
    event = append_event(room, kind=RoomEvent.Type.MEMBER, actor_id=user_id, payload={"change": "left"}, now=now)
    staying.left_seq = event.seq + 1
    staying.save(update_fields=["left_seq"])
    return True


@transaction.atomic
def close_room(*, room_id: UUID) -> Room:
    """Let nobody write in a room any more.

    Raises: NotFound.
    """
    room = lock_one(Room, room_id)
    room.is_read_only = True
    room.save(update_fields=["is_read_only"])
    return room


@transaction.atomic
def start_direct_room(*, starter_id: UUID, person_id: UUID, now: datetime) -> Room:
    """Open the room of two people. Unless the other follows the starter, the first messages are a request.

    Raises: NotFound, CannotWriteToYourself.
    Emits: RoomOpened, RoomAdvanced.
    """
    if starter_id == person_id:
        raise CannotWriteToYourself
    visible_person(person_id=person_id, viewer_id=starter_id)
    room = open_room(kind=Room.Kind.DIRECT, subject_type=PAIR, subject_id=pair_id(starter_id, person_id), now=now)
    if room.last_seq == 0:
        add_member(room_id=room.id, user_id=starter_id, now=now)
        is_request = not follows(follower_id=person_id, followee_id=starter_id)
        add_member(room_id=room.id, user_id=person_id, now=now, is_request=is_request)
        RoomMember.objects.filter(room=room).update(join_seq=1)
        room.refresh_from_db()
    return room
