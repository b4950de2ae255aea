"""Making the renditions of pictures that were sent: claim in one transaction, work outside any, record in another."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from backend.core.locks import claim_rows
from backend.core.outbox import emit
from backend.core.pictures.errors import PictureRefused
from backend.core.pictures.events import PictureMade
from backend.core.pictures.models import Picture, PictureMaking
from backend.core.pictures.processing import Made
from backend.core.pictures.storing import keep_renditions, make_apart, original_name, originals

MOST_ATTEMPTS = 5
LEASE = timedelta(seconds=60)


def make_due_pictures(*, clock: Callable[[], datetime], limit: int = 20) -> int:
    """Make the renditions of pictures that wait for them, and say how many pictures became whole.

    Emits: PictureMade.
    """
    made = 0
    for _ in range(limit):
        job = _claim(now=clock())
        if job is None:
            break
        made += _make(job, clock=clock)
    return made


def _make(job: PictureMaking, *, clock: Callable[[], datetime]) -> bool:
    name = original_name(job.sha256)
    try:
        with originals().open(name) as file:
            made = make_apart(file.read())
    except (PictureRefused, OSError) as problem:
        _note(job, problem=str(getattr(problem, "reason", type(problem).__name__)))
        return False
    keep_renditions(job.sha256, made)
    _record(job, made, now=clock())
    originals().delete(name)
    return True


@transaction.atomic
def _claim(*, now: datetime) -> PictureMaking | None:
    """Take a picture that nobody else makes; its next try is planned before this one begins."""
    free = claim_rows(PictureMaking.objects.filter(due_at__lte=now), "due_at", limit=1)
    if not free:
        return None
    job = free[0]
    job.attempts += 1
    job.due_at = None if job.attempts >= MOST_ATTEMPTS else now + LEASE * 2**job.attempts
    job.save(update_fields=["attempts", "due_at"])
    return job


@transaction.atomic
def _record(job: PictureMaking, made: Made, *, now: datetime) -> None:
    """Let every picture of this content know its renditions."""
    pictures = Picture.objects.filter(sha256=job.sha256)
    pictures.update(widths=made.widths, width=made.width, height=made.height, blur=made.blur)
    PictureMaking.objects.filter(pk=job.pk).delete()
    for picture_id, owner_id in pictures.values_list("pk", "owner_id"):
        emit(PictureMade(picture_id=picture_id, owner_id=owner_id, at=now))


@transaction.atomic
def _note(job: PictureMaking, *, problem: str) -> None:
    PictureMaking.objects.filter(pk=job.pk).update(problem=problem[:60])
