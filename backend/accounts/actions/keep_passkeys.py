"""Passkeys of a person: adding, naming, removing, and from which amount on they are asked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.actions.challenges import take_challenge
from backend.accounts.actions.prove import use_proof
from backend.accounts.authenticators import AnswerRefused, check_made
from backend.accounts.errors import PasskeyKnown, PasskeyLimitReached, PasskeyRefused
from backend.accounts.events import PasskeyAdded, PasskeyRemoved
from backend.accounts.models import Aim, ConfirmChoice, Passkey, User
from backend.accounts.rules import SECURITY
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit

MOST_PASSKEYS = 10
LONGEST_NAME = 40
LARGEST_AMOUNT_MINOR = 10_000_00


@transaction.atomic
def add_passkey(*, user_id: UUID, challenge_id: UUID, answer: Mapping[str, Any], name: str, now: datetime) -> Passkey:
    """Keep a key that the person's authenticator has just made. From the second on a fresh proof is needed.

    Raises: ChallengeOver, PasskeyRefused, PasskeyKnown, PasskeyLimitReached, ProofNeeded, InvalidInput, NotFound.
    Emits: PasskeyAdded.
    """
    lock_one(User, user_id)
    tidy = tidy_name(name)
    kept_already = Passkey.objects.filter(user_id=user_id).count()
    if kept_already >= MOST_PASSKEYS:
        raise PasskeyLimitReached(limit=MOST_PASSKEYS)
    challenge = take_challenge(challenge_id=challenge_id, user_id=user_id, aim=Aim.ADD, now=now)
    try:
        made = check_made(answer, word=challenge.word)
    except AnswerRefused as refused:
        raise PasskeyRefused from refused
    if Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise PasskeyKnown
    if kept_already:
        use_proof(user_id=user_id, about=SECURITY, now=now)
    passkey = Passkey.objects.create(
        user_id=user_id, name=tidy, credential_id=made.credential_id, credential=made.credential,
        sign_count=made.sign_count, made_at=now,
    )  # fmt: skip
    emit(PasskeyAdded(user_id=user_id, passkey_id=passkey.pk, name=tidy, at=now))
    return passkey


@transaction.atomic
def rename_passkey(*, user_id: UUID, passkey_id: UUID, name: str) -> Passkey:
    """Call a passkey something else.

    Raises: InvalidInput, NotFound.
    """
    passkey = own_passkey(user_id=user_id, passkey_id=passkey_id)
    passkey.name = tidy_name(name)
    passkey.save(update_fields=["name"])
    return passkey


@transaction.atomic
def remove_passkey(*, user_id: UUID, passkey_id: UUID, now: datetime) -> UUID:
    """Forget a passkey, after a fresh proof; with the last one nothing is asked for any more.

    Raises: ProofNeeded, NotFound.
    Emits: PasskeyRemoved.
    """
    passkey = own_passkey(user_id=user_id, passkey_id=passkey_id)
    use_proof(user_id=user_id, about=SECURITY, now=now)
    passkey.delete()
    emit(PasskeyRemoved(user_id=user_id, passkey_id=passkey_id, name=passkey.name, at=now))
    return passkey_id


@transaction.atomic
def choose_confirm_from(*, user_id: UUID, amount_minor: int, now: datetime) -> ConfirmChoice:
    """Say from which amount on paying with store credit is confirmed; zero means always. A fresh proof is needed.

    Raises: ProofNeeded, InvalidInput.
    """
    if not 0 <= amount_minor <= LARGEST_AMOUNT_MINOR:
        raise InvalidInput("amount")
    use_proof(user_id=user_id, about=SECURITY, now=now)
    chosen = {"from_minor": amount_minor, "chosen_at": now}
    choice, _is_new = ConfirmChoice.objects.update_or_create(user_id=user_id, defaults=chosen)
    return choice


def own_passkey(*, user_id: UUID, passkey_id: UUID) -> Passkey:
    """A passkey of this person.

    Raises: NotFound.
    """
    passkey = Passkey.objects.filter(pk=passkey_id, user_id=user_id).first()
    if passkey is None:
        raise NotFound
    return passkey


def tidy_name(name: str) -> str:
    """A name in one clean line.

    Raises: InvalidInput.
    """
    tidy = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not 1 <= len(tidy) <= LONGEST_NAME:
        raise InvalidInput("name")
    return tidy
