"""What can be done with notifications and in rooms."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.messaging import errors
from backend.messaging.actions import (
    choose_notifications,
    choose_offers,
    keep_quiet,
    mark_notifications_read,
    mark_room_read,
    recall_message,
    send_message,
    start_direct_room,
)
from backend.messaging.schema.types import (
    NotificationChannelEnum,
    NotificationChoicesType,
    NotificationTopicEnum,
    RoomEventType,
    RoomType,
)
from backend.messaging.selectors import unread_of, visible_event, visible_room
from backend.messaging.selectors.choices import choices_of


class SendMessage(Mutation):
    """Say something in a room: a text, a sticker or a product. The same client message id says it once."""

    class Input:
        room_id = graphene.ID(required=True, description="The room.")
        client_message_id = graphene.ID(required=True, description="A new id; the same one to try again.")
        body = graphene.String(description="The text, at most 4000 characters.")
        sticker = graphene.String(description="The sticker's name.")
        product_id = graphene.ID(description="The product to show.")

    errors = (
        errors.ClientIdReused,
        errors.RoomReadOnly,
        errors.PersonUnavailable,
        errors.RequestPending,
        errors.LinksNotYet,
    )
    permission = signed_in
    event = graphene.Field(RoomEventType, description="The entry in the room's log.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        event = send_message(
            room_id=input.room_id,
            sender_id=viewer.id,
            client_message_id=input.client_message_id,
            body=input.body or "",
            sticker=input.sticker,
            product_id=input.product_id,
            now=now,
        )
        return {"event": visible_event(event)}


class RecallMessage(Mutation):
    """Take one's own message back within two minutes."""

    class Input:
        room_id = graphene.ID(required=True, description="The room.")
        seq = graphene.Int(required=True, description="The number of the message.")

    errors = (errors.RecallTooLate, errors.AlreadyRecalled)
    permission = signed_in
    event = graphene.Field(RoomEventType, description="The entry that takes the message back.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        event = recall_message(room_id=input.room_id, seq=input.seq, actor_id=viewer.id, now=now)
        return {"event": visible_event(event)}


class MarkRoomRead(Mutation):
    """Note how far the viewer has seen a room; the mark only moves forward."""

    class Input:
        room_id = graphene.ID(required=True, description="The room.")
        seq = graphene.Int(required=True, description="The number of the newest entry on the screen.")

    permission = signed_in
    room = graphene.Field(RoomType, description="The room.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        mark_room_read(room_id=input.room_id, user_id=viewer.id, seq=input.seq, now=now)
        return {"room": visible_room(room_id=input.room_id, user_id=viewer.id, locale=viewer.locale)}


class MarkNotificationsRead(Mutation):
    """Mark some notifications as read, or all of them."""

    class Input:
        ids = graphene.List(graphene.NonNull(graphene.ID), description="The notifications; leave it out with `all`.")
        all = graphene.Boolean(description="Every notification of the viewer.")

    permission = signed_in
    unread = graphene.Int(description="How many are unread now, at most 100.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        mark_notifications_read(user_id=viewer.id, ids=None if input.all else input.ids or [], now=now)
        return {"unread": unread_of(viewer.id)["unread_notifications"]}


class StartDirectRoom(Mutation):
    """Open the room of the viewer and one other person."""

    class Input:
        person_id = graphene.ID(required=True, description="The other person.")

    errors = (errors.CannotWriteToYourself,)
    permission = signed_in
    room = graphene.Field(RoomType, description="The room.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        room = start_direct_room(starter_id=viewer.id, person_id=input.person_id, now=now)
        return {"room": visible_room(room_id=room.id, user_id=viewer.id, locale=viewer.locale)}


class ChooseNotifications(Mutation):
    """Say whether one wants to hear of a topic on a channel."""

    class Input:
        topic = graphene.InputField(NotificationTopicEnum, required=True, description="The topic.")
        channel = graphene.InputField(NotificationChannelEnum, required=True, description="The channel.")
        is_on = graphene.Boolean(required=True, description="Whether it is told there.")

    errors = (errors.AlwaysTold,)
    permission = signed_in
    choices = graphene.Field(NotificationChoicesType, description="What holds now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        topic, channel = (str(getattr(each, "value", each)) for each in (input.topic, input.channel))
        choose_notifications(user_id=viewer.id, topic=topic, channel=channel, is_on=input.is_on, now=now)
        return {"choices": choices_of(viewer.id)}


class ChooseOffers(Mutation):
    """Switch everything that is there to sell on or off, on every channel at once."""

    class Input:
        is_on = graphene.Boolean(required=True, description="Whether it is told.")

    permission = signed_in
    choices = graphene.Field(NotificationChoicesType, description="What holds now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        choose_offers(user_id=viewer.id, is_on=input.is_on, now=now)
        return {"choices": choices_of(viewer.id)}


class KeepQuiet(Mutation):
    """Say in which part of the day one is not to be disturbed."""

    class Input:
        quiet_from = graphene.String(description="When it begins, such as 22:30; leave both out to end it.")
        quiet_until = graphene.String(description="When it ends.")

    permission = signed_in
    choices = graphene.Field(NotificationChoicesType, description="What holds now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        keep_quiet(user_id=viewer.id, begins=input.quiet_from, ends=input.quiet_until)
        return {"choices": choices_of(viewer.id)}


class Mutations:
    """Mutations of messaging."""

    send_message = SendMessage.field()
    recall_message = RecallMessage.field()
    mark_room_read = MarkRoomRead.field()
    mark_notifications_read = MarkNotificationsRead.field()
    start_direct_room = StartDirectRoom.field()
    choose_notifications = ChooseNotifications.field()
    choose_offers = ChooseOffers.field()
    keep_quiet = KeepQuiet.field()
