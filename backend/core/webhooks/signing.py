"""How a message is signed that says when it was signed. Plain Python, so that the sandboxes can use it too."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

TOLERANCE_SECONDS = 300


def sign_body(body: bytes, *, opening: bytes, at: int, secret: str) -> str:
    """Give the signature header of a webhook; `opening` says whom it is good for."""
    return f"t={at},v1={mac(secret, opening + b'%d:' % at + body)}"


def is_body_signed(body: bytes, header: str, *, opening: bytes, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets made one of the signatures in the header."""
    at = signed_at(header)
    if at is None:
        return False
    given = [part[3:] for part in header.split(",") if part.startswith("v1=") and part.isascii()]
    wanted = [mac(secret, opening + b"%d:" % at + body) for secret in secrets]
    return any(hmac.compare_digest(one, other) for one in given for other in wanted)


def signed_at(header: str) -> int | None:
    """When the header says it was signed, in seconds since 1970; None if it does not say."""
    for part in header.split(","):
        if part.startswith("t=") and part[2:].isascii() and part[2:].isdigit() and len(part) <= 14:
            return int(part[2:])
    return None


def is_fresh(header: str, *, now: datetime) -> bool:
    """Whether the header says that it was signed about now."""
    at = signed_at(header)
    return at is not None and abs(now.timestamp() - at) <= TOLERANCE_SECONDS


def mac(secret: str, text: bytes) -> str:
    """Give the HMAC of a text, in hexadecimal digits."""
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
