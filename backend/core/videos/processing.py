"""Check a sent video, and make it anew: H.264 and AAC in an MP4 that plays before it is whole, and a poster.

A program of its own with little memory and little time, because it reads what strangers send:
`python -m backend.core.videos.processing check SENT` and `… make SENT VIDEO POSTER` answer one line of JSON.
Picture and sound are decoded and encoded again. Where it was taken, with what, and every other track stay behind.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

import av
import av.filter

from backend.core.videos import limits
from backend.core.videos.containers import Broken, container_of

# What is decoded beyond the limit is too long, whatever the head of the file says.
GRACE_SECONDS = 1
SOUND_RATE = 44_100
CLOCK = 90_000


class Refusal(Exception):
    """Why a video is not taken, in one word."""


def check(path: str) -> dict[str, Any]:
    """What kind of video it is, after its boxes, its tracks and its first frame were looked at.

    Raises: Refusal.
    """
    size = Path(path).stat().st_size
    if size > limits.MOST_BYTES:
        raise Refusal("too_many_bytes")
    with Path(path).open("rb") as file, _opened(file, size=size) as container:
        stream = _picture_track(container)
        seconds = _seconds(container, stream)
        frame = next(_frames(container, stream), None)
        if frame is None:
            raise Refusal("no_picture")
        width, height = _shown_size(frame)
    return {"width": width, "height": height, "duration_ms": round(seconds * 1000), "size_bytes": size}


def make(path: str, video_path: str, poster_path: str) -> dict[str, Any]:
    """Write the video and its poster anew.

    Raises: Refusal.
    """
    facts = check(path)
    with (
        Path(path).open("rb") as file,
        _opened(file, size=facts["size_bytes"]) as source,
        av.open(video_path, "w", format="mp4", options={"movflags": "+faststart"}) as made,
    ):
        shown = _Maker(source, made, poster_path=poster_path).run()
    return {**shown, "size_bytes": Path(video_path).stat().st_size}


def _opened(file: IO[bytes], *, size: int) -> Any:
    """The container, opened by the one reader that fits its first bytes; nothing else is guessed or fetched."""
    try:
        kind = container_of(file, size=size)
        file.seek(0)
        return av.open(file, "r", format=kind, metadata_errors="ignore")
    except Broken as broken:
        raise Refusal(str(broken)) from broken
    except (av.FFmpegError, ValueError, OSError, EOFError) as broken:
        raise Refusal("unreadable") from broken


def _picture_track(container: Any) -> Any:
    tracks = [each for each in container.streams.video if each.codec_context is not None]
    moving = [each for each in tracks if each.codec_context.name.split("_")[0] in limits.CODECS]
    if not moving:
        raise Refusal("unreadable" if tracks else "no_picture")
    stream = moving[0]
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > limits.MOST_PIXELS or max(width, height) > limits.LONGEST_SIDE:
        raise Refusal("too_large")
    if min(width, height) < limits.SHORTEST_SIDE:
        raise Refusal("too_small")
    stream.codec_context.thread_count = 1
    return stream


def _seconds(container: Any, stream: Any) -> float:
    """The length that the file declares; where it declares none, the last packet tells."""
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration:
        seconds = container.duration / av.time_base
    else:
        seconds = max((float(each.pts * each.time_base) for each in _packets(container, stream)), default=0.0)
        container.seek(0)
    if seconds > limits.MOST_SECONDS + GRACE_SECONDS:
        raise Refusal("too_long")
    if seconds < limits.LEAST_SECONDS:
        raise Refusal("too_short")
    return seconds


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    try:
        for packet in container.demux(stream):
            if packet.pts is not None:
                yield packet
    except (av.FFmpegError, ValueError, EOFError) as broken:
        raise Refusal("unreadable") from broken


def _frames(container: Any, *streams: Any) -> Iterator[Any]:
    """The decoded frames in the order of the file; what cannot be decoded ends them with a refusal."""
    try:
        for packet in container.demux(*streams):
            yield from packet.decode()
    except (av.FFmpegError, ValueError, EOFError) as broken:
        raise Refusal("unreadable") from broken


def _shown_size(frame: Any) -> tuple[int, int]:
    """Width and height as it is held upright."""
    return (frame.height, frame.width) if _turns(frame) % 2 else (frame.width, frame.height)


def _turns(frame: Any) -> int:
    """Quarter turns to the left by which the camera was held."""
    return round((getattr(frame, "rotation", 0) or 0) / 90) % 4


class _Maker:
    """Decodes picture and sound side by side and encodes them anew."""

    def __init__(self, source: Any, made: Any, *, poster_path: str) -> None:
        self._source, self._made, self._poster_path = source, made, poster_path
        self._stream = _picture_track(source)
        sound = [each for each in source.streams.audio if each.codec_context is not None]
        self._sound = sound[0] if sound else None
        self._picture_out: Any = None
        self._sound_out: Any = made.add_stream("aac", rate=SOUND_RATE, layout="stereo") if self._sound else None
        if self._sound_out:
            self._sound_out.bit_rate = 96_000
        self._resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SOUND_RATE)
        self._graph: Any = None
        # A file is begun with all its tracks, so sound before the first picture is kept until then.
        self._early: list[Any] = []
        self._last = Fraction(-1)
        self._end = Fraction(0)
        self._has_poster = False

    def run(self) -> dict[str, Any]:
        """Make it whole; say how it turned out."""
        tracks = [each for each in (self._stream, self._sound) if each]
        for frame in _frames(self._source, *tracks):
            if isinstance(frame, av.AudioFrame):
                self._hear(frame)
            elif isinstance(frame, av.VideoFrame):
                self._see(frame)
        if self._picture_out is None:
            raise Refusal("no_picture")
        if self._sound_out:
            for ready in self._resampler.resample(None):
                self._made.mux(self._sound_out.encode(ready))
            self._made.mux(self._sound_out.encode(None))
        self._made.mux(self._picture_out.encode(None))
        if not self._has_poster:
            raise Refusal("too_short")
        return {
            "width": self._picture_out.width,
            "height": self._picture_out.height,
            "duration_ms": round(self._end * 1000),
        }

    def _hear(self, frame: Any) -> None:
        if frame.time is not None and frame.time > limits.MOST_SECONDS + GRACE_SECONDS:
            raise Refusal("too_long")
        if self._picture_out is None:
            self._early.append(frame)
            return
        for ready in self._resampler.resample(frame):
            self._made.mux(self._sound_out.encode(ready))

    def _see(self, frame: Any) -> None:
        """Take a frame, at most thirty a second, upright and no larger than it is shown."""
        if frame.pts is None:
            return
        at = max(Fraction(0), frame.pts * frame.time_base)
        if at > limits.MOST_SECONDS + GRACE_SECONDS:
            raise Refusal("too_long")
        if self._last >= 0 and at - self._last < Fraction(9, 10 * limits.SHOWN_PER_SECOND):
            return
        upright = self._upright(frame)
        if self._picture_out is None:
            self._begin(upright)
            for sound in self._early:
                self._hear(sound)
        self._last, self._end = at, at + Fraction(1, limits.SHOWN_PER_SECOND)
        if not self._has_poster and at >= Fraction(1, 2):
            self._keep_poster(upright)
        upright.pts, upright.time_base = round(at * CLOCK), Fraction(1, CLOCK)
        upright.pict_type = 0
        self._made.mux(self._picture_out.encode(upright))

    def _begin(self, frame: Any) -> None:
        self._picture_out = self._made.add_stream("libx264", rate=limits.SHOWN_PER_SECOND)
        out = self._picture_out
        out.width, out.height, out.pix_fmt = frame.width, frame.height, "yuv420p"
        out.time_base = out.codec_context.time_base = Fraction(1, CLOCK)
        out.codec_context.thread_count = 1
        out.options = {"crf": "27", "preset": "veryfast", "profile": "main", "g": "60"}

    def _upright(self, frame: Any) -> Any:
        """Turn and shrink a frame; the same filters serve as long as its form stays."""
        form = (frame.width, frame.height, frame.format.name, _turns(frame))
        if self._graph is None or self._graph[0] != form:
            if self._graph is not None:
                raise Refusal("unreadable")
            self._graph = (form, _filters(frame))
        graph = self._graph[1]
        graph.push(frame)
        return graph.pull()

    def _keep_poster(self, frame: Any) -> None:
        frame.to_image().save(self._poster_path, format="JPEG", quality=90)
        self._has_poster = True


def _filters(frame: Any) -> Any:
    """Turn by quarters, shrink so that the longer side fits, keep both sides even."""
    graph = av.filter.Graph()
    steps = [
        graph.add_buffer(width=frame.width, height=frame.height, format=frame.format.name, time_base=frame.time_base)
    ]
    steps += [graph.add("transpose", "cclock") for _ in range(_turns(frame))]
    width, height = _shown_size(frame)
    scale = min(1.0, limits.SHOWN_SIDE / max(width, height))
    fitting = (max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2))
    steps.append(graph.add("scale", f"{fitting[0]}:{fitting[1]}:flags=bilinear"))
    steps.append(graph.add("setsar", "1"))
    steps.append(graph.add("format", "pix_fmts=yuv420p"))
    steps.append(graph.add("buffersink"))
    graph.link_nodes(*steps).configure()
    return graph


def main(arguments: list[str]) -> int:
    """Check or make within the limits, or say why not."""
    what, *paths = arguments
    memory, seconds = limits.CHECK_LIMITS if what == "check" else limits.MAKE_LIMITS
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * limits.MOST_BYTES, 2 * limits.MOST_BYTES))
    av.logging.set_level(None)
    try:
        answer = check(*paths) if what == "check" else make(*paths)
    except Refusal as refusal:
        return _say({"refused": str(refusal)}, limits.REFUSED)
    except MemoryError:
        return _say({"refused": "too_heavy"}, limits.REFUSED)
    return _say(answer, os.EX_OK)


def _say(answer: dict[str, Any], code: int) -> int:
    sys.stdout.write(json.dumps(answer))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
