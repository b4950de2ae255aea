"""The door through which payment providers send their messages."""

import logging
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backend.checkout.actions import receive_notice
from backend.checkout.selectors import invoice_file
from backend.core import clock
from backend.core.errors import NotFound
from backend.core.webhooks.door import answer_verdict, hear
from backend.payments.actions import keep_refused_event
from backend.payments.models import Verdict
from backend.payments.ports import provider_named
from backend.payments.selectors import HELD

LARGEST_BODY = 64 * 1024
# Held for a person, but there is no use in sending it again.
UNDERSTOOD = (Verdict.DISPUTED, Verdict.SECOND_CHARGE, Verdict.UNASKED_REFUND)
logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Take in one message. 2xx is said only after it is stored; what is not believed is kept and refused."""
    speaker = provider_named(provider)
    if speaker is None:
        return answer_verdict("UNKNOWN_PROVIDER", 404)
    now = clock.now()

    def keep_refused(*, verdict: str, body: bytes, now: datetime) -> None:
        keep_refused_event(provider=provider, verdict=Verdict(verdict), body=body, now=now)

    notice = hear(request, name=provider, speaker=speaker, most_bytes=LARGEST_BODY, keep_refused=keep_refused, now=now)
    if isinstance(notice, HttpResponse):
        return notice
    verdict = receive_notice(notice=notice, now=now)
    if verdict in HELD:
        logger.warning("Message %s from %s is held for review: %s", notice.event_id, provider, verdict)
        return answer_verdict(verdict, 200 if verdict in UNDERSTOOD else 422)
    if speaker.taken:
        return HttpResponse(speaker.taken, content_type="text/plain")
    return answer_verdict(verdict, 200)


@require_safe
def invoice(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """The document of an invoice, for its owner; nobody else learns that there is one."""
    if not request.user.is_authenticated:
        raise Http404
    try:
        number, content = invoice_file(invoice_id=invoice_id, viewer_id=request.user.pk)
    except NotFound as missing:
        raise Http404 from missing
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
