"""Parcels and carriers' messages for tests."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from backend.accounts.actions import grant_role
from backend.accounts.models import User
from backend.core.ids import new_id
from backend.fulfilment.actions import Packing, pack_parcel, send_parcel
from backend.fulfilment.carriers.signing import SIGNATURE_HEADER, sign_body
from backend.fulfilment.models import Resend, ResendLine, Shipment
from backend.fulfilment.ports import TrackingNotice
from backend.fulfilment.selectors import progress_of, progress_of_resend
from backend.orders.models import Order, OrderLine
from tests.factories.orders import LATER, NOON, make_buyer

_numbers = count(1)


def make_support(name: str = "Sue") -> User:
    """Somebody who sends parcels."""
    person = make_buyer(name)
    grant_role(user_id=person.id, role="support", now=NOON)
    return person


def make_parcel(
    order: Order,
    *,
    pieces: Mapping[UUID, int] | None = None,
    carrier: str = "deer",
    number: str | None = None,
    codes: Sequence[str] | None = None,
    resend: Resend | None = None,
    now: datetime = LATER,
) -> Shipment:
    """A packed parcel with a number; the packer read the right codes unless told otherwise."""
    return pack_parcel(
        order_id=order.id,
        resend_id=resend.id if resend else None,
        carrier=carrier,
        pieces=pieces,
        codes=codes_of(order, pieces, resend=resend) if codes is None else codes,
        packing=Packing(thanks="谢谢你", gift="贴纸"),
        tracking_number=f"DE{next(_numbers):010d}" if number is None else number,
        actor_id=order.buyer_id,
        idempotency_key=new_id(),
        now=now,
    )


def codes_of(order: Order, pieces: Mapping[UUID, int] | None = None, *, resend: Resend | None = None) -> list[str]:
    """The codes of so many pieces of each line, or of all that is left."""
    lines: Any = ResendLine.objects.filter(resend=resend) if resend else OrderLine.objects.filter(order=order)
    left = progress_of_resend(resend.id) if resend else progress_of([order.id])[order.id]
    skus = {(line.line_id if resend else line.id): line.variant.sku for line in lines.select_related("variant")}
    counts = pieces if pieces is not None else {line_id: each.left for line_id, each in left.items()}
    return [skus[line_id] for line_id, count in counts.items() if line_id in skus for _ in range(max(0, count))]


def make_sent_parcel(order: Order, *, now: datetime = LATER, **options: Any) -> Shipment:
    """A parcel on its way."""
    return send_parcel(shipment_id=make_parcel(order, now=now, **options).id, actor_id=None, now=now)


def make_tracking(shipment: Shipment, code: str, *, at: datetime, **changes: Any) -> TrackingNotice:
    """What the carrier would say about a parcel."""
    facts: dict[str, Any] = {
        "carrier": shipment.carrier,
        "event_id": f"ce-{next(_numbers)}",
        "tracking_number": shipment.tracking_number,
        "code": code,
        "at": at,
        "place": "杭州市",
        "text": "已揽收",
        "body": b"{}",
    }
    return TrackingNotice(**{**facts, **changes})


def tracking_body(notice: TrackingNotice) -> bytes:
    """The message in the carrier's own words."""
    content = {
        "id": notice.event_id,
        "tracking": notice.tracking_number,
        "code": notice.code,
        "at": notice.at.isoformat(),
        "place": notice.place,
        "text": notice.text,
    }
    return json.dumps(content).encode()


def send_tracking(body: bytes, *, at: datetime, carrier: str = "deer", secret: str | None = None) -> Any:
    """Send a message to the shop's door, signed with the shared secret unless told otherwise."""
    secret = secret or settings.CARRIER_SECRETS[0]
    signature = sign_body(body, carrier=carrier, at=int(at.timestamp()), secret=secret)
    return Client().post(
        f"/fulfilment/webhook/{carrier}",
        data=body,
        content_type="application/json",
        headers={SIGNATURE_HEADER: signature},
    )
