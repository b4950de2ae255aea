"""Types of notifications and rooms, and what they add to the viewer."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType, ViewerType
from backend.core.graphql import JSON, DateTime, ObjectType, connection_field, extend, object_field
from backend.messaging.selectors import notifications_of, room_events, rooms_of, unread_of
from backend.messaging.selectors.choices import choices_of
from backend.messaging.topics import Channel, Topic

NotificationTopicEnum = graphene.Enum(
    "NotificationTopicName", [(each.value, each.value) for each in Topic], description="What one is told about."
)
NotificationChannelEnum = graphene.Enum(
    "NotificationChannel", [(each.value, each.value) for each in Channel], description="How one is told."
)


def _events(root: Any, info: Any, **asked: Any) -> list[dict[str, Any]]:
    return room_events(room_id=root["id"], user_id=info.context.viewer.id, **asked)


class NotificationType(ObjectType):
    """One thing that the viewer was told."""

    id = graphene.ID(required=True, description="The notification's id.")
    kind = graphene.String(required=True, description="What it tells of, such as `groupbuy.filled`.")
    title = graphene.String(required=True, description="The title in the reader's language.")
    body = graphene.String(required=True, description="The text in the reader's language.")
    url = graphene.String(required=True, description="The path of the page it leads to.")
    at = graphene.Field(DateTime, required=True, description="When it last changed.")
    is_read = graphene.Boolean(required=True, description="Whether it was read.")
    people = object_field(
        graphene.List(graphene.NonNull(PersonType)),
        required=True,
        size=3,
        description="The newest people behind it, at most three.",
    )


class NotificationTopicType(ObjectType):
    """One topic, and on which channels the viewer hears of it."""

    topic = graphene.Field(NotificationTopicEnum, required=True, description="The topic.")
    label = graphene.String(required=True, description="The same in words.")
    why = graphene.String(description="Why it cannot be switched off; empty if it can.")
    app = graphene.Boolean(required=True, description="Whether it is told in the shop.")
    sms = graphene.Boolean(description="Whether by text message; empty where none are sent.")
    mail = graphene.Boolean(description="Whether by mail; empty where none is sent.")


class NotificationChoicesType(ObjectType):
    """What the viewer wants to hear, and when."""

    topics = graphene.List(graphene.NonNull(NotificationTopicType), required=True, description="Every topic.")
    quiet_from = graphene.String(description="When quiet hours begin, such as 22:30, by the clock of Shanghai.")
    quiet_until = graphene.String(description="When they end.")
    has_offers = graphene.Boolean(required=True, description="Whether offers are told on any channel.")


class RoomEventType(ObjectType):
    """One numbered entry in a room's log."""

    id = graphene.ID(required=True, description="The entry's id, for reports.")
    seq = graphene.Int(required=True, description="Its number in the room; numbers have no gap.")
    type = graphene.String(required=True, description="message, sticker, product, redact, member or system.")
    actor = graphene.Field(PersonType, description="Who did it; nobody for the shop itself.")
    client_message_id = graphene.ID(description="The id that the sender's device gave it.")
    body = graphene.String(required=True, description="What was written; empty once it was taken back.")
    payload = graphene.Field(JSON, required=True, description="Further data of this type of entry.")
    at = graphene.Field(DateTime, required=True, description="When it was written down.")


class RoomType(ObjectType):
    """A place where people write."""

    id = graphene.ID(required=True, description="The room's id.")
    kind = graphene.String(required=True, description="group, direct or service.")
    title = graphene.String(required=True, description="The title in the reader's language.")
    last_seq = graphene.Int(required=True, description="The number of the newest entry.")
    read_seq = object_field(graphene.Int, required=True, personal=True, description="How far the viewer has seen it.")
    unread = object_field(
        graphene.Int, required=True, personal=True, description="How much others said since, at most 100."
    )
    is_read_only = graphene.Boolean(required=True, description="Whether nothing can be said any more.")
    is_request = object_field(
        graphene.Boolean,
        required=True,
        personal=True,
        description="Whether somebody asks to write to the viewer; an answer accepts.",
    )
    members = object_field(
        graphene.List(graphene.NonNull(PersonType)),
        required=True,
        size=10,
        description="Who is in the room, at most fifty, in the order of joining.",
    )
    last_event = graphene.Field(RoomEventType, description="The newest entry that the viewer sees.")
    events = object_field(
        graphene.List(graphene.NonNull(RoomEventType)),
        _events,
        required=True,
        personal=True,
        size=20,
        description="A stretch of the log in order: after a number, before one, or the newest.",
        after_seq=graphene.Int(description="Entries with a greater number, oldest first."),
        before_seq=graphene.Int(description="Entries with a smaller number."),
        first=graphene.Int(description="How many entries, 1 to 100; 20 if not said."),
    )


class RoomHintType(ObjectType):
    """A room's log has grown."""

    id = graphene.ID(required=True, description="The room's id.")
    last_seq = graphene.Int(required=True, description="The number of the newest entry.")


class ViewerHintType(ObjectType):
    """Something of the viewer's own changed; the numbers are whole, never differences."""

    unread_notifications = graphene.Int(required=True, description="Unread notifications, at most 100.")
    unread_rooms = graphene.Int(required=True, description="Rooms with something unread, at most 100.")
    reason = graphene.String(required=True, description="What changed: a kind of notification, room, read or order.")
    order_id = graphene.ID(description="The order that changed, if it was one.")
    group_id = graphene.ID(description="The group that changed, if it was one.")


def _unread(info: Any) -> Any:
    loaders = info.context.loaders
    if "messaging.unread" not in loaders:
        loaders["messaging.unread"] = unread_of(info.context.viewer.id)
    return loaders["messaging.unread"]


extend(
    ViewerType,
    unread_notifications=object_field(
        graphene.Int,
        lambda root, info: _unread(info)["unread_notifications"],
        required=True,
        personal=True,
        description="Unread notifications, at most 100.",
    ),
    unread_rooms=object_field(
        graphene.Int,
        lambda root, info: _unread(info)["unread_rooms"],
        required=True,
        personal=True,
        description="Rooms with something unread, at most 100.",
    ),
    notifications=connection_field(
        NotificationType,
        lambda root, info, first, after=None: notifications_of(
            info.context.viewer.id, locale=info.context.viewer.locale, first=first, after=after
        ),
        personal=True,
        description="What the viewer was told, newest first.",
    ),
    notification_choices=object_field(
        NotificationChoicesType,
        lambda root, info: choices_of(info.context.viewer.id),
        required=True,
        personal=True,
        description="What the viewer wants to hear, and when.",
    ),
    rooms=connection_field(
        RoomType,
        lambda root, info, first, after=None: rooms_of(
            info.context.viewer.id, locale=info.context.viewer.locale, first=first, after=after
        ),
        personal=True,
        description="The rooms the viewer is in, those with the newest entry first.",
    ),
)
