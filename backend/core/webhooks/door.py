"""The door for messages from outside."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from django.http import HttpRequest, HttpResponse

from backend.core.webhooks.messages import NoticeRefused

N_co = TypeVar("N_co", covariant=True)
N = TypeVar("N")
logger = logging.getLogger(__name__)


class Speaker(Protocol[N_co]):
    """Somebody outside whose messages can be told from forged ones."""

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> N_co:
        """Read a message that claims to come from them.

        Raises: NoticeRefused.
        """


class Keep(Protocol):
    """Keeps a message that is not believed."""

    def __call__(self, *, verdict: str, body: bytes, now: datetime) -> None:
        """Keep it, with the reason."""


def hear(
    request: HttpRequest, *, name: str, speaker: Speaker[N], most_bytes: int, keep_refused: Keep, now: datetime
) -> N | HttpResponse:
    """Read one message from `name`, or answer why not; what is not believed is kept first."""
    body = request.body
    if len(body) > most_bytes:
        return answer_verdict("TOO_LARGE", 413)
    try:
        return speaker.verify(headers=request.headers, body=body, now=now)
    except NoticeRefused as refused:
        keep_refused(verdict=refused.verdict, body=body, now=now)
        logger.warning("A message from %s was refused: %s", name, refused.verdict)
        return answer_verdict(refused.verdict, 400)


def answer_verdict(verdict: str, status: int) -> HttpResponse:
    """Tell the sender what was thought of the message."""
    return HttpResponse(json.dumps({"verdict": str(verdict)}), status=status, content_type="application/json")
