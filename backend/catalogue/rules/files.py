"""What a file really is, by its first bytes, and how large it may be."""

MEGABYTE = 1024 * 1024
LARGEST = {"VIDEO": 60 * MEGABYTE, "MODEL": 20 * MEGABYTE, "DOCUMENT": 10 * MEGABYTE, "TABLE": 50 * MEGABYTE}
MEDIA_TYPES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "glb": "model/gltf-binary",
    "pdf": "application/pdf",
    "csv": "text/csv",
}
KINDS = {"mp4": "VIDEO", "webm": "VIDEO", "glb": "MODEL", "pdf": "DOCUMENT", "csv": "TABLE"}
HEAD_BYTES = 4096
# The brands of MP4 and of QuickTime, as phones write it; HEIC shares the box but not the content.
_MP4_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"dash",
    b"MSNV",
    b"qt  ",
)
_ACTIVE_IN_PDF = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/RichMedia")


def ending_of(head: bytes) -> str | None:
    """The ending that fits the first bytes of a file, or nothing if it is none that the shop takes."""
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return "mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head[:64]:
        return "webm"
    if head[:4] == b"glTF" and head[4:8] == b"\x02\x00\x00\x00" and head[16:20] == b"JSON":
        return "glb"
    if head[:5] == b"%PDF-":
        return "pdf"
    if head and b"\x00" not in head and (b"," in head or b"\n" in head):
        return "csv"
    return None


def is_whole_model(head: bytes, size: int) -> bool:
    """Whether a GLB file is as long as it says."""
    return int.from_bytes(head[8:12], "little") == size


def is_active_document(piece: bytes) -> bool:
    """Whether a PDF would do more than show pages: run code, start programs, carry files."""
    return any(word in piece for word in _ACTIVE_IN_PDF)
