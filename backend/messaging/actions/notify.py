"""Telling one person one thing, once."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.ids import new_id
from backend.core.locks import advisory_lock, lock_many, lock_one
from backend.core.outbox import emit
from backend.messaging.events import NotificationsChanged
from backend.messaging.models import Notification, NotificationCause
from backend.messaging.rules import COLLAPSE_HOURS
from backend.messaging.selectors.choices import disturbance
from backend.messaging.topics import Channel, topic_of


@transaction.atomic
def notify(
    *,
    user_id: UUID,
    kind: str,
    params: Mapping[str, Any],
    url: str,
    dedupe_key: str,
    now: datetime,
    group_key: str = "",
    actor_id: UUID | None = None,
) -> Notification:
    """Tell a person something; the same `dedupe_key` tells it once, however often it is called.

    Happenings with the same `group_key` join one notification while it is unread and younger than a day.
    Who does not want to hear of such things finds it in the list, read already; in quiet hours nobody is disturbed.

    Emits: NotificationsChanged.
    """
    advisory_lock("messaging.notify", f"{user_id}:{group_key or dedupe_key}")
    if known := NotificationCause.objects.filter(user_id=user_id, dedupe_key=dedupe_key).first():
        return known.notification

    told = disturbance(user_id=user_id, topic=topic_of(kind), channel=Channel.APP, now=now)
    read_at = None if told.is_wanted else now
    notification = _open_one(user_id=user_id, group_key=group_key, now=now) if group_key else None
    if notification is None:
        notification = Notification.objects.create(
            id=new_id(),
            user_id=user_id,
            kind=kind,
            params=dict(params),
            url=url,
            dedupe_key=dedupe_key,
            group_key=group_key,
            at=now,
            seen_at=read_at,
            read_at=read_at,
        )
    else:
        notification.params, notification.url, notification.at = dict(params), url, now
        notification.seen_at = None
        notification.save(update_fields=["params", "url", "at", "seen_at"])
    NotificationCause.objects.create(
        notification=notification, user_id=user_id, dedupe_key=dedupe_key, actor_id=actor_id, at=now
    )
    if told.is_wanted and told.quiet_until is None:
        emit(NotificationsChanged(user_id=user_id, reason=kind, at=now))
    return notification


@transaction.atomic
def mark_notifications_read(*, user_id: UUID, now: datetime, ids: Collection[UUID] | None = None) -> int:
    """Mark some notifications, or all of them, as read; say how many were not read before.

    Emits: NotificationsChanged.
    """
    unread = Notification.objects.filter(user_id=user_id, read_at=None, retracted_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    marked = unread.update(read_at=now, seen_at=now)
    if marked:
        emit(NotificationsChanged(user_id=user_id, reason="read", at=now))
    return marked


@transaction.atomic
def retract_notifications(*, dedupe_key_prefix: str, now: datetime) -> int:
    """Take back what was told of a thing that is gone; say how many people no longer see it.

    Emits: NotificationsChanged.
    """
    visible = Notification.objects.filter(dedupe_key__startswith=dedupe_key_prefix, retracted_at=None)
    told = [
        row for row in lock_many(Notification, list(visible.values_list("pk", flat=True))) if row.retracted_at is None
    ]
    Notification.objects.filter(pk__in=[row.pk for row in told]).update(retracted_at=now)
    for user_id in sorted({row.user_id for row in told}):
        emit(NotificationsChanged(user_id=user_id, reason="retracted", at=now))
    return len(told)


def _open_one(*, user_id: UUID, group_key: str, now: datetime) -> Notification | None:
    """The notification that this happening joins; one that is too old makes room for a new one."""
    open_ones = Notification.objects.filter(user_id=user_id, group_key=group_key, read_at=None, retracted_at=None)
    found_id = open_ones.values_list("pk", flat=True).first()
    found = lock_one(Notification, found_id) if found_id else None
    if found is None or found.read_at is not None or found.retracted_at is not None:
        return None
    if now - found.at > timedelta(hours=COLLAPSE_HOURS):
        found.group_key = ""
        found.save(update_fields=["group_key"])
        return None
    return found
