"""The inbox of the demo: what would have reached phones and mailboxes. It exists only where `DEMO` is on."""

import re
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from backend.core.clock import BUSINESS_ZONE
from backend.core.languages import django_language, locale_of
from backend.messaging.gateway import newest_messages

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
RECEIVER_LENGTH = 254


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the newest messages of the gateway, codes first to the eye."""
    if not settings.DEMO:
        raise Http404
    receiver = request.GET.get("to", "").strip()[:RECEIVER_LENGTH]
    try:
        messages, is_reachable = newest_messages(receiver=receiver), True
    except httpx.HTTPError:
        messages, is_reachable = [], False
    locale = locale_of(
        cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        accept_language=request.headers.get("Accept-Language"),
    )
    shown = {
        "messages": [_card(message) for message in messages],
        "is_reachable": is_reachable,
        "receiver": receiver,
        "lang": locale,
    }
    template = "messaging/inbox_cards.html" if "cards" in request.GET else "messaging/inbox.html"
    with override(django_language(locale)):
        response = render(request, template, shown)
    response["Cache-Control"] = "no-store"
    return response


def _card(message: dict[str, str]) -> dict[str, Any]:
    code = _CODE.search(message["body"])
    at = datetime.fromisoformat(message["at"]).astimezone(BUSINESS_ZONE)
    return {**message, "code": code.group() if code else "", "at": at}
