"""Reads of the videos."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.core.videos.models import Video

MOST_PER_HOUR = 10


def has_sent_too_many(*, owner_id: UUID, now: datetime) -> bool:
    """Whether a person has sent as many videos within the hour as anybody may."""
    recent = Video.objects.filter(owner_id=owner_id, stored_at__gt=now - timedelta(hours=1))
    return recent.count() >= MOST_PER_HOUR


def own_video(*, video_id: UUID, owner_id: UUID) -> Video | None:
    """A video, if this person sent it."""
    return Video.objects.filter(pk=video_id, owner_id=owner_id).first()
