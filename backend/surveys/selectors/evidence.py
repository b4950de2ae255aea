"""What is known beside an answer: the way of the parcels, and other accounts on one device."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.core.clock import business_day
from backend.fulfilment.models import Shipment, ShipmentState, TrackingEvent
from backend.fulfilment.rules import days_on_the_way
from backend.orders.models import Order
from backend.payments.models import PaymentTry
from backend.surveys.models import Answer, Invitation
from backend.surveys.rules.validity import ALIKE_WITHIN, Likeness, ParcelStory, tidy


def delivery_of_order(order_id: UUID) -> tuple[str, str]:
    """Who brought an order, and where to; with several parcels the one that came last."""
    province = str(Order.objects.values_list("address", flat=True).get(pk=order_id).get("province", ""))
    parcels = Shipment.objects.filter(order_id=order_id, resend=None, state=ShipmentState.DELIVERED)
    carrier = parcels.order_by("-delivered_at", "-pk").values_list("carrier", flat=True).first()
    return carrier or "", province[:40]


def story_of_order(order_id: UUID) -> ParcelStory:
    """The promised days and the arrival of an order, told by the parcel that came last."""
    order = Order.objects.get(pk=order_id)
    parcels = Shipment.objects.filter(order_id=order_id, resend=None, state=ShipmentState.DELIVERED)
    last = parcels.order_by("-delivered_at", "-pk").first()
    if last is None or last.shipped_at is None or last.delivered_at is None:
        return ParcelStory()
    since, until = days_on_the_way(
        carrier=last.carrier,
        province=str(order.address.get("province", "")),
        left_on=business_day(last.shipped_at),
    )
    return ParcelStory(
        promised_from=since,
        promised_until=until,
        arrived_on=business_day(last.delivered_at),
        is_confirmed_by_buyer=TrackingEvent.objects.filter(shipment=last, code="confirmed").exists(),
    )


def likeness_of(invitation: Invitation, *, faces: Mapping[str, int], words: str, now: datetime) -> Likeness:
    """Other people who paid on a device of this one lately and gave the same faces."""
    mine = PaymentTry.objects.filter(buyer_id=invitation.person_id, at__gt=now - ALIKE_WITHIN).exclude(device="")
    devices = set(mine.values_list("device", flat=True))
    if not devices:
        return Likeness()
    others = PaymentTry.objects.filter(device__in=devices, at__gt=now - ALIKE_WITHIN)
    people = set(others.exclude(buyer_id=invitation.person_id).values_list("buyer_id", flat=True))
    same = Answer.objects.filter(
        key=invitation.key, person_id__in=people, faces=dict(faces), answered_at__gt=now - ALIKE_WITHIN
    )
    said = [(person_id, tidy(text)) for person_id, text in same.values_list("person_id", "words")]
    return Likeness(
        with_words=len({person_id for person_id, text in said if text and text == tidy(words)}),
        silent=len({person_id for person_id, text in said if not text}),
    )
