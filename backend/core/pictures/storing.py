"""Keep a picture and say where it is."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.db import transaction

from backend.core.pictures import processing
from backend.core.pictures.errors import PictureRefused
from backend.core.pictures.models import Picture, PictureMaking
from backend.core.pictures.processing import Made, Refusal, widths_for
from backend.core.waking import wake_task

MAKE_PICTURES = "core.make_pictures"
# Part of every name: another recipe makes other files, and a file never changes under its name.
RECIPE = b"1"
PREFERRED_WIDTH = 640


def store_picture(*, data: bytes, owner_id: UUID | None, now: datetime, trusted: bool = False) -> Picture:
    """Check a sent picture, make it anew, keep its files and its row; call it outside a transaction.

    A trusted picture comes with the product and is made in this process; any other in one with little memory.
    The same bytes are made only once.

    Raises: PictureRefused.
    """
    if len(data) > processing.MOST_BYTES:
        raise PictureRefused("too_many_bytes")
    sha256 = hashlib.sha256(RECIPE + data).hexdigest()
    known = Picture.objects.filter(sha256=sha256).first()
    if known is None or not default_storage.exists(file_name(sha256, known.widths[-1], "webp")):
        made = _made_here(data) if trusted else _made_apart(data)
        keep_renditions(sha256, made)
        known = Picture(width=made.width, height=made.height, widths=made.widths, blur=made.blur, kind=made.kind)
    return Picture.objects.create(
        owner_id=owner_id,
        sha256=sha256,
        width=known.width,
        height=known.height,
        widths=known.widths,
        blur=known.blur,
        kind=known.kind,
        stored_at=now,
    )


def take_picture(*, data: bytes, owner_id: UUID, now: datetime) -> Picture:
    """Check a sent picture, keep it with its smallest rendition, and plan the others; call it outside a transaction.

    What was sent is kept where nobody can fetch it until a worker has made the rest. It may be shown at once.

    Raises: PictureRefused.
    """
    if len(data) > processing.MOST_BYTES:
        raise PictureRefused("too_many_bytes")
    sha256 = hashlib.sha256(RECIPE + data).hexdigest()
    known = Picture.objects.filter(sha256=sha256).first()
    if known is None or not default_storage.exists(file_name(sha256, known.widths[0], "webp")):
        made = _made_apart(data, "first")
        keep_renditions(sha256, made)
        known = Picture(width=made.width, height=made.height, widths=made.widths, blur=made.blur, kind=made.kind)
    is_whole = list(known.widths) == widths_for(known.width)
    if not is_whole:
        _keep(original_name(sha256), data, storage=originals())
    with transaction.atomic():
        if not is_whole:
            PictureMaking.objects.get_or_create(sha256=sha256, defaults={"due_at": now, "sent_at": now})
            transaction.on_commit(partial(wake_task, MAKE_PICTURES), robust=True)
        return Picture.objects.create(
            owner_id=owner_id,
            sha256=sha256,
            width=known.width,
            height=known.height,
            widths=known.widths,
            blur=known.blur,
            kind=known.kind,
            stored_at=now,
        )


def make_apart(data: bytes) -> Made:
    """Make every rendition of a sent picture in a program of its own.

    Raises: PictureRefused.
    """
    return _made_apart(data)


def keep_renditions(sha256: str, made: Made) -> None:
    """Keep the files of a picture under names made of what was sent."""
    for (width, kind), content in made.renditions.items():
        _keep(file_name(sha256, width, kind), content)


def originals() -> Storage:
    """Where pictures lie as they were sent, out of the reach of visitors."""
    return storages["originals"]


def original_name(sha256: str) -> str:
    """The name under which a picture lies as it was sent."""
    return f"{sha256[:2]}/{sha256}"


def picture_urls(row: Picture | Mapping[str, Any]) -> dict[str, Any]:
    """The addresses of a picture for an `img` and its `source` lines; takes the row or its columns by name."""
    column: Mapping[str, Any] = vars(row) if isinstance(row, Picture) else row
    sha256, widths = column["sha256"], column["widths"]
    preferred = max((width for width in widths if width <= PREFERRED_WIDTH), default=widths[0])
    return {
        "src": default_storage.url(file_name(sha256, preferred, "webp")),
        "srcset_avif": _srcset(sha256, widths, "avif"),
        "srcset_webp": _srcset(sha256, widths, "webp"),
        "width": column["width"],
        "height": column["height"],
        "blur": column["blur"],
    }


def file_name(sha256: str, width: int, kind: str) -> str:
    """The name of one rendition in the storage."""
    return f"pictures/{sha256[:2]}/{sha256}-{width}.{kind}"


def _srcset(sha256: str, widths: list[int], kind: str) -> str:
    return ", ".join(f"{default_storage.url(file_name(sha256, width, kind))} {width}w" for width in widths)


def _made_here(data: bytes) -> Made:
    try:
        return processing.make_renditions(data)
    except Refusal as refusal:
        raise PictureRefused(str(refusal)) from refusal


def _made_apart(data: bytes, *how: str) -> Made:
    """Run the recipe as a program of its own, so that a bomb takes nothing down but itself."""
    try:
        finished = subprocess.run(
            [sys.executable, "-P", processing.__file__, *how],
            input=data,
            capture_output=True,
            check=False,
            timeout=processing.SECONDS,
            env={"MALLOC_ARENA_MAX": "1"},
        )
    except subprocess.TimeoutExpired as slow:
        raise PictureRefused("too_many_pixels") from slow
    if finished.returncode == processing.REFUSED:
        raise PictureRefused(finished.stdout.decode())
    if finished.returncode != 0:
        raise PictureRefused("unreadable")
    return processing.unpack(finished.stdout)


def _keep(name: str, content: bytes, *, storage: Storage = default_storage) -> None:
    if storage.exists(name):
        return
    kept = storage.save(name, ContentFile(content))
    if kept != name:
        # Somebody else kept the same picture in the same moment, so the name holds the same content.
        storage.delete(kept)
