"""How the shop and the sandbox carriers sign what they tell one another. Plain Python; both sides use it."""

import hashlib
import hmac
from collections.abc import Iterable

SIGNATURE_HEADER = "X-Carrier-Signature"
TOLERANCE_SECONDS = 300


def sign_body(body: bytes, *, carrier: str, at: int, secret: str) -> str:
    """Give the signature header of a webhook; it is good for one carrier only."""
    return f"t={at},v1={_mac(secret, b'webhook:%s:%d:' % (carrier.encode(), at) + body)}"


def is_body_signed(body: bytes, header: str, *, carrier: str, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets made one of the signatures in the header."""
    at = signed_at(header)
    if at is None:
        return False
    given = [part[3:] for part in header.split(",") if part.startswith("v1=") and part.isascii()]
    wanted = [_mac(secret, b"webhook:%s:%d:" % (carrier.encode(), at) + body) for secret in secrets]
    return any(hmac.compare_digest(one, other) for one in given for other in wanted)


def signed_at(header: str) -> int | None:
    """When the header says it was signed, in seconds since 1970; None if it does not say."""
    for part in header.split(","):
        if part.startswith("t=") and part[2:].isascii() and part[2:].isdigit() and len(part) <= 14:
            return int(part[2:])
    return None


def api_key(secret: str) -> str:
    """The key with which the shop asks the carrier's API."""
    return _mac(secret, b"carrier-api")


def _mac(secret: str, text: bytes) -> str:
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
