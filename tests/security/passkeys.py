"""Passkeys and challenges of the owner, and the right input of everything done with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from backend.accounts.actions import add_passkey, open_challenge
from backend.accounts.authenticators import ask_to_make
from backend.accounts.models import Aim, User
from backend.accounts.rules import SECURITY
from tests.factories.promotions import this_moment
from tests.support.authenticator import Authenticator

ANSWER = {"id": "AA", "rawId": "AA", "response": {}}


def make_passkeys(owner: User) -> dict[str, UUID]:
    """A passkey and one challenge of each kind."""
    now = this_moment()
    device = Authenticator(host=settings.PASSKEY_HOST, origin=settings.PASSKEY_ORIGINS[0])
    first = open_challenge(user_id=owner.id, aim=Aim.ADD, now=now)
    options = ask_to_make(word=first.word, user_id=owner.id.bytes, name="手机", known=[])
    passkey = add_passkey(user_id=owner.id, challenge_id=first.id, answer=device.make(options), name="手机", now=now)
    adding = open_challenge(user_id=owner.id, aim=Aim.ADD, now=now)
    proving = open_challenge(user_id=owner.id, aim=Aim.PROVE, about=SECURITY, now=now)
    return {"passkey": passkey.pk, "adding": adding.pk, "proving": proving.pk}


def inputs_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What each mutation about one's own security is asked with."""
    return {
        "startPasskey": {},
        "addPasskey": {"challengeId": ids["adding"], "answer": ANSWER, "name": "平板"},
        "renamePasskey": {"id": ids["passkey"], "name": "旧手机"},
        "removePasskey": {"id": ids["passkey"]},
        "chooseConfirmFrom": {"amountMinor": 50000},
        "startProof": {"quoteHash": None},
        "proveByPasskey": {"challengeId": ids["proving"], "answer": ANSWER},
        "sendProofCode": {"challengeId": ids["proving"]},
        "proveByCode": {"challengeId": ids["proving"], "code": "000000"},
    }
