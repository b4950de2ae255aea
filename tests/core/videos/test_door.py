"""The doors for videos: one to send them, one to fetch them piece by piece."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from starlette.testclient import TestClient

from backend.accounts.models import User
from backend.config.files import Media
from backend.core import clock
from backend.core.videos.making import make_due_videos
from backend.core.videos.models import Video, VideoState
from backend.core.videos.selectors import MOST_PER_HOUR
from backend.core.videos.storing import video_facts
from tests.support.videos import video

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bob() -> User:
    return User.objects.create(email="bob@example.com", date_joined=NOON)


def signed_in(user: User, **options) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def send(client: Client, data: bytes, **headers):
    return client.post("/upload/video", {"file": SimpleUploadedFile("IMG_1.MOV", data)}, headers=headers)


def test_somebody_signed_in_sends_a_video(bob):
    answer = send(signed_in(bob), video())

    kept = Video.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"id": str(kept.pk), "state": "WAITING", "durationMs": 2000}
    assert kept.owner_id == bob.pk


def test_nobody_else_may_and_nothing_is_kept(bob):
    refusals = [send(Client(), video()), send(signed_in(bob, enforce_csrf_checks=True), video())]

    assert [each.status_code for each in refusals] == [401, 403]
    assert not Video.objects.exists()


def test_a_refusal_tells_the_way_out(bob):
    answer = send(signed_in(bob), video(has_picture=False), **{"Accept-Language": "zh-Hans"})

    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["details"]) == ("VIDEO_REFUSED", {"reason": "no_picture"})
    assert "手机" in answer.json()["message"]


def test_a_request_that_says_it_is_too_long_is_not_read(bob):
    client = signed_in(bob)

    answer = client.post(
        "/upload/video", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="73400320"
    )

    assert (answer.status_code, answer.json()["details"]) == (413, {"reason": "too_many_bytes"})


def test_ten_an_hour_are_enough(bob):
    columns = {"width": 1, "height": 1, "duration_ms": 1, "size_bytes": 1, "stored_at": clock.now()}
    Video.objects.bulk_create(Video(owner_id=bob.pk, sha256=str(number), **columns) for number in range(MOST_PER_HOUR))

    answer = send(signed_in(bob), video())

    assert (answer.status_code, answer.json()["code"]) == (429, "TOO_MANY_REQUESTS")
    assert Video.objects.count() == MOST_PER_HOUR


def test_a_player_fetches_pieces_that_never_change(bob, tmp_path):
    send(signed_in(bob), video())
    make_due_videos(clock=clock.now)
    kept = Video.objects.get(state=VideoState.READY)
    url = video_facts(kept)["url"].removeprefix("/media")
    media = TestClient(Media(directory=tmp_path))

    piece = media.get(url, headers={"Range": "bytes=0-1"})
    whole = media.get(url)

    assert (piece.status_code, piece.headers["Content-Range"]) == (206, f"bytes 0-1/{kept.size_bytes}")
    assert (len(piece.content), len(whole.content)) == (2, kept.size_bytes)
    assert whole.headers["Content-Type"] == "video/mp4"
    assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
