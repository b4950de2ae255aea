"""Coming in by a passkey: two addresses, a question and the answer to it."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from backend.accounts.actions import check_passkey, open_challenge
from backend.accounts.authenticators import ask_to_sign
from backend.accounts.errors import PasskeyRefused
from backend.accounts.models import Aim
from backend.core import clock
from backend.core.errors import DomainError

MOST_BYTES = 16 * 1024


@never_cache
@require_POST
@csrf_protect
def ask(request: HttpRequest) -> HttpResponse:
    """Give a question that any passkey of this site may answer."""
    made = open_challenge(user_id=None, aim=Aim.SIGN_IN, now=clock.now())
    return JsonResponse({"id": str(made.id), "options": ask_to_sign(word=made.word, known=[])})


@never_cache
@require_POST
@csrf_protect
def come_in(request: HttpRequest) -> HttpResponse:
    """Sign the owner of a passkey in."""
    try:
        challenge_id, answer = _read(request)
        _challenge, passkey = check_passkey(
            challenge_id=challenge_id, user_id=None, aim=Aim.SIGN_IN, answer=answer, now=clock.now()
        )
    except DomainError as refusal:
        return JsonResponse({"code": refusal.code, "message": refusal.text}, status=400)
    login(request, passkey.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return JsonResponse({"signedIn": True})


def _read(request: HttpRequest) -> tuple[UUID, dict[str, Any]]:
    try:
        told = json.loads(request.body[:MOST_BYTES])
        challenge_id, answer = UUID(told["id"]), told["answer"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise PasskeyRefused from wrong
    if not isinstance(answer, dict):
        raise PasskeyRefused
    return challenge_id, answer
