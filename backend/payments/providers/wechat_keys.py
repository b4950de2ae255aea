"""The keys of a merchant of WeChat Pay: signing what we ask, believing what WeChat says, opening what it sealed."""

import base64
import binascii
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509 import load_pem_x509_certificate

SCHEME = "WECHATPAY2-SHA256-RSA2048"
SEALED_WITH = "AEAD_AES_256_GCM"
API_KEY_BYTES = 32


class WechatKeys:
    """Our private key with the serial of its certificate, the key that seals, and WeChat's public keys by serial.

    WeChat announces a new key before it signs with it, so several are believed at once.
    """

    def __init__(
        self,
        *,
        private_key: str,
        serial: str,
        api_key: str,
        public_keys: Mapping[str, str],
        now: Callable[[], datetime],
    ) -> None:
        own = serialization.load_pem_private_key(pem(private_key, "PRIVATE KEY").encode(), password=None)
        if not isinstance(own, rsa.RSAPrivateKey):
            raise TypeError("The key of a merchant of WeChat Pay is an RSA key.")
        if len(api_key.encode()) != API_KEY_BYTES:
            raise ValueError("The API v3 key of WeChat Pay has 32 letters.")
        self._own, self._serial, self._seal, self.now = own, serial, AESGCM(api_key.encode()), now
        self._theirs = {each.upper(): _public(key) for each, key in public_keys.items()}

    def authorisation(self, method: str, path: str, body: bytes, *, merchant_id: str) -> str:
        """Sign one request: method, path with query, time, a word used once, body."""
        at, once = str(int(self.now().timestamp())), secrets.token_hex(16)
        signature = self.signature("\n".join([method, path, at, once, ""]).encode() + body + b"\n")
        parts = {
            "mchid": merchant_id, "nonce_str": once, "signature": signature, "timestamp": at, "serial_no": self._serial,
        }  # fmt: skip
        return f"{SCHEME} " + ",".join(f'{name}="{value}"' for name, value in parts.items())

    def signature(self, text: bytes) -> str:
        """Sign these bytes with our key."""
        return base64.b64encode(self._own.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode()

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether WeChat signed these bytes, with one of the keys we know."""
        key = self._theirs.get(headers.get("Wechatpay-Serial", "").upper())
        if key is None or headers.get("Wechatpay-Signature-Type", SCHEME) != SCHEME:
            return False
        opening = f"{headers.get('Wechatpay-Timestamp', '')}\n{headers.get('Wechatpay-Nonce', '')}\n"
        try:
            signature = base64.b64decode(headers.get("Wechatpay-Signature", ""), validate=True)
            key.verify(signature, opening.encode() + body + b"\n", padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    def said_at(self, headers: Mapping[str, str]) -> datetime | None:
        """When a message was signed; None if it does not say."""
        at = headers.get("Wechatpay-Timestamp", "")
        is_time = at.isascii() and at.isdigit() and len(at) <= 11
        return datetime.fromtimestamp(int(at), UTC) if is_time else None

    def opened(self, resource: Mapping[str, Any]) -> bytes:
        """Open what was sealed for us.

        Raises: ValueError, KeyError.
        """
        if resource["algorithm"] != SEALED_WITH:
            raise ValueError("sealed in another way")
        sealed = base64.b64decode(resource["ciphertext"], validate=True)
        try:
            return self._seal.decrypt(
                resource["nonce"].encode(), sealed, (resource.get("associated_data") or "").encode()
            )
        except InvalidTag as broken:
            raise ValueError("sealed with another key") from broken


def pem(key: str, kind: str) -> str:
    """A key given as one long line or as PEM, put into the form that the library reads."""
    if "BEGIN" in key:
        return key.replace("\\n", "\n")
    return f"-----BEGIN {kind}-----\n{key}\n-----END {kind}-----"


def _public(key: str) -> rsa.RSAPublicKey:
    """WeChat's public key, given as itself or as a certificate of the platform."""
    text = pem(key, "PUBLIC KEY").encode()
    is_certificate = b"BEGIN CERTIFICATE" in text
    found = load_pem_x509_certificate(text).public_key() if is_certificate else serialization.load_pem_public_key(text)
    if not isinstance(found, rsa.RSAPublicKey):
        raise TypeError("WeChat Pay signs with RSA keys.")
    return found
