"""An authenticator in software: keys of its own, real signatures, the wire format of WebAuthn."""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
NOTHING = FLAG(0)


@dataclass
class Authenticator:
    """One device with one key."""

    host: str = "127.0.0.1"
    origin: str = "http://127.0.0.1:8000"
    verifies: bool = True
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        told = self._told(CollectedClientData.TYPE.CREATE, options)
        public = AttestedCredentialData.create(
            bytes(16), self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        made = AttestationObject.create("none", self._data(FLAG.AT, public), {})
        response = {"clientDataJSON": websafe_encode(told), "attestationObject": websafe_encode(made)}
        return self._answer(response)

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        self.count += 1
        told, data = self._told(CollectedClientData.TYPE.GET, options), self._data()
        signature = self.key.sign(data + sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        }
        return self._answer(response)

    def _told(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, options["publicKey"]["challenge"], self.origin)

    def _data(self, more: AuthenticatorData.FLAG = NOTHING, public: bytes = b"") -> AuthenticatorData:
        flags = FLAG.UP | more | (FLAG.UV if self.verifies else NOTHING)
        data: AuthenticatorData = AuthenticatorData.create(
            sha256(self.host.encode()).digest(), flags, self.count, public
        )
        return data

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        own = websafe_encode(self.credential_id)
        return {"id": own, "rawId": own, "type": "public-key", "response": response, "clientExtensionResults": {}}
