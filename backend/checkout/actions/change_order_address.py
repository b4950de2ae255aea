"""Sending an order somewhere else, as long as nobody packs it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.selectors import address_snapshot, visible_address
from backend.checkout.errors import AddressFixed, ShippingDiffers
from backend.checkout.selectors import shipping_to
from backend.core.locks import lock_one
from backend.core.state_log import log_move
from backend.orders.models import Order, OrderKind, OrderState
from backend.orders.selectors import own_order

CHANGEABLE = (OrderState.PENDING_PAYMENT, OrderState.AWAITING_GROUP, OrderState.PAID)


@transaction.atomic
def change_order_address(*, order_id: UUID, buyer_id: UUID, address_id: UUID, now: datetime) -> Order:
    """Send an order to another of the buyer's addresses, if sending there costs the same.

    Raises: NotFound, AddressFixed, ShippingDiffers.
    """
    order = lock_one(Order, own_order(order_id=order_id, buyer_id=buyer_id).pk)
    if order.state not in CHANGEABLE or order.kind == OrderKind.SERVICE:
        raise AddressFixed
    address = visible_address(address_id=address_id, user_id=buyer_id)
    before, after = (shipping_to(code) for code in (str(order.address.get("region_code", "")), address.region_code))
    if before != after:
        raise ShippingDiffers
    order.address = dict(address_snapshot(address))
    order.save(update_fields=["address"])
    log_move(
        entity_type="order",
        entity_id=order.pk,
        from_state=order.state,
        to_state=order.state,
        now=now,
        actor_id=buyer_id,
        reason="address changed",
    )
    return order
