"""Make a sent picture anew: check it, turn it upright, drop what it says about its maker, shrink it.

This file needs Pillow and nothing of the shop, so that it can run as a program of its own with little memory
and little time: `python processing.py < sent > made`; with `first` it makes the smallest rendition only.
Nothing of the sent bytes reaches a visitor.
"""

import base64
import contextlib
import io
import json
import resource
import sys
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 8_000
SHORTEST_SIDE = 16
WIDTHS = (320, 640, 960, 1280)
BLUR_WIDTH = 16
MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 10
REFUSED = 3


class Refusal(Exception):
    """Why a picture is not taken, in one word."""


@dataclass(frozen=True)
class Made:
    """A picture in its renditions, the bytes by `(width, format)`."""

    width: int
    height: int
    kind: str
    blur: str
    renditions: dict[tuple[int, str], bytes]

    @property
    def widths(self) -> list[int]:
        """The widths it was made in, small to large."""
        return sorted({width for width, _ in self.renditions})


def make_renditions(data: bytes, *, is_first: bool = False) -> Made:
    """Check the bytes and make the picture anew in every width that it fills, or at first in the smallest alone.

    Raises: Refusal.
    """
    image = _upright(_decoded(data))
    renditions: dict[tuple[int, str], bytes] = {}
    for width in widths_for(image.width)[: 1 if is_first else None]:
        resized = _resized(image, width)
        renditions[width, "avif"] = _encoded(resized, "AVIF", quality=60, speed=8, max_threads=1)
        renditions[width, "webp"] = _encoded(resized, "WEBP", quality=80, method=4)
    blur = _encoded(_resized(image, BLUR_WIDTH), "WEBP", quality=30)
    return Made(
        width=image.width,
        height=image.height,
        kind="cutout" if image.mode == "RGBA" else "photo",
        blur="data:image/webp;base64," + base64.b64encode(blur).decode(),
        renditions=renditions,
    )


def _decoded(data: bytes) -> Image.Image:
    """Decode after the header has shown that it is small enough and of a known kind."""
    if len(data) > MOST_BYTES:
        raise Refusal("too_many_bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_header(image)
            image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refusal("too_many_pixels") from bomb
    except (OSError, ValueError, SyntaxError, EOFError, Warning) as broken:
        raise Refusal("unreadable") from broken
    return image


def _check_header(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
        raise Refusal("too_many_pixels")
    if min(image.size) < SHORTEST_SIDE:
        raise Refusal("too_small")
    if getattr(image, "n_frames", 1) != 1:
        raise Refusal("moves")


def _upright(image: Image.Image) -> Image.Image:
    """Shrink to the largest width, turn as the camera was held, go to sRGB, and forget the rest."""
    profile = image.info.get("icc_profile")
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    orientation = image.getexif().get(0x0112, 1)
    image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((WIDTHS[-1] * 2, WIDTHS[-1] * 2), Image.Resampling.LANCZOS)
    image.getexif()[0x0112] = orientation
    image = ImageOps.exif_transpose(image)
    if profile and not has_alpha:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ImageCms.profileToProfile(image, known, ImageCms.createProfile("sRGB"), inPlace=True)
    image.info.clear()
    if has_alpha and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    return _resized(image, min(image.width, WIDTHS[-1]))


def widths_for(width: int) -> list[int]:
    """The widths in which a picture so wide is made."""
    return [*(each for each in WIDTHS if each < width), min(width, WIDTHS[-1])]


def _resized(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, kind: str, **options: int) -> bytes:
    plain = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    plain.save(out, format=kind, **options)
    return out.getvalue()


def pack(made: Made) -> bytes:
    """Write a made picture as one line of JSON and the bytes of the renditions behind it."""
    parts = [(width, kind, len(data)) for (width, kind), data in made.renditions.items()]
    head = {"width": made.width, "height": made.height, "kind": made.kind, "blur": made.blur, "parts": parts}
    return json.dumps(head).encode() + b"\n" + b"".join(made.renditions.values())


def unpack(packed: bytes) -> Made:
    """Read what `pack` wrote."""
    line, rest = packed.split(b"\n", 1)
    head = json.loads(line)
    renditions: dict[tuple[int, str], bytes] = {}
    for width, kind, length in head["parts"]:
        renditions[width, kind], rest = rest[:length], rest[length:]
    return Made(width=head["width"], height=head["height"], kind=head["kind"], blur=head["blur"], renditions=renditions)


def main() -> int:
    """Make the picture on standard input anew within the limits, or say why not."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        packed = pack(make_renditions(sys.stdin.buffer.read(MOST_BYTES + 1), is_first="first" in sys.argv))
    except Refusal as refusal:
        sys.stdout.write(str(refusal))
        return REFUSED
    except MemoryError:
        sys.stdout.write("too_many_pixels")
        return REFUSED
    sys.stdout.buffer.write(packed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
