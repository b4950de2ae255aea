"""Challenges: a word to sign, used once; and what an answer to it proves."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from fido2.utils import websafe_encode

from backend.accounts.authenticators import AnswerRefused, check_signed, credential_id_of
from backend.accounts.errors import ChallengeOver, PasskeyDoubted, PasskeyRefused
from backend.accounts.events import PasskeyLooksCopied
from backend.accounts.models import Aim, Challenge, Passkey
from backend.core.errors import TooManyRequests
from backend.core.outbox import emit

LIVES = timedelta(minutes=5)
MOST_IN_A_WHILE = 20
WHILE = timedelta(minutes=10)


@transaction.atomic
def open_challenge(*, user_id: UUID | None, aim: Aim, now: datetime, about: str = "") -> Challenge:
    """Make a word that is to be signed within five minutes.

    Raises: TooManyRequests.
    """
    if user_id and Challenge.objects.filter(user_id=user_id, made_at__gt=now - WHILE).count() >= MOST_IN_A_WHILE:
        raise TooManyRequests(retry_after_seconds=int(WHILE.total_seconds()))
    word = websafe_encode(secrets.token_bytes(32))
    return Challenge.objects.create(
        user_id=user_id, aim=aim, about=about, word=word, made_at=now, expires_at=now + LIVES
    )


def take_challenge(*, challenge_id: UUID, user_id: UUID | None, aim: Aim, now: datetime) -> Challenge:
    """Use a challenge up; of two who try at once one does.

    Raises: ChallengeOver.
    """
    whose = Q(user_id=user_id) if user_id else Q(user=None)
    wanted = Challenge.objects.filter(whose, pk=challenge_id, aim=aim, used_at=None, expires_at__gt=now)
    if not wanted.update(used_at=now):
        raise ChallengeOver
    return Challenge.objects.get(pk=challenge_id)


def check_passkey(
    *, challenge_id: UUID, user_id: UUID | None, aim: Aim, answer: Mapping[str, Any], now: datetime
) -> tuple[Challenge, Passkey]:
    """Check what an authenticator signed. A count that did not grow is not believed, noted, and told.

    Raises: ChallengeOver, PasskeyRefused, PasskeyDoubted.
    Emits: PasskeyLooksCopied.
    """
    with transaction.atomic():
        challenge = take_challenge(challenge_id=challenge_id, user_id=user_id, aim=aim, now=now)
        passkey = _signer(answer, user_id=user_id)
        try:
            count = check_signed(answer, word=challenge.word, credential=bytes(passkey.credential))
        except AnswerRefused as refused:
            raise PasskeyRefused from refused
        grows = Q(sign_count__lt=count) if count else Q(sign_count=0)
        is_believed = Passkey.objects.filter(grows, pk=passkey.pk, doubted_at=None).update(
            sign_count=count, used_at=now
        )
        if not is_believed and Passkey.objects.filter(pk=passkey.pk, doubted_at=None).update(doubted_at=now):
            emit(PasskeyLooksCopied(user_id=passkey.user_id, passkey_id=passkey.pk, name=passkey.name, at=now))
    if not is_believed:
        raise PasskeyDoubted(name=passkey.name)
    return challenge, passkey


def _signer(answer: Mapping[str, Any], *, user_id: UUID | None) -> Passkey:
    try:
        found = Passkey.objects.filter(credential_id=credential_id_of(answer))
    except AnswerRefused as refused:
        raise PasskeyRefused from refused
    passkey = found.filter(user__is_active=True, **({"user_id": user_id} if user_id else {})).first()
    if passkey is None:
        raise PasskeyRefused
    return passkey
