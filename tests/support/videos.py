"""Videos as phones and strangers send them, a few kilobytes each."""

import io
import struct
from fractions import Fraction
from typing import Any, cast

import av
from PIL import Image

SIZE = (320, 240)
RATE = 15
PLACE = "+31.2304+121.4737/"


def video(
    *,
    form: str = "mp4",
    codec: str = "libx264",
    size: tuple[int, int] = SIZE,
    seconds: float = 2,
    has_sound: bool = True,
    has_picture: bool = True,
    colour: tuple[int, int, int] = (200, 30, 30),
) -> bytes:
    """A short film of one colour with a blue corner at the upper left, and silence; it says where it was taken."""
    out = io.BytesIO()
    options = {"movflags": "use_metadata_tags"} if form in ("mp4", "mov") else {}
    with av.open(out, "w", format=form, options=options) as container:
        container.metadata.update(
            {"location": PLACE, "com.apple.quicktime.location.ISO6709": PLACE, "make": "Bobphone"}
        )
        picture = cast("av.VideoStream", container.add_stream(codec, rate=RATE)) if has_picture else None
        sound = (
            container.add_stream("libopus" if form == "webm" else "aac", rate=48_000, layout="mono")
            if has_sound
            else None
        )
        if picture is not None:
            picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
            _draw(container, picture, frames=round(seconds * RATE), size=size, colour=colour)
        if sound is not None:
            _hum(container, sound, seconds=seconds)
    return out.getvalue()


def turned(data: bytes) -> bytes:
    """The same film as a phone makes it that is held upright: turn it a quarter clockwise to see it."""
    at = data.index(b"tkhd") + 4 + 40
    matrix = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    return data[:at] + matrix + data[at + 36 :]


def lengthened(data: bytes, *, seconds: int) -> bytes:
    """The same film with a head that claims another length."""
    for box, place in ((b"mvhd", 16), (b"mdhd", 16)):
        at = data.index(box) + 4
        scale = struct.unpack(">I", data[at + 12 : at + 16])[0]
        data = data[: at + place] + struct.pack(">I", scale * seconds) + data[at + place + 4 :]
    return data


def _draw(container: Any, stream: Any, *, frames: int, size: tuple[int, int], colour: tuple[int, int, int]) -> None:
    for number in range(frames):
        image = Image.new("RGB", size, colour)
        image.paste((20, 20, 220), (0, 0, size[0] // 4, size[1] // 4))
        frame = av.VideoFrame.from_image(image)
        frame.pts, frame.time_base = number, Fraction(1, RATE)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _hum(container: Any, stream: Any, *, seconds: float) -> None:
    for number in range(round(seconds * 48_000 / 960)):
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        frame.pts, frame.sample_rate, frame.time_base = number * 960, 48_000, Fraction(1, 48_000)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
