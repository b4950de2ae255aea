"""Taking videos away for good: the rows, and the files that nobody else has."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from backend.core.pictures.storing import originals
from backend.core.videos.models import Video, VideoMaking
from backend.core.videos.storing import original_video, video_name


@transaction.atomic
def forget_videos(*, video_ids: Collection[UUID]) -> None:
    """Delete some videos; nothing may show them any more. Their files go when the transaction has ended well."""
    gone = set(Video.objects.filter(pk__in=video_ids).values_list("sha256", flat=True))
    Video.objects.filter(pk__in=video_ids).delete()
    gone -= set(Video.objects.filter(sha256__in=gone).values_list("sha256", flat=True))
    VideoMaking.objects.filter(pk__in=gone).delete()
    for sha256 in sorted(gone):
        transaction.on_commit(partial(default_storage.delete, video_name(sha256)), robust=True)
        transaction.on_commit(partial(originals().delete, original_video(sha256)), robust=True)
