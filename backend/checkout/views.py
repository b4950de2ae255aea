"""The door through which payment providers send their messages."""

import json
import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from backend.checkout.actions import receive_notice
from backend.core import clock
from backend.payments.actions import keep_refused_event
from backend.payments.models import Verdict
from backend.payments.ports import NoticeRefused, provider_named

LARGEST_BODY = 64 * 1024
logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Take in one message. 2xx is said only after it is stored; what is not believed is kept and refused."""
    speaker = provider_named(provider)
    if speaker is None:
        return _answer("UNKNOWN_PROVIDER", 404)
    body, now = request.body, clock.now()
    if len(body) > LARGEST_BODY:
        return _answer("TOO_LARGE", 413)
    try:
        notice = speaker.verify(headers=request.headers, body=body, now=now)
    except NoticeRefused as refused:
        keep_refused_event(provider=provider, verdict=Verdict(refused.verdict), body=body, now=now)
        logger.warning("A message from %s was refused: %s", provider, refused.verdict)
        return _answer(refused.verdict, 400)
    verdict = receive_notice(notice=notice, now=now)
    if verdict in (Verdict.UNKNOWN_PAYMENT, Verdict.AMOUNT_MISMATCH):
        logger.warning("Message %s from %s is held for review: %s", notice.event_id, provider, verdict)
        return _answer(verdict, 422)
    return _answer(verdict, 200)


def _answer(verdict: str, status: int) -> HttpResponse:
    return HttpResponse(json.dumps({"verdict": str(verdict)}), status=status, content_type="application/json")
