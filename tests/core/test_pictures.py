"""The corpus of things people should not be able to send, and what happens to those they may."""

from __future__ import annotations

import io
import resource
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from backend.core.pictures import Picture, PictureRefused, picture_urls, processing, store_picture
from backend.core.pictures.selectors import own_picture
from backend.core.pictures.storing import file_name

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
TAIL = b"<script>alert('a picture that is a page')</script>"
SECRETS = (TAIL, b"CAMERA-OF-BOB", b"SECRET-COMMENT", b"Exif", b"EXIF")


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width: int = 800, height: int = 600) -> Image.Image:
    """A photo whose left half is red and right half blue, so that a turn can be seen."""
    image = Image.new("RGB", (width, height), (220, 20, 20))
    image.paste((20, 20, 220), (width // 2, 0, width, height))
    return image


def located() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-OF-BOB"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    return exif


def bomb_png(width: int, height: int) -> bytes:
    """A PNG of one colour: a few bytes that become many."""
    return encoded(Image.new("1", (width, height)), "PNG")


def text_bomb() -> bytes:
    """A PNG with a compressed comment that becomes 200 MB."""
    plain = encoded(photo(64, 64), "PNG")
    squeezer = zlib.compressobj(9)
    body = b"k\x00\x00" + b"".join(squeezer.compress(bytes(1 << 20)) for _ in range(200)) + squeezer.flush()
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return plain[:33] + chunk + plain[33:]


def lying_png() -> bytes:
    """A PNG whose header says 64 by 64 and whose data are cut off."""
    return encoded(photo(64, 64), "PNG")[:80]


def moving() -> bytes:
    return encoded(photo(64, 64), "PNG", save_all=True, append_images=[Image.new("RGB", (64, 64))])


CORPUS = {
    "nothing": (b"", "unreadable"),
    "text": (b"hello", "unreadable"),
    "page": (b"<html>" + TAIL + b"</html>", "unreadable"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "unreadable"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\nshowpage\n", "unreadable"),
    "gif": (encoded(photo(64, 64), "GIF"), "unreadable"),
    "bmp": (encoded(photo(64, 64), "BMP"), "unreadable"),
    "tiff": (encoded(photo(64, 64), "TIFF"), "unreadable"),
    "cut off": (encoded(photo())[:2000], "unreadable"),
    "lying": (lying_png(), "unreadable"),
    "comment bomb": (text_bomb(), "unreadable"),
    "moving": (moving(), "moves"),
    "too small": (encoded(photo(15, 200)), "too_small"),
    "pixel bomb": (bomb_png(13_000, 13_000), "too_many_pixels"),
    "larger pixel bomb": (bomb_png(30_000, 30_000), "too_many_pixels"),
    "long strip": (bomb_png(8_001, 20), "too_many_pixels"),
    "a little over": (bomb_png(6_001, 4_000), "too_many_pixels"),
    "too many bytes": (encoded(photo()) + bytes(processing.MOST_BYTES), "too_many_bytes"),
}


@pytest.mark.parametrize("trusted", [True, False], ids=["in this process", "apart"])
@pytest.mark.parametrize("case", CORPUS)
def test_what_is_no_proper_picture_is_refused_and_leaves_nothing(case: str, trusted: bool):
    data, reason = CORPUS[case]

    with pytest.raises(PictureRefused) as refused:
        store_picture(data=data, owner_id=uuid4(), now=NOON, trusted=trusted)

    assert refused.value.code == "PICTURE_REFUSED"
    assert refused.value.details == {"reason": reason}
    assert Picture.objects.count() == 0
    assert not default_storage.exists("pictures")


def test_the_whole_corpus_does_not_make_this_process_grow():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for data, _ in CORPUS.values():
        with pytest.raises(PictureRefused):
            store_picture(data=data, owner_id=uuid4(), now=NOON)

    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 150


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_proper_picture_is_made_anew_in_each_width_that_it_fills(kind: str):
    data = encoded(photo(1000, 500), kind)

    picture = store_picture(data=data, owner_id=uuid4(), now=NOON)

    assert (picture.width, picture.height, picture.kind) == (1000, 500, "photo")
    assert picture.widths == [320, 640, 960, 1000]
    for width in picture.widths:
        for made in ("avif", "webp"):
            with default_storage.open(file_name(picture.sha256, width, made)) as file, Image.open(file) as again:
                assert again.size == (width, round(width / 2))
                assert again.format == made.upper()


def test_a_large_picture_is_shrunk_and_a_small_one_is_not_blown_up():
    large = store_picture(data=encoded(photo(4000, 3000)), owner_id=None, now=NOON)
    small = store_picture(data=encoded(photo(100, 50)), owner_id=None, now=NOON)

    assert (large.width, large.height, large.widths) == (1280, 960, [320, 640, 960, 1280])
    assert (small.width, small.height, small.widths) == (100, 50, [100])


def test_a_picture_is_turned_upright_and_forgets_place_camera_and_what_hangs_behind_it():
    data = encoded(photo(800, 600), "JPEG", exif=located(), comment=b"SECRET-COMMENT") + TAIL
    assert b"CAMERA-OF-BOB" in data

    picture = store_picture(data=data, owner_id=uuid4(), now=NOON)

    assert (picture.width, picture.height) == (600, 800)
    for width in picture.widths:
        for made in ("avif", "webp"):
            with default_storage.open(file_name(picture.sha256, width, made)) as file:
                content = file.read()
            assert not any(
                secret in content for secret in (TAIL, b"CAMERA-OF-BOB", b"SECRET-COMMENT", b"Exif", b"EXIF")
            )
            with Image.open(io.BytesIO(content)) as again:
                assert dict(again.getexif()) == {}
                upper = again.convert("RGB").crop((0, 0, again.width, 20)).resize((1, 1)).tobytes()
                assert upper[0] > 180 > upper[2]


def test_a_background_that_shows_through_stays_so():
    cutout = store_picture(data=encoded(Image.new("RGBA", (64, 64), (9, 9, 9, 80)), "PNG"), owner_id=None, now=NOON)
    opaque = store_picture(data=encoded(Image.new("RGBA", (64, 64), (9, 9, 9, 255)), "PNG"), owner_id=None, now=NOON)

    assert (cutout.kind, opaque.kind) == ("cutout", "photo")


def test_the_same_bytes_are_made_once_and_belong_to_each_sender(monkeypatch: pytest.MonkeyPatch):
    data, bob, carol = encoded(photo()), uuid4(), uuid4()
    first = store_picture(data=data, owner_id=bob, now=NOON)
    monkeypatch.setattr(processing, "make_renditions", lambda data: pytest.fail("made twice"))

    second = store_picture(data=data, owner_id=carol, now=NOON, trusted=True)

    assert second.pk != first.pk
    assert picture_urls(second) == picture_urls(first)
    assert own_picture(picture_id=second.pk, owner_id=carol) == second
    assert own_picture(picture_id=second.pk, owner_id=bob) is None


def test_the_addresses_are_made_of_the_content_and_can_be_told_from_columns():
    picture = store_picture(data=encoded(photo(1000, 500)), owner_id=None, now=NOON, trusted=True)

    urls = picture_urls(picture)

    assert urls["src"] == f"/media/pictures/{picture.sha256[:2]}/{picture.sha256}-640.webp"
    assert urls["srcset_avif"].startswith(f"/media/pictures/{picture.sha256[:2]}/{picture.sha256}-320.avif 320w, ")
    assert urls["srcset_webp"].endswith("-1000.webp 1000w")
    assert (urls["width"], urls["height"]) == (1000, 500)
    assert urls["blur"].startswith("data:image/webp;base64,")
    assert len(urls["blur"]) < 600
    assert picture_urls(Picture.objects.values().get()) == urls
