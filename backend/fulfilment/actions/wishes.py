"""The time at which a buyer would like the parcel."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.locks import lock_one
from backend.fulfilment.errors import DeliveryFixed, SlotNotOffered
from backend.fulfilment.models import DeliveryWindow, DeliveryWish, Shipment, ShipmentState
from backend.fulfilment.rules import slots
from backend.orders.models import Order, OrderState
from backend.orders.selectors import own_order

OPEN = (OrderState.PENDING_PAYMENT, OrderState.AWAITING_GROUP, OrderState.PAID)


@transaction.atomic
def choose_delivery(
    *, order_id: UUID, buyer_id: UUID, day: date | None, window: DeliveryWindow | None, now: datetime
) -> DeliveryWish | None:
    """Ask for a parcel on a day and in a part of the day, or take the wish back; possible until it is packed.

    Raises: DeliveryFixed, SlotNotOffered, NotFound.
    """
    order = lock_one(Order, own_order(order_id=order_id, buyer_id=buyer_id).id)
    is_packed = Shipment.objects.filter(order=order, resend=None).exclude(state=ShipmentState.CANCELLED).exists()
    if order.state not in OPEN or is_packed:
        raise DeliveryFixed
    if day is None or window is None:
        DeliveryWish.objects.filter(order=order).delete()
        return None
    offered = slots(province=str(order.address.get("province", "")), today=business_day(now))
    if (day, window) not in offered:
        raise SlotNotOffered(day=day, window=window.value)
    wish, _ = DeliveryWish.objects.update_or_create(
        order=order, defaults={"day_on": day, "window": window, "chosen_at": now}
    )
    return wish
