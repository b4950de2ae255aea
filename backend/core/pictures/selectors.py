"""Reads of the pictures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from backend.core.pictures.models import Picture

MOST_PER_HOUR = 120


def has_sent_too_many(*, owner_id: UUID, now: datetime) -> bool:
    """Whether a person has sent as many pictures within the hour as anybody may."""
    recent = Picture.objects.filter(owner_id=owner_id, stored_at__gt=now - timedelta(hours=1))
    return recent.count() >= MOST_PER_HOUR


def own_picture(*, picture_id: UUID, owner_id: UUID) -> Picture | None:
    """A picture, if this person sent it; a post or a face may only show one's own."""
    return Picture.objects.filter(pk=picture_id, owner_id=owner_id).first()


def owns_pictures(owner_id: UUID, picture_ids: Iterable[UUID]) -> bool:
    """Whether this person uploaded every one of these pictures."""
    wanted = set(picture_ids)
    return Picture.objects.filter(pk__in=wanted, owner_id=owner_id).count() == len(wanted)
