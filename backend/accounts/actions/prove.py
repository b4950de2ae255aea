"""Showing that one is oneself, about one thing: by a passkey, or by a code to phone or mailbox."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.module_loading import import_string

from backend.accounts.actions.challenges import check_passkey, take_challenge
from backend.accounts.errors import ChallengeOver, CodeWrong, NowhereToSend, ProofNeeded
from backend.accounts.models import Aim, Challenge, Proof, User
from backend.accounts.sign_in.texts import CODE_MINUTES, code_letter

PROOF_LIVES = timedelta(minutes=5)
MOST_TRIES = 5
SALT = "backend.accounts.proof"


def prove_by_passkey(*, user_id: UUID, challenge_id: UUID, answer: Mapping[str, Any], now: datetime) -> Proof:
    """Take what an authenticator signed as a proof about what the challenge was for.

    Raises: ChallengeOver, PasskeyRefused, PasskeyDoubted.
    Emits: PasskeyLooksCopied.
    """
    challenge, _passkey = check_passkey(
        challenge_id=challenge_id, user_id=user_id, aim=Aim.PROVE, answer=answer, now=now
    )
    return _prove(challenge, user_id=user_id, by_passkey=True, now=now)


@transaction.atomic
def send_proof_code(*, user_id: UUID, challenge_id: UUID, now: datetime) -> str:
    """Send a code instead, once per challenge, to the phone or else the mailbox; say where, half hidden.

    Raises: ChallengeOver, NowhereToSend.
    """
    user = User.objects.get(pk=user_id)
    channel, to = ("sms", user.phone) if user.phone and user.phone_verified_at else ("mail", user.email)
    if not to:
        raise NowhereToSend
    code = f"{secrets.randbelow(10**6):06d}"
    open_one = Challenge.objects.filter(
        pk=challenge_id, user_id=user_id, aim=Aim.PROVE, used_at=None, expires_at__gt=now, code_digest=""
    )
    if not open_one.update(code_digest=_digest(challenge_id, code)):
        raise ChallengeOver
    letter = code_letter(code)
    import_string(settings.MESSAGE_SENDER)(
        channel=channel,
        to=to,
        subject=letter.subject,
        body=letter.body,
        html=letter.html if channel == "mail" else "",
        is_secret=True,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
        now=now,
    )
    return f"{to[:3]}****{to[-4:]}"


def prove_by_code(*, user_id: UUID, challenge_id: UUID, code: str, now: datetime) -> Proof:
    """Take the code that was sent as a proof; five wrong ones end the challenge.

    Raises: ChallengeOver, CodeWrong.
    """
    tried = Challenge.objects.filter(
        pk=challenge_id, user_id=user_id, aim=Aim.PROVE, used_at=None, expires_at__gt=now, tries__lt=MOST_TRIES
    ).exclude(code_digest="")
    if not tried.update(tries=F("tries") + 1):
        raise ChallengeOver
    known = Challenge.objects.values_list("code_digest", flat=True).get(pk=challenge_id)
    if not constant_time_compare(known, _digest(challenge_id, code.strip())):
        raise CodeWrong
    with transaction.atomic():
        challenge = take_challenge(challenge_id=challenge_id, user_id=user_id, aim=Aim.PROVE, now=now)
        return _prove(challenge, user_id=user_id, by_passkey=False, now=now)


def use_proof(*, user_id: UUID, about: str, now: datetime) -> None:
    """Use up a fresh proof about one thing; of two who try at once one does.

    Raises: ProofNeeded.
    """
    waiting = Proof.objects.filter(user_id=user_id, about=about, used_at=None, expires_at__gt=now)
    newest = waiting.order_by("-made_at").values_list("pk", flat=True).first()
    if newest is None or not Proof.objects.filter(pk=newest, used_at=None).update(used_at=now):
        raise ProofNeeded


def _prove(challenge: Challenge, *, user_id: UUID, by_passkey: bool, now: datetime) -> Proof:
    return Proof.objects.create(
        user_id=user_id, about=challenge.about, by_passkey=by_passkey, made_at=now,
        expires_at=now + PROOF_LIVES,
    )  # fmt: skip


def _digest(challenge_id: UUID, code: str) -> str:
    return salted_hmac(SALT, f"{challenge_id}:{code}", algorithm="sha256").hexdigest()
