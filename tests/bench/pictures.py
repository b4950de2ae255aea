"""The picture pipeline, against the same pictures encoded by Pillow alone in the same run and process."""

import io
import random
import time
from collections.abc import Callable, Iterable
from uuid import uuid4

from PIL import Image

from backend.core import clock
from backend.core.pictures.making import make_due_pictures
from backend.core.pictures.processing import WIDTHS
from backend.core.pictures.storing import take_picture
from tests.bench.figure import Figure

PICTURES = 12


def figures() -> Iterable[Figure]:
    """Pictures per second: taken in with their small rendition, and made whole by one worker."""
    sent = [_photo(number) for number in range(PICTURES)]
    bare = _per_second(lambda: _each(_encode, sent))
    yield Figure("picture_upload", _per_second(lambda: _each(_take, sent)), "pictures/s", bare)
    made = _per_second(lambda: make_due_pictures(clock=clock.now, limit=50))
    yield Figure("picture_making", made, "pictures/s", bare)


def _each(work: Callable[[bytes], None], pictures: list[bytes]) -> None:
    for data in pictures:
        work(data)


def _per_second(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return PICTURES / (time.perf_counter() - began)


def _take(data: bytes) -> None:
    take_picture(data=data, owner_id=uuid4(), now=clock.now())


def _encode(data: bytes) -> None:
    """What the encoding itself costs: open, shrink, and write each width in both formats."""
    whole = Image.open(io.BytesIO(data)).convert("RGB")
    for width in WIDTHS:
        small = whole.resize((width, round(whole.height * width / whole.width)), Image.Resampling.LANCZOS)
        small.save(io.BytesIO(), "AVIF", quality=60, speed=8, max_threads=1)
        small.save(io.BytesIO(), "WEBP", quality=80, method=4)


def _photo(number: int) -> bytes:
    """Something between noise and one colour, as photographs are."""
    dice = random.Random(number)
    rough = Image.frombytes("RGB", (48, 36), dice.randbytes(48 * 36 * 3))
    out = io.BytesIO()
    rough.resize((1920, 1440), Image.Resampling.BICUBIC).save(out, "JPEG", quality=88)
    return out.getvalue()
