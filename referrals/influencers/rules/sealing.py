"""Sealing what only a payout needs to read. The key comes from the secret key; older keys still open."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PURPOSE = b"influencers.identity"


def seal(text: str) -> bytes:
    """Encrypt a text with the newest key."""
    return _box().encrypt(text.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """Read what was sealed with this key or an older one."""
    return _box().decrypt(bytes(sealed)).decode()


def digest(text: str) -> bytes:
    """A fingerprint by which two equal numbers are found, and which tells nothing without the key."""
    return hmac.digest(_key(settings.SECRET_KEY), text.encode(), "sha256")


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(key))) for key in keys])


def _key(secret: str | bytes) -> bytes:
    text = secret if isinstance(secret, bytes) else secret.encode()
    return hashlib.blake2b(text, key=PURPOSE, digest_size=32).digest()
