"""How the shop and the sandbox provider sign what they tell one another. Plain Python; both sides use it."""

import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from backend.core.webhooks import signing

SIGNATURE_HEADER = "X-Sandbox-Signature"
_OPENING = b"webhook:"


def sign_link(fields: Mapping[str, str], *, secret: str) -> str:
    """Give the signature of the fields of a pay link."""
    return signing.mac(secret, b"link:" + urlencode(sorted(fields.items())).encode())


def is_link_signed(fields: Mapping[str, str], signature: str, *, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets made this signature."""
    wanted = [sign_link(fields, secret=secret).encode() for secret in secrets]
    return any(hmac.compare_digest(each, signature.encode()) for each in wanted)


def sign_body(body: bytes, *, at: int, secret: str) -> str:
    """Give the signature header of a webhook."""
    return signing.sign_body(body, opening=_OPENING, at=at, secret=secret)


def is_body_signed(body: bytes, header: str, *, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets made one of the signatures in the header."""
    return signing.is_body_signed(body, header, opening=_OPENING, secrets=secrets)


def api_key(secret: str) -> str:
    """The key with which the shop asks the provider's API."""
    return signing.mac(secret, b"api")
