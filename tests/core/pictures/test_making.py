"""A sent picture is shown small at once and whole a moment later, wherever the files lie."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import InMemoryStorage, default_storage, storages
from PIL import Image

from backend.config.settings.storage import picture_sources, storages_from
from backend.core.models import OutboxEvent
from backend.core.pictures import Picture, PictureRefused, picture_urls, store_picture, take_picture
from backend.core.pictures.making import LEASE, MOST_ATTEMPTS, make_due_pictures
from backend.core.pictures.models import PictureMaking
from backend.core.pictures.storing import file_name, original_name, originals

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
LOCAL = "django.core.files.storage.FileSystemStorage"
MEMORY = "django.core.files.storage.InMemoryStorage"


@pytest.fixture(params=["files", "memory"], autouse=True)
def _stores(request, settings, tmp_path):
    """The same tests over two storages that have nothing in common but Django's storage API."""
    is_local = request.param == "files"
    kinds = {
        "default": {"BACKEND": LOCAL, "OPTIONS": {"location": str(tmp_path / "media"), "base_url": "/media/"}},
        "originals": {"BACKEND": LOCAL, "OPTIONS": {"location": str(tmp_path / "originals"), "base_url": None}},
    }
    memory = {name: {"BACKEND": MEMORY, "OPTIONS": {"base_url": "/media/"}} for name in kinds}
    settings.STORAGES = {**settings.STORAGES, **(kinds if is_local else memory)}
    assert isinstance(storages["originals"], InMemoryStorage) != is_local


def sent(width: int = 1000, height: int = 500, colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def test_a_sent_picture_is_shown_small_at_once_and_whole_when_a_worker_has_been_there():
    picture = take_picture(data=sent(), owner_id=uuid4(), now=NOON)
    assert (picture.width, picture.height, picture.widths) == (1000, 500, [320])
    assert picture_urls(picture)["src"].endswith("-320.webp")
    assert default_storage.exists(file_name(picture.sha256, 320, "avif"))
    assert originals().exists(original_name(picture.sha256))

    assert make_due_pictures(clock=lambda: NOON) == 1

    picture.refresh_from_db()
    assert picture.widths == [320, 640, 960, 1000]
    assert all(
        default_storage.exists(file_name(picture.sha256, width, kind))
        for width in picture.widths
        for kind in ("avif", "webp")
    )
    assert not originals().exists(original_name(picture.sha256))
    assert not PictureMaking.objects.exists()
    assert OutboxEvent.objects.get(name="PictureMade").aggregate_id == str(picture.pk)


def test_a_small_picture_is_whole_at_once():
    picture = take_picture(data=sent(200, 100), owner_id=uuid4(), now=NOON)

    assert picture.widths == [200]
    assert not PictureMaking.objects.exists()


def test_the_same_bytes_are_made_once_for_all_who_sent_them():
    one = take_picture(data=sent(), owner_id=uuid4(), now=NOON)
    two = take_picture(data=sent(), owner_id=uuid4(), now=NOON)

    assert make_due_pictures(clock=lambda: NOON) == 1
    three = take_picture(data=sent(), owner_id=uuid4(), now=NOON)

    assert make_due_pictures(clock=lambda: NOON + timedelta(days=1)) == 0
    assert {tuple(each.widths) for each in Picture.objects.all()} == {(320, 640, 960, 1000)}
    assert len({one.pk, two.pk, three.pk}) == 3


def test_a_worker_that_dies_is_followed_by_another():
    take_picture(data=sent(), owner_id=uuid4(), now=NOON)
    PictureMaking.objects.update(attempts=1, due_at=NOON + LEASE)

    assert make_due_pictures(clock=lambda: NOON) == 0
    assert make_due_pictures(clock=lambda: NOON + LEASE) == 1


def test_what_cannot_be_made_keeps_its_small_rendition():
    picture = take_picture(data=sent(), owner_id=uuid4(), now=NOON)
    originals().delete(original_name(picture.sha256))

    for number in range(MOST_ATTEMPTS + 1):
        assert make_due_pictures(clock=lambda number=number: NOON + timedelta(days=number)) == 0

    job = PictureMaking.objects.get()
    picture.refresh_from_db()
    assert (job.attempts, job.due_at, job.problem) == (MOST_ATTEMPTS, None, "FileNotFoundError")
    assert picture.widths == [320]


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg/>", sent()[:500], sent(15, 200), sent() + bytes(11 << 20)])
def test_what_is_no_picture_leaves_nothing(data: bytes):
    with pytest.raises(PictureRefused):
        take_picture(data=data, owner_id=uuid4(), now=NOON)

    assert not Picture.objects.exists()
    assert not PictureMaking.objects.exists()
    assert not default_storage.exists("pictures")


def test_a_bomb_is_refused_before_it_is_decoded():
    out = io.BytesIO()
    Image.new("1", (13_000, 13_000)).save(out, "PNG")

    with pytest.raises(PictureRefused) as refused:
        take_picture(data=out.getvalue(), owner_id=uuid4(), now=NOON)

    assert refused.value.details == {"reason": "too_many_pixels"}
    assert not Picture.objects.exists()


def test_a_picture_of_the_shop_is_made_whole_at_once():
    picture = store_picture(data=sent(), owner_id=None, now=NOON, trusted=True)

    assert picture.widths == [320, 640, 960, 1000]


def test_buckets_are_chosen_by_the_environment_and_never_by_half(tmp_path):
    buckets = {"MEDIA_BUCKET": "shown", "ORIGINALS_BUCKET": "kept"}
    whole = {**buckets, "S3_ENDPOINT": "https://s3.example", "MEDIA_HOST": "cdn.example"}
    found = storages_from(whole, data=tmp_path)

    assert found["default"]["OPTIONS"]["bucket_name"] == "shown"
    assert "immutable" in found["default"]["OPTIONS"]["object_parameters"]["CacheControl"]
    assert found["originals"]["OPTIONS"]["bucket_name"] == "kept"
    assert picture_sources(whole) == ["https://cdn.example"]
    assert picture_sources({}) == []
    for half in ({"MEDIA_BUCKET": "shown"}, {"ORIGINALS_BUCKET": "kept"}, dict.fromkeys(buckets, "x")):
        with pytest.raises(ValueError, match="two buckets"):
            storages_from(half, data=tmp_path)
