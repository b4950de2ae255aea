"""Keeping a sent file: checked by its first bytes, named by its content."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from backend.catalogue.errors import FileRefused
from backend.catalogue.models import FileKind, StoredFile
from backend.catalogue.rules.files import (
    HEAD_BYTES,
    KINDS,
    LARGEST,
    MEDIA_TYPES,
    ending_of,
    is_active_document,
    is_whole_model,
)
from backend.core.videos.errors import VideoRefused
from backend.core.videos.models import Video
from backend.core.videos.storing import take_video, video_name

PIECE_BYTES = 1024 * 1024
FOLDERS = {"MODEL": "files", "DOCUMENT": "files", "TABLE": "tables"}


def store_file(*, content: IO[bytes], owner_id: UUID | None, now: datetime) -> StoredFile:
    """Check a sent file and keep it; call it outside a transaction. The same content is kept once.

    Raises: FileRefused.
    """
    head = content.read(HEAD_BYTES)
    ending = ending_of(head)
    if ending is None:
        raise FileRefused(reason="unknown")
    kind = KINDS[ending]
    sha256, size = _measure(content, kind)
    if kind == FileKind.VIDEO:
        return _take_video(content, size=size, owner_id=owner_id, now=now)
    if ending == "glb" and not is_whole_model(head, size):
        raise FileRefused(reason="broken")
    name = f"{FOLDERS[kind]}/{sha256[:2]}/{sha256}.{ending}"
    if not default_storage.exists(name):
        content.seek(0)
        kept = default_storage.save(name, File(content))
        if kept != name:
            # Somebody else kept the same file in the same moment.
            default_storage.delete(kept)
    return _write_row(
        kind=kind, name=name, media_type=MEDIA_TYPES[ending], sha256=sha256, size=size, owner_id=owner_id, now=now
    )


def _take_video(content: IO[bytes], *, size: int, owner_id: UUID | None, now: datetime) -> StoredFile:
    """A video is checked and made anew like those of shoppers; the file is there once that is done."""
    try:
        video = take_video(content=content, owner_id=owner_id, now=now)
    except VideoRefused as refusal:
        raise FileRefused(reason=refusal.details["reason"]) from refusal
    return _write_row(
        kind=FileKind.VIDEO, name=video_name(video.sha256), media_type=MEDIA_TYPES["mp4"], sha256=video.sha256,
        size=size, owner_id=owner_id, video=video, now=now,
    )  # fmt: skip


@transaction.atomic
def _write_row(
    *,
    kind: str,
    name: str,
    media_type: str,
    sha256: str,
    size: int,
    owner_id: UUID | None,
    video: Video | None = None,
    now: datetime,
) -> StoredFile:
    return StoredFile.objects.create(
        kind=kind,
        name=name,
        media_type=media_type,
        sha256=sha256,
        size_bytes=size,
        owner_id=owner_id,
        video=video,
        stored_at=now,
    )


def _measure(content: IO[bytes], kind: str) -> tuple[str, int]:
    """The sum and the size of the content; more than the kind may have is refused while it is read."""
    whole, size, tail = hashlib.sha256(), 0, b""
    for piece in _pieces(content):
        size += len(piece)
        if size > LARGEST[kind]:
            raise FileRefused(reason="too_large")
        if kind == "DOCUMENT" and is_active_document(tail + piece):
            raise FileRefused(reason="active")
        tail = piece[-32:]
        whole.update(piece)
    return whole.hexdigest(), size


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    content.seek(0)
    while piece := content.read(PIECE_BYTES):
        yield piece
