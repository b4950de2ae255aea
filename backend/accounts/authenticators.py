"""What an authenticator is asked and how its answer is checked (WebAuthn); no database, no clock.

The library is the one that allauth brings. Origin, host, presence, a look at face or finger, and the signature count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

VERIFIED = UserVerificationRequirement.REQUIRED
BAD_ANSWERS = (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError)


class AnswerRefused(Exception):
    """An answer that no authenticator of ours gave to this challenge."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an authenticator."""

    credential_id: str
    credential: bytes
    sign_count: int


def _server() -> Fido2Server:
    site = PublicKeyCredentialRpEntity(name="Tuanzi", id=settings.PASSKEY_HOST)
    return Fido2Server(site, verify_origin=lambda origin: origin in settings.PASSKEY_ORIGINS)


def _state(word: str) -> dict[str, Any]:
    return {"challenge": word, "user_verification": VERIFIED}


def ask_to_make(*, word: str, user_id: bytes, name: str, known: Sequence[bytes]) -> dict[str, Any]:
    """What the browser passes to `navigator.credentials.create`."""
    options, _ = _server().register_begin(
        PublicKeyCredentialUserEntity(id=user_id, name=name, display_name=name),
        credentials=[AttestedCredentialData(each) for each in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
        challenge=websafe_decode(word),
    )
    return dict(options)


def ask_to_sign(*, word: str, known: Sequence[bytes]) -> dict[str, Any]:
    """What the browser passes to `navigator.credentials.get`; without `known` any passkey of this site will do."""
    options, _ = _server().authenticate_begin(
        [AttestedCredentialData(each) for each in known] or None,
        user_verification=VERIFIED,
        challenge=websafe_decode(word),
    )
    return dict(options)


def check_made(answer: Mapping[str, Any], *, word: str) -> Kept:
    """Read the answer of an authenticator that made a key.

    Raises: AnswerRefused.
    """
    try:
        made = _server().register_complete(_state(word), answer)
        if made.credential_data is None:
            raise ValueError("no key")
        kept = Kept(websafe_encode(made.credential_data.credential_id), bytes(made.credential_data), made.counter)
    except BAD_ANSWERS as refused:
        raise AnswerRefused from refused
    return kept


def credential_id_of(answer: Mapping[str, Any]) -> str:
    """Which key claims to have signed.

    Raises: AnswerRefused.
    """
    try:
        return websafe_encode(AuthenticationResponse.from_dict(answer).raw_id)
    except BAD_ANSWERS as refused:
        raise AnswerRefused from refused


def check_signed(answer: Mapping[str, Any], *, word: str, credential: bytes) -> int:
    """Check a signature, and give the count that stands in it.

    Raises: AnswerRefused.
    """
    try:
        _server().authenticate_complete(_state(word), [AttestedCredentialData(credential)], answer)
        return int(AuthenticationResponse.from_dict(answer).response.authenticator_data.counter)
    except BAD_ANSWERS as refused:
        raise AnswerRefused from refused
