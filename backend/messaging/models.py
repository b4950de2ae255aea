"""The tables of notifications, rooms and outgoing messages."""

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import User
from backend.core.ids import new_id
from backend.messaging.topics import Channel, Topic

LIVE = Q(read_at=None, retracted_at=None)


class Notification(models.Model):
    """One thing that one person is told inside the shop. Title and text are made when it is read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    group_key = models.CharField(max_length=120, blank=True, default="")
    dedupe_key = models.CharField(max_length=160)
    url = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "dedupe_key"], name="notification_once"),
            models.UniqueConstraint(
                fields=["user", "group_key"], condition=LIVE & ~Q(group_key=""), name="notification_one_open_per_group"
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=LIVE, name="notification_unread"),
            models.Index(fields=["user", "-at", "-id"], condition=Q(retracted_at=None), name="notification_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe_key}"


class NotificationCause(models.Model):
    """One happening that a notification tells of; a collapsed notification has many."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="causes")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    dedupe_key = models.CharField(max_length=160)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "dedupe_key"], name="notification_cause_once")]

    def __str__(self) -> str:
        return self.dedupe_key


class NotificationChoice(models.Model):
    """That a person wants to hear of a topic on a channel, or does not. Without a row they hear of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=12, choices=Topic.choices)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    is_on = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic", "channel"], name="notification_choice_once"),
            models.CheckConstraint(
                condition=Q(is_on=True) | ~Q(topic__in=["ORDERS", "SECURITY"]), name="notification_some_are_always_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic} {self.channel}"


class QuietHours(models.Model):
    """The part of each day, in minutes after midnight in Shanghai, in which a person is not to be disturbed."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="+")
    begins_minute = models.PositiveSmallIntegerField()
    ends_minute = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "quiet hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_minute__lt=1440, ends_minute__lt=1440) & ~Q(begins_minute=F("ends_minute")),
                name="quiet_hours_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.begins_minute}-{self.ends_minute}"


class Room(models.Model):
    """A place where people write. `last_seq` is the number of its newest event; the row is the lock."""

    class Kind(models.TextChoices):
        """What a room is about."""

        GROUP = "group"
        DIRECT = "direct"
        SERVICE = "service"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    title = models.JSONField(default=dict)
    last_seq = models.BigIntegerField(default=0)
    last_event_at = models.DateTimeField()
    is_read_only = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_type", "subject_id"], name="room_one_per_subject"),
            models.CheckConstraint(condition=Q(last_seq__gte=0), name="room_seq_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class RoomMember(models.Model):
    """One stay of a person in a room: who sees the events from `join_seq` up to, not including, `left_seq`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    join_seq = models.BigIntegerField()
    left_seq = models.BigIntegerField(null=True, blank=True)
    read_seq = models.BigIntegerField(default=0)
    is_request = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "user"], condition=Q(left_seq=None), name="room_member_one_stay"),
            models.CheckConstraint(
                condition=Q(left_seq=None) | Q(left_seq__gte=F("join_seq")), name="room_member_range_forward"
            ),
        ]
        indexes = [models.Index(fields=["user", "room"], name="room_member_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"


class RoomEvent(models.Model):
    """One numbered entry in a room's log. Nothing is ever renumbered or taken out."""

    class Type(models.TextChoices):
        """What an entry is."""

        MESSAGE = "message"
        STICKER = "sticker"
        PRODUCT = "product"
        REDACT = "redact"
        MEMBER = "member"
        SYSTEM = "system"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    type = models.CharField(max_length=10, choices=Type.choices)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    client_message_id = models.UUIDField(null=True, blank=True)
    dedupe_key = models.CharField(max_length=160, null=True, blank=True)
    body = models.TextField(blank=True, default="")
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="room_event_numbered_once"),
            models.UniqueConstraint(
                fields=["room", "actor", "client_message_id"],
                condition=Q(client_message_id__isnull=False),
                name="room_event_sent_once",
            ),
            models.UniqueConstraint(
                fields=["room", "dedupe_key"], condition=Q(dedupe_key__isnull=False), name="room_event_posted_once"
            ),
            models.CheckConstraint(condition=Q(seq__gt=0), name="room_event_seq_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} #{self.seq} {self.type}"


class OutgoingMessage(models.Model):
    """One mail or text message on its way out. The text of a secret one is erased once it is gone."""

    class Channel(models.TextChoices):
        """How it travels."""

        MAIL = "mail"
        SMS = "sms"

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField()
    html = models.TextField(blank=True, default="")
    is_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(to=""), name="outgoing_has_receiver")]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=["queued", "sending"]), name="outgoing_message_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"
