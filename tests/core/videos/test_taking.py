"""Videos that strangers send: what is refused, what is made of the others, and that nothing else is left behind."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import av
import pytest
from django.core.files.storage import default_storage, storages
from PIL import Image

from backend.core.models import OutboxEvent
from backend.core.pictures.storing import originals
from backend.core.videos import making
from backend.core.videos.errors import VideoRefused
from backend.core.videos.forgetting import forget_videos
from backend.core.videos.making import LEASE, MOST_ATTEMPTS, make_due_videos
from backend.core.videos.models import Video, VideoMaking, VideoState
from backend.core.videos.storing import original_video, take_video, video_facts, video_name
from tests.support.videos import PLACE, lengthened, turned, video

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
ARCHIVE = b"PK\x03\x04" + bytes(60)
SECRETS = (PLACE.encode(), b"Bobphone", b"ISO6709")


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    local = "django.core.files.storage.FileSystemStorage"
    kept = {"BACKEND": local, "OPTIONS": {"location": str(tmp_path / "originals"), "base_url": None}}
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {**settings.STORAGES, "originals": kept}
    assert storages["originals"]


def sent(data: bytes, owner_id=None) -> Video:
    return take_video(content=io.BytesIO(data), owner_id=owner_id or uuid4(), now=NOON)


def made(data: bytes) -> tuple[Video, bytes]:
    taken = sent(data)
    assert make_due_videos(clock=lambda: NOON) == 1
    taken.refresh_from_db()
    with default_storage.open(video_name(taken.sha256)) as file:
        return taken, file.read()


def test_a_sent_video_waits_and_is_played_when_a_worker_has_been_there():
    taken = sent(video())
    assert (taken.state, taken.width, taken.height, taken.duration_ms) == (VideoState.WAITING, 320, 240, 2000)
    assert video_facts(taken)["url"] is None
    assert not default_storage.exists(video_name(taken.sha256))

    assert make_due_videos(clock=lambda: NOON) == 1

    taken.refresh_from_db()
    facts = video_facts(taken)
    assert (taken.state, facts["seconds"]) == (VideoState.READY, 2)
    assert facts["url"] == f"/media/videos/{taken.sha256[:2]}/{taken.sha256}.mp4"
    assert (facts["poster"]["width"], facts["poster"]["height"]) == (320, 240)
    assert not originals().exists(original_video(taken.sha256))
    assert not VideoMaking.objects.exists()
    assert OutboxEvent.objects.get(name="VideoFinished").payload["is_ready"] is True


@pytest.mark.parametrize(
    ("form", "codec"), [("mp4", "libx264"), ("mov", "libx264"), ("mov", "libx265"), ("webm", "libvpx-vp9")]
)
def test_whatever_a_phone_makes_becomes_one_kind_and_forgets_place_and_phone(form, codec):
    data = video(form=form, codec=codec)
    assert form == "webm" or SECRETS[0] in data

    _taken, content = made(data)

    assert not any(secret in content for secret in SECRETS)
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(io.BytesIO(content)) as container:
        assert sorted(each.codec_context.name for each in container.streams) == ["aac", "h264"]


def test_a_video_is_turned_upright():
    taken, content = made(turned(video()))

    assert (taken.width, taken.height) == (240, 320)
    with av.open(io.BytesIO(content)) as container:
        picture = next(container.decode(video=0)).to_image()
    assert picture.size == (240, 320)
    assert picture.getpixel((230, 10))[2] > 150 > picture.getpixel((10, 10))[2]
    with default_storage.open(f"pictures/{taken.poster.sha256[:2]}/{taken.poster.sha256}-240.webp") as file:
        assert Image.open(file).size == (240, 320)


def test_a_large_video_is_shrunk():
    taken, _content = made(video(size=(2560, 1440), seconds=1))

    assert (taken.width, taken.height) == (1280, 720)


CORPUS = {
    "nothing": (b"", "unreadable"),
    "page": (b"<html><script>1</script></html>", "unreadable"),
    "list of addresses": (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/x.ts\n", "unreadable"),
    "only the first bytes": (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "unreadable"),
    "cut off": (video()[:3000], "unreadable"),
    "archive behind it": (video() + ARCHIVE, "not_alone"),
    "archive behind a webm": (video(form="webm", codec="libvpx-vp9") + ARCHIVE, "not_alone"),
    "sound alone": (video(has_picture=False), "no_picture"),
    "too short": (video(seconds=0.4), "too_short"),
    "too long": (video(seconds=63, size=(128, 128), has_sound=False), "too_long"),
    "too small": (video(size=(100, 100)), "too_small"),
    "too large": (video(size=(4200, 240), seconds=1, has_sound=False), "too_large"),
}


@pytest.mark.parametrize("case", CORPUS)
def test_what_is_no_proper_video_is_refused_and_leaves_nothing(case):
    data, reason = CORPUS[case]

    with pytest.raises(VideoRefused) as refused:
        sent(data)

    assert refused.value.details == {"reason": reason}
    assert not Video.objects.exists()
    assert not VideoMaking.objects.exists()
    assert not originals().exists("videos")


def test_more_than_the_limit_is_refused_while_it_is_read(monkeypatch):
    monkeypatch.setattr("backend.core.videos.limits.MOST_BYTES", 1000)

    with pytest.raises(VideoRefused) as refused:
        sent(video())

    assert refused.value.details == {"reason": "too_many_bytes"}
    assert not Video.objects.exists()


def test_a_head_that_lies_about_the_length_is_found_out_when_it_is_made():
    taken = sent(lengthened(video(seconds=64, size=(128, 128)), seconds=5))

    assert make_due_videos(clock=lambda: NOON) == 0

    taken.refresh_from_db()
    assert (taken.state, taken.problem, taken.poster) == (VideoState.REFUSED, "too_long", None)
    assert not default_storage.exists(video_name(taken.sha256))
    assert not originals().exists(original_video(taken.sha256))
    assert not VideoMaking.objects.exists()
    told = OutboxEvent.objects.get(name="VideoFinished").payload
    assert (told["is_ready"], told["problem"]) == (False, "too_long")


def test_the_same_bytes_are_made_once_for_all_who_sent_them():
    one, two = sent(video()), sent(video())

    assert make_due_videos(clock=lambda: NOON) == 1
    three = sent(video())

    assert make_due_videos(clock=lambda: NOON + timedelta(days=1)) == 0
    assert {each.state for each in Video.objects.all()} == {VideoState.READY}
    assert len({one.pk, two.pk, three.pk}) == 3


def test_one_is_made_at_a_time_and_a_worker_that_dies_is_followed_by_another():
    sent(video())
    sent(video(colour=(20, 200, 20)))
    VideoMaking.objects.filter(pk=VideoMaking.objects.earliest("pk").pk).update(
        attempts=1, due_at=NOON + LEASE, held_until=NOON + LEASE
    )

    assert make_due_videos(clock=lambda: NOON) == 0
    assert make_due_videos(clock=lambda: NOON + LEASE) == 2


def test_a_storage_that_does_not_answer_is_asked_again_a_few_times():
    taken = sent(video())
    originals().delete(original_video(taken.sha256))

    for number in range(MOST_ATTEMPTS + 1):
        assert make_due_videos(clock=lambda number=number: NOON + timedelta(hours=number)) == 0

    taken.refresh_from_db()
    assert (taken.state, taken.problem) == (VideoState.REFUSED, "unreadable")


def test_what_takes_too_long_to_make_is_refused(monkeypatch):
    taken = sent(video())
    monkeypatch.setattr(making, "run_apart", _killed)

    make_due_videos(clock=lambda: NOON)

    taken.refresh_from_db()
    assert (taken.state, taken.problem) == (VideoState.REFUSED, "too_heavy")


def _killed(*_arguments):
    raise VideoRefused("too_heavy")


def test_files_go_with_the_last_who_has_them(django_capture_on_commit_callbacks):
    one, two = sent(video()), sent(video())
    make_due_videos(clock=lambda: NOON)

    with django_capture_on_commit_callbacks(execute=True):
        forget_videos(video_ids=[one.pk])
    assert default_storage.exists(video_name(one.sha256))
    with django_capture_on_commit_callbacks(execute=True):
        forget_videos(video_ids=[two.pk])

    assert not Video.objects.exists()
    assert not default_storage.exists(video_name(one.sha256))
