"""The work that Celery finds under this app's name, and when it is due."""

from datetime import timedelta

from celery import shared_task

from backend.core import clock
from backend.core.idempotency import forget_keys
from backend.core.outbox.tasks import DELIVER, deliver_outbox
from backend.core.pictures.making import make_due_pictures
from backend.core.pictures.storing import MAKE_PICTURES
from backend.core.videos.making import make_due_videos
from backend.core.videos.storing import MAKE_VIDEOS

__all__ = ["SCHEDULE", "deliver_outbox", "forget_old_keys", "make_pictures", "make_videos"]

KEYS_KEPT = timedelta(days=60)


@shared_task(name="core.forget_old_keys", ignore_result=True)
def forget_old_keys() -> int:
    """Delete idempotency keys that nobody will send again."""
    return forget_keys(older_than=clock.now() - KEYS_KEPT)


@shared_task(name=MAKE_PICTURES, ignore_result=True)
def make_pictures() -> int:
    """Make the renditions of pictures that were sent."""
    return make_due_pictures(clock=clock.now)


@shared_task(name=MAKE_VIDEOS, ignore_result=True)
def make_videos() -> int:
    """Make the videos that were sent."""
    return make_due_videos(clock=clock.now)


SCHEDULE = {
    "core.sweep_outbox": {"task": DELIVER, "schedule": 60.0},
    MAKE_PICTURES: {"task": MAKE_PICTURES, "schedule": 20.0},
    MAKE_VIDEOS: {"task": MAKE_VIDEOS, "schedule": 30.0},
    "core.forget_old_keys": {"task": "core.forget_old_keys", "schedule": 86_400.0},
}
