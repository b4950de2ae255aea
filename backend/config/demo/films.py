"""Short films of the demo: a slow walk over the pictures of a product, drawn frame by frame and encoded."""

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import av
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from backend.catalogue.models import Product
from backend.core.pictures.storing import file_name

SIDE = 480
RATE = 15
SECONDS_EACH = 2.4
FADE_SECONDS = 0.4
CLOSER = 0.22


def film(pictures: Sequence[bytes]) -> bytes:
    """A film that comes slowly closer to each picture and fades into the next."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"crf": "26", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = SIDE, SIDE, "yuv420p"
        for number, image in enumerate(_frames([_square(each) for each in pictures])):
            frame: Any = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def film_of(product: Product) -> bytes:
    """A film over the first pictures of a product."""
    shown = [each.picture for each in product.pictures.select_related("picture")[:3]]
    contents = []
    for picture in shown:
        with default_storage.open(file_name(picture.sha256, picture.widths[-1], "webp")) as file:
            contents.append(file.read())
    return film(contents)


def _frames(images: Sequence[Image.Image]) -> Iterator[Image.Image]:
    steps, fading = round(SECONDS_EACH * RATE), round(FADE_SECONDS * RATE)
    for place, image in enumerate(images):
        for step in range(steps):
            shown = _closer(image, step / steps)
            left = steps - step
            if left <= fading and place + 1 < len(images):
                shown = Image.blend(shown, _closer(images[place + 1], 0), 1 - left / fading)
            yield shown


def _closer(image: Image.Image, part: float) -> Image.Image:
    edge = image.width * CLOSER * part / 2
    box = (edge, edge * 0.6, image.width - edge, image.width - edge * 1.4)
    return image.resize((SIDE, SIDE), Image.Resampling.BILINEAR, box=box)


def _square(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as picture:
        return ImageOps.fit(picture.convert("RGB"), (2 * SIDE, 2 * SIDE))
