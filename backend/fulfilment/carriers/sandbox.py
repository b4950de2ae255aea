"""The sandbox carriers, seen from the shop: a small API and signed webhooks."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx
from django.utils.functional import Promise

from backend.core.webhooks.messages import short_text
from backend.core.webhooks.signing import is_fresh
from backend.fulfilment.carriers.signing import (
    SIGNATURE_HEADER,
    api_key,
    is_body_signed,
)
from backend.fulfilment.models import Verdict
from backend.fulfilment.ports import CarrierRefused, CarrierUnavailable, NoticeRefused, Parcel, TrackingNotice

TIMEOUT_SECONDS = 5.0


class SandboxCarrier:
    """Speaks to `python -m backend.fulfilment.sandbox`, where several carriers live under their codes."""

    gives_numbers = True

    def __init__(self, *, code: str, name: str | Promise, url: str, secrets: list[str]) -> None:
        self.code = code
        self.name = name
        self._url = url.rstrip("/")
        self._secrets = secrets

    def accept(self, parcel: Parcel) -> str:
        """Hand a parcel's facts over and answer its tracking number.

        Raises: CarrierUnavailable, CarrierRefused.
        """
        wanted = {
            "carrier": self.code,
            "order": parcel.order_number,
            "address": dict(parcel.address),
            "pieces": parcel.pieces,
            "fragile": parcel.is_fragile,
            "wish": parcel.wish,
        }
        answer = self._call("POST", "/parcels", headers={"Idempotency-Key": parcel.key}, json=wanted)
        number = answer.get("tracking")
        if not isinstance(number, str) or not 4 <= len(number) <= 40:
            raise CarrierUnavailable("an answer that makes no sense")
        return number

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> TrackingNotice:
        """Check signature and age over the raw bytes, then read them.

        Raises: NoticeRefused.
        """
        header = headers.get(SIGNATURE_HEADER, "")
        if not is_body_signed(body, header, carrier=self.code, secrets=self._secrets):
            raise NoticeRefused(Verdict.BAD_SIGNATURE)
        if not is_fresh(header, now=now):
            raise NoticeRefused(Verdict.STALE)
        try:
            return self._notice(json.loads(body), body)
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            raise NoticeRefused(Verdict.UNREADABLE) from error

    def track(self, *, tracking_number: str) -> Sequence[TrackingNotice]:
        """Ask for all steps of a parcel so far.

        Raises: CarrierUnavailable, CarrierRefused.
        """
        answer = self._call("GET", f"/parcels/{quote(self.code)}/{quote(tracking_number, safe='')}")
        try:
            return [self._notice(each, json.dumps(each).encode()) for each in answer["events"]]
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            raise CarrierUnavailable("an answer that makes no sense") from error

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {api_key(self._secrets[0])}", **options.pop("headers", {})}
        try:
            answer = httpx.request(method, self._url + path, headers=headers, timeout=TIMEOUT_SECONDS, **options)
            found = answer.json() if answer.status_code < 500 else None
        except (httpx.HTTPError, ValueError) as error:
            raise CarrierUnavailable(type(error).__name__) from error
        if answer.status_code >= 500 or answer.status_code == 429:
            raise CarrierUnavailable(f"status {answer.status_code}")
        if answer.status_code >= 400 or not isinstance(found, dict):
            raise CarrierRefused(str(found))
        return found

    def _notice(self, content: dict[str, Any], body: bytes) -> TrackingNotice:
        return TrackingNotice(
            carrier=self.code,
            event_id=short_text(content["id"], 80),
            tracking_number=short_text(content["tracking"], 40),
            code=short_text(content["code"], 30),
            at=_time(content["at"]),
            place=short_text(content.get("place", ""), 60),
            text=short_text(content.get("text", ""), 200),
            body=body,
        )


def _time(value: object) -> datetime:
    at = datetime.fromisoformat(short_text(value, 40))
    if at.tzinfo is None:
        raise ValueError("A time without a zone says nothing.")
    return at.astimezone(UTC)
