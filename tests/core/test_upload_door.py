from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from backend.accounts.models import User
from backend.core import clock
from backend.core.pictures import Picture
from backend.core.pictures.processing import MOST_BYTES
from backend.core.pictures.selectors import MOST_PER_HOUR

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bob() -> User:
    return User.objects.create(email="bob@example.com", date_joined=NOON)


def signed_in(user: User, enforce_csrf_checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(user)
    return client


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), (200, 30, 30)).save(out, "JPEG")
    return out.getvalue()


def send(client: Client, data: bytes, name: str = "file") -> Any:
    return client.post("/upload", {name: SimpleUploadedFile("a.jpg", data, content_type="image/jpeg")})


def test_somebody_signed_in_sends_a_picture_and_can_fetch_it(bob: User):
    client = signed_in(bob)

    answer = send(client, jpeg())

    assert answer.status_code == 201
    picture = Picture.objects.get()
    assert answer.json() == {
        "id": str(picture.pk),
        "url": f"/media/pictures/{picture.sha256[:2]}/{picture.sha256}-320.webp",
        "width": 400,
        "height": 200,
    }
    assert picture.owner_id == bob.pk
    fetched = Client().get(answer.json()["url"])
    assert fetched.status_code == 200
    assert fetched["Content-Type"] == "image/webp"
    assert fetched["Cache-Control"] == "public, max-age=31536000, immutable"
    assert fetched["X-Content-Type-Options"] == "nosniff"


def test_nobody_is_asked_to_sign_in():
    answer = send(Client(), jpeg())

    assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_IN_REQUIRED")
    assert Picture.objects.count() == 0


def test_a_form_from_elsewhere_is_refused(bob: User):
    answer = send(signed_in(bob, enforce_csrf_checks=True), jpeg())

    assert answer.status_code == 403
    assert Picture.objects.count() == 0


def test_a_form_with_the_token_is_taken(bob: User):
    client = signed_in(bob, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = token = "a" * 32

    answer = client.post("/upload", {"file": SimpleUploadedFile("a.jpg", jpeg())}, headers={"X-CSRFToken": token})

    assert answer.status_code == 201


def test_what_is_no_picture_is_refused_with_the_way_out(bob: User):
    answer = signed_in(bob).post(
        "/upload", {"file": SimpleUploadedFile("a.jpg", b"hello")}, headers={"Accept-Language": "en"}
    )

    assert answer.status_code == 422
    assert answer.json() == {
        "code": "PICTURE_REFUSED",
        "message": "This file cannot be read as a picture. Send a JPEG, PNG or WebP file.",
        "field": "file",
        "details": {"reason": "unreadable"},
    }
    assert Picture.objects.count() == 0


def test_a_form_without_a_file_is_refused(bob: User):
    assert send(signed_in(bob), jpeg(), name="other").json()["code"] == "PICTURE_REFUSED"


def test_too_many_bytes_are_refused_before_they_are_read(bob: User):
    answer = send(signed_in(bob), jpeg() + bytes(MOST_BYTES + 100_000))

    assert answer.status_code == 413
    assert answer.json()["details"] == {"reason": "too_many_bytes"}


def test_somebody_who_sends_without_end_has_to_wait(bob: User):
    Picture.objects.bulk_create(
        Picture(owner_id=bob.pk, sha256="0" * 64, width=1, height=1, widths=[1], blur="", stored_at=NOON)
        for _ in range(MOST_PER_HOUR)
    )
    client = signed_in(bob)

    with clock.frozen(NOON + timedelta(minutes=59)):
        answer = send(client, jpeg())
    with clock.frozen(NOON + timedelta(minutes=61)):
        later = send(client, jpeg())

    assert (answer.status_code, answer.json()["code"]) == (429, "TOO_MANY_REQUESTS")
    assert answer.json()["details"] == {"retryAfterSeconds": 3600}
    assert later.status_code == 201


@pytest.mark.parametrize(
    "name", ["../settings.py", "pictures/../../x", "pictures/aa/b.webp", "pictures/aa/" + "0" * 64 + "-320.webp"]
)
def test_only_renditions_that_exist_are_fetched(name: str):
    assert Client().get(f"/media/{name}").status_code == 404


def test_the_door_is_for_sending_only(bob: User):
    assert signed_in(bob).get("/upload").status_code == 405
