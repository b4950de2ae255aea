"""Passkeys and challenges of the owner, and the right input of everything done with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts.actions import open_challenge
from backend.accounts.models import Aim, Passkey, User
from backend.accounts.rules import SECURITY
from tests.factories.promotions import this_moment

ANSWER = {"id": "AA", "rawId": "AA", "response": {}}


def make_passkeys(owner: User) -> dict[str, UUID]:
    """A passkey and one challenge of each kind."""
    now = this_moment()
    passkey = Passkey.objects.create(
        user=owner, name="手机", credential_id="AA", credential=b"", sign_count=0, made_at=now, doubted_at=now
    )
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
