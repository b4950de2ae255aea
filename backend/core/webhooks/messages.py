"""One message from outside: refused or read, and how it is kept."""

import hashlib

LONGEST_KEPT = 8_192


class NoticeRefused(Exception):
    """A message that is not believed: forged, too old, or unreadable."""

    def __init__(self, verdict: str) -> None:
        super().__init__(verdict)
        self.verdict = verdict


def short_text(value: object, longest: int) -> str:
    """Read a text of a message.

    Raises: ValueError.
    """
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise ValueError("A text is missing or too long.")
    return value


def digest_of(body: bytes) -> str:
    """By what the same content is known again."""
    return hashlib.sha256(body).hexdigest()


def kept_text(body: bytes) -> str:
    """The beginning of a message, as a column can hold it."""
    return body[:LONGEST_KEPT].decode("utf-8", "replace").replace("\x00", "")
