"""How the shop and the sandbox carriers sign what they tell one another. Plain Python; both sides use it."""

from collections.abc import Iterable

from backend.core.webhooks import signing

SIGNATURE_HEADER = "X-Carrier-Signature"


def sign_body(body: bytes, *, carrier: str, at: int, secret: str) -> str:
    """Give the signature header of a webhook; it is good for one carrier only."""
    return signing.sign_body(body, opening=_opening(carrier), at=at, secret=secret)


def is_body_signed(body: bytes, header: str, *, carrier: str, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets made one of the signatures in the header."""
    return signing.is_body_signed(body, header, opening=_opening(carrier), secrets=secrets)


def api_key(secret: str) -> str:
    """The key with which the shop asks the carrier's API."""
    return signing.mac(secret, b"carrier-api")


def _opening(carrier: str) -> bytes:
    return b"webhook:%s:" % carrier.encode()
