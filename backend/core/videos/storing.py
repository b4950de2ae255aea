"""Keep a sent video and say where it is."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.db import transaction

from backend.core.pictures.storing import originals, picture_urls
from backend.core.videos import limits
from backend.core.videos.errors import VideoRefused, reason_text
from backend.core.videos.models import Video, VideoMaking, VideoState
from backend.core.waking import wake_task

MAKE_VIDEOS = "core.make_videos"
# Part of every name: another recipe makes other files, and a file never changes under its name.
RECIPE = b"video:1"
PIECE_BYTES = 1024 * 1024
# Waiting for the program to end on its own before it is ended.
PATIENCE_SECONDS = 20


def take_video(*, content: IO[bytes], owner_id: UUID | None, now: datetime) -> Video:
    """Check a sent video, keep it where nobody can fetch it, and plan its making; call it outside a transaction.

    The same bytes are made only once.

    Raises: VideoRefused.
    """
    with _on_disk(content) as path:
        sha256 = _sum_of(path)
        known = Video.objects.filter(sha256=sha256, state=VideoState.READY).first()
        if known is not None and default_storage.exists(video_name(sha256)):
            return _copy_of(known, owner_id=owner_id, now=now)
        facts = run_apart("check", path)
        with path.open("rb") as file:
            keep(original_video(sha256), file, storage=originals())
    return _plan(sha256, facts, owner_id=owner_id, now=now)


@transaction.atomic
def _plan(sha256: str, facts: Mapping[str, Any], *, owner_id: UUID | None, now: datetime) -> Video:
    VideoMaking.objects.get_or_create(sha256=sha256, defaults={"due_at": now, "sent_at": now})
    transaction.on_commit(partial(wake_task, MAKE_VIDEOS), robust=True)
    return Video.objects.create(owner_id=owner_id, sha256=sha256, stored_at=now, **facts)


@transaction.atomic
def _copy_of(known: Video, *, owner_id: UUID | None, now: datetime) -> Video:
    columns = {name: getattr(known, name) for name in ("width", "height", "duration_ms", "size_bytes", "poster_id")}
    return Video.objects.create(
        owner_id=owner_id, sha256=known.sha256, state=VideoState.READY, stored_at=now, **columns
    )


def run_apart(what: str, *paths: Path) -> dict[str, Any]:
    """Run the recipe as a program of its own, so that a bomb takes nothing down but itself.

    Raises: VideoRefused.
    """
    _memory, seconds = limits.CHECK_LIMITS if what == "check" else limits.MAKE_LIMITS
    try:
        finished = subprocess.run(
            [sys.executable, "-P", "-m", "backend.core.videos.processing", what, *map(str, paths)],
            capture_output=True,
            check=False,
            timeout=seconds + PATIENCE_SECONDS,
            env={"MALLOC_ARENA_MAX": "1", "PYTHONPATH": str(settings.BASE_DIR)},
        )
    except subprocess.TimeoutExpired as slow:
        raise VideoRefused("too_heavy") from slow
    if finished.returncode == limits.REFUSED:
        raise VideoRefused(json.loads(finished.stdout)["refused"])
    if finished.returncode < 0:
        # Ended from outside: the limits of time or memory.
        raise VideoRefused("too_heavy")
    if finished.returncode != 0:
        raise VideoRefused("unreadable")
    answer: dict[str, Any] = json.loads(finished.stdout)
    return answer


def video_name(sha256: str) -> str:
    """The name of a made video in the storage."""
    return f"videos/{sha256[:2]}/{sha256}.mp4"


def original_video(sha256: str) -> str:
    """The name under which a video lies as it was sent."""
    return f"videos/{sha256[:2]}/{sha256}"


def video_facts(video: Video) -> dict[str, Any]:
    """A video as pages show it: its address once it is ready, its poster, or why it could not be made."""
    is_ready = video.state == VideoState.READY
    return {
        "id": video.pk,
        "state": video.state,
        "problem": str(reason_text(video.problem)) if video.problem else "",
        "url": default_storage.url(video_name(video.sha256)) if is_ready else None,
        "poster": picture_urls(video.poster) if video.poster else None,
        "seconds": round(video.duration_ms / 1000),
        "width": video.width,
        "height": video.height,
    }


def keep(name: str, content: IO[bytes], *, storage: Storage = default_storage) -> None:
    """Keep a file under a name made of its content."""
    if storage.exists(name):
        return
    kept = storage.save(name, File(content))
    if kept != name:
        # Somebody else kept the same video in the same moment, so the name holds the same content.
        storage.delete(kept)


@contextmanager
def _on_disk(content: IO[bytes]) -> Iterator[Path]:
    """A path at which the program finds what was sent."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        size = 0
        content.seek(0)
        with path.open("wb") as file:
            while piece := content.read(PIECE_BYTES):
                size += len(piece)
                if size > limits.MOST_BYTES:
                    raise VideoRefused("too_many_bytes")
                file.write(piece)
        yield path


def _sum_of(path: Path) -> str:
    whole = hashlib.sha256(RECIPE)
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            whole.update(piece)
    return whole.hexdigest()
