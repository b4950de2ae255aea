"""The door through which carriers send their messages, and the slip that goes into a parcel."""

import logging
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.selectors import roles_of
from backend.core import clock
from backend.core.errors import NotFound
from backend.core.languages import translate
from backend.core.webhooks.door import answer_verdict, hear
from backend.fulfilment.actions import keep_refused_message, read_address, take_notice
from backend.fulfilment.models import DeliveryWindow, Packaging, Verdict
from backend.fulfilment.ports import carrier_named
from backend.fulfilment.rules import HELD
from backend.fulfilment.selectors import lines_of_shipments, option_of, visible_shipment, wishes_of_orders

LARGEST_BODY = 16 * 1024
STAFF = {"support", "admin"}
logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, carrier: str) -> HttpResponse:
    """Take in one message. 2xx is said only after it is stored; what is not believed is kept and refused."""
    speaker = carrier_named(carrier)
    if speaker is None:
        return answer_verdict("UNKNOWN_CARRIER", 404)
    now = clock.now()

    def keep_refused(*, verdict: str, body: bytes, now: datetime) -> None:
        keep_refused_message(carrier=carrier, verdict=Verdict(verdict), body=body, now=now)

    notice = hear(request, name=carrier, speaker=speaker, most_bytes=LARGEST_BODY, keep_refused=keep_refused, now=now)
    if isinstance(notice, HttpResponse):
        return notice
    verdict = take_notice(notice=notice, now=now)
    if verdict in HELD:
        logger.warning("Message %s from %s is held for review: %s", notice.event_id, carrier, verdict)
        return answer_verdict(verdict, 202)
    return answer_verdict(verdict, 200)


@require_safe
def slip(request: HttpRequest, shipment_id: UUID) -> HttpResponse:
    """The slip of a parcel, to be printed: what lies in it, where it goes, and the shop's line of thanks."""
    reader = request.user
    if not reader.is_authenticated or not STAFF & set(roles_of(UUID(str(reader.pk)))):
        return HttpResponse(status=404)
    try:
        shipment = visible_shipment(shipment_id=shipment_id)
    except NotFound:
        return HttpResponse(status=404)
    language = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(get_language() or "", "en")
    address = read_address(
        order_id=shipment.order_id, reader_id=UUID(str(reader.pk)), reason="packing slip", now=clock.now()
    )
    carrier = carrier_named(shipment.carrier)
    wish = None if shipment.resend_id else wishes_of_orders([shipment.order_id]).get(shipment.order_id)
    parts = [
        {
            "title": translate(part.line.title, language),
            "option": translate(option_of(part), language),
            "quantity": part.quantity,
        }
        for part in lines_of_shipments([shipment.id])[shipment.id]
    ]
    facts = {
        "shipment": shipment,
        "order": shipment.order,
        "address": address,
        "parts": parts,
        "carrier": carrier.name if carrier else shipment.carrier,
        "packaging": Packaging(shipment.packaging).label,
        "is_fragile": shipment.packaging == Packaging.FRAGILE,
        "wish": f"{wish.day_on:%Y-%m-%d} {DeliveryWindow(wish.window).label}" if wish else "",
        "language": language,
    }
    answer = render(request, "fulfilment/slip.html", facts)
    answer["Cache-Control"] = "no-store"
    return answer
