"""Deliveries that are asked about, and answers to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.fulfilment.actions import take_notice
from backend.fulfilment.models import Shipment
from backend.surveys.actions import answer_survey, offer_survey, open_survey
from backend.surveys.models import Answer, Invitation
from tests.factories.fulfilment import make_sent_parcel, make_tracking
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order

FACES = {"speed": 4, "accuracy": 5, "attitude": 4}
BEST = dict.fromkeys(FACES, 5)
WORST = dict.fromkeys(FACES, 1)
DAY = timedelta(days=1)


def make_delivery(
    buyer: User | None = None, *, days: int = 1, carrier: str = "deer", now: datetime = LATER
) -> Shipment:
    """A parcel that was on its way for so many days."""
    order = make_paid_order(buyer=buyer, now=now).order if buyer else make_paid_order(now=now).order
    parcel = make_sent_parcel(order, carrier=carrier, now=now)
    arrived = now + days * DAY
    take_notice(notice=make_tracking(parcel, "delivered", at=arrived, carrier=carrier), now=arrived)
    parcel.refresh_from_db()
    return parcel


def invite(parcel: Shipment, *, now: datetime | None = None) -> Invitation:
    """Its buyer is asked; the handler would do so."""
    order = parcel.order
    asked = offer_survey(
        key="delivery", person_id=order.buyer_id, order_id=order.id, now=now or parcel.delivered_at or LATER
    )
    assert asked is not None
    return asked


def answer(invitation: Invitation, *, faces: Mapping[str, int] = FACES, words: str = "", seconds: int = 20) -> Answer:
    """Open it, and send after so many seconds."""
    person: UUID = invitation.person_id
    open_survey(invitation_id=invitation.id, person_id=person, now=invitation.invited_at)
    at = invitation.invited_at + timedelta(seconds=seconds)
    return answer_survey(invitation_id=invitation.id, person_id=person, faces=faces, words=words, now=at)
