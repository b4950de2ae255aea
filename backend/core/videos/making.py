"""Making sent videos anew: claim in one transaction, work outside any, record in another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from backend.core.locks import advisory_lock, claim_rows
from backend.core.outbox import emit
from backend.core.pictures.models import Picture
from backend.core.pictures.storing import originals, store_picture
from backend.core.videos import limits
from backend.core.videos.errors import VideoRefused
from backend.core.videos.events import VideoFinished
from backend.core.videos.models import Video, VideoMaking, VideoState
from backend.core.videos.storing import PATIENCE_SECONDS, PIECE_BYTES, keep, original_video, run_apart, video_name

MOST_ATTEMPTS = 3
LEASE = timedelta(seconds=limits.MAKE_LIMITS[1] + 3 * PATIENCE_SECONDS)
# Making takes a core for up to some minutes; whoever waits for anything else must find another one free.
MOST_AT_ONCE = 1


def make_due_videos(*, clock: Callable[[], datetime], limit: int = 20) -> int:
    """Make the videos that wait for it, one after another, and say how many can be played now.

    Emits: VideoFinished.
    """
    made = 0
    for _ in range(limit):
        job = _claim(now=clock())
        if job is None:
            break
        made += _make(job, clock=clock)
    return made


def _make(job: VideoMaking, *, clock: Callable[[], datetime]) -> bool:
    name = original_video(job.sha256)
    try:
        with TemporaryDirectory() as folder:
            facts, poster = _made_in(Path(folder), job.sha256, now=clock())
    except VideoRefused as refusal:
        _refuse(job, problem=str(refusal.details["reason"]), now=clock())
        originals().delete(name)
        return False
    except OSError:
        _give_back(job, now=clock())
        return False
    _record(job, facts, poster, now=clock())
    originals().delete(name)
    return True


def _made_in(folder: Path, sha256: str, *, now: datetime) -> tuple[dict[str, Any], Picture]:
    """Write the video and its poster into a folder, and keep both.

    Raises: VideoRefused.
    """
    sent, video, poster = folder / "sent", folder / "video.mp4", folder / "poster.jpg"
    with originals().open(original_video(sha256)) as source, sent.open("wb") as copy:
        while piece := source.read(PIECE_BYTES):
            copy.write(piece)
    facts = run_apart("make", sent, video, poster)
    with video.open("rb") as file:
        keep(video_name(sha256), file)
    return facts, store_picture(data=poster.read_bytes(), owner_id=None, now=now, trusted=True)


@transaction.atomic
def _claim(*, now: datetime) -> VideoMaking | None:
    """Take a video that nobody else makes, unless as many are being made as may be at once."""
    advisory_lock("core.videos", "claim")
    if VideoMaking.objects.filter(held_until__gt=now).count() >= MOST_AT_ONCE:
        return None
    free = claim_rows(VideoMaking.objects.filter(due_at__lte=now), "due_at", limit=1)
    if not free:
        return None
    job = free[0]
    job.attempts += 1
    job.due_at = job.held_until = now + LEASE
    job.save(update_fields=["attempts", "due_at", "held_until"])
    return job


@transaction.atomic
def _record(job: VideoMaking, facts: dict[str, Any], poster: Picture, *, now: datetime) -> None:
    """Let everybody who sent this content have the made video."""
    waiting = Video.objects.filter(sha256=job.sha256, state=VideoState.WAITING)
    sent = list(waiting.values_list("pk", "owner_id"))
    waiting.update(state=VideoState.READY, poster=poster, **facts)
    VideoMaking.objects.filter(pk=job.pk).delete()
    for video_id, owner_id in sent:
        emit(VideoFinished(video_id=video_id, owner_id=owner_id, is_ready=True, problem="", at=now))


@transaction.atomic
def _refuse(job: VideoMaking, *, problem: str, now: datetime) -> None:
    """What cannot be made is shown to nobody; who sent it is told why."""
    waiting = Video.objects.filter(sha256=job.sha256, state=VideoState.WAITING)
    sent = list(waiting.values_list("pk", "owner_id"))
    waiting.update(state=VideoState.REFUSED, problem=problem[:20])
    VideoMaking.objects.filter(pk=job.pk).delete()
    for video_id, owner_id in sent:
        emit(VideoFinished(video_id=video_id, owner_id=owner_id, is_ready=False, problem=problem, at=now))


def _give_back(job: VideoMaking, *, now: datetime) -> None:
    """The storage did not answer: try again later, and give up after a few times."""
    if job.attempts >= MOST_ATTEMPTS:
        _refuse(job, problem="unreadable", now=now)
        return
    VideoMaking.objects.filter(pk=job.pk).update(held_until=None, due_at=now + timedelta(minutes=2**job.attempts))
