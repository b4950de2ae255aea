"""The outer boxes of a video file, read by hand: they must fill the file, with nothing behind them."""

import string
from typing import IO

BOX_NAMES = frozenset(f"{string.ascii_letters}{string.digits} ©-_".encode("latin-1"))
EBML, SEGMENT, VOID = 0x1A45DFA3, 0x18538067, 0xEC


class Broken(Exception):
    """Why the boxes do not fill the file, in one word."""


def container_of(file: IO[bytes], *, size: int) -> str:
    """`mov` for MP4 and QuickTime, `matroska` for WebM, after its outer boxes were followed to the end.

    Raises: Broken.
    """
    file.seek(0)
    head = file.read(64)
    if head[4:8] == b"ftyp":
        _follow_boxes(file, size=size)
        return "mov"
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head:
        _follow_elements(file, size=size)
        return "matroska"
    raise Broken("unreadable")


def _follow_boxes(file: IO[bytes], *, size: int) -> None:
    """Box after box: four bytes of length, four of name, and eight more of length where that is one."""
    at, seen = 0, set[bytes]()
    while at < size:
        file.seek(at)
        head = file.read(16)
        name, length = head[4:8], int.from_bytes(head[:4], "big")
        if len(head) < 8 or not set(name) <= BOX_NAMES:
            raise Broken("not_alone" if b"moov" in seen else "unreadable")
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length < 8:
            raise Broken("not_alone")
        seen.add(name)
        at += length
    if at != size or not {b"moov", b"mdat"} <= seen:
        raise Broken("unreadable")


def _follow_elements(file: IO[bytes], *, size: int) -> None:
    """A head and one segment. A segment of unknown length, as browsers record it, reaches to the end."""
    at, seen = 0, set[int]()
    while at < size:
        file.seek(at)
        name = _number(file, keep_marker=True)
        length = _number(file, keep_marker=False)
        if name not in (EBML, SEGMENT, VOID):
            raise Broken("not_alone" if SEGMENT in seen else "unreadable")
        seen.add(name)
        if length is None:
            at = size
            break
        at = file.tell() + length
    if at != size or SEGMENT not in seen:
        raise Broken("unreadable")


def _number(file: IO[bytes], *, keep_marker: bool) -> int | None:
    """A number whose first byte says how many follow; nothing where all its bits are set."""
    first = file.read(1)
    if not first or not first[0]:
        raise Broken("unreadable")
    more = 8 - first[0].bit_length()
    rest = file.read(more)
    value = first[0] if keep_marker else first[0] & ((1 << (7 - more)) - 1)
    for each in rest:
        value = value << 8 | each
    is_unknown = not keep_marker and value == (1 << (7 * (more + 1))) - 1
    return None if is_unknown else value
