"""Settle by which channel an order came, and take back what was refunded."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least

from backend.orders.models import Order, OrderKind
from referrals.channels import selectors
from referrals.channels.models import ChannelOrder


@transaction.atomic
def credit_order(*, order_id: UUID, now: datetime) -> ChannelOrder:
    """Give a paid order to the channel by which its buyer came last within the window, once.

    Without such a visit, or when it is for a service, it is kept as an order of no channel.
    """
    order = Order.objects.get(pk=order_id)
    is_service = order.kind == OrderKind.SERVICE
    visit = None if is_service else selectors.last_visit_of_person(order.buyer_id, at=order.placed_at)
    found = ChannelOrder(
        order=order,
        channel_id=visit.channel_id if visit else None,
        touched_at=visit.at if visit else None,
        paid_minor=order.total_minor,
        paid_at=now,
    )
    ChannelOrder.objects.bulk_create([found], ignore_conflicts=True)
    return ChannelOrder.objects.get(pk=order_id)


@transaction.atomic
def take_back(*, order_id: UUID, refunded_minor: int | None = None) -> bool:
    """Note how much of an order went back so far, all of it if not said; a smaller sum that comes late is ignored."""
    wanted = F("paid_minor") if refunded_minor is None else Least(F("paid_minor"), refunded_minor)
    known = ChannelOrder.objects.filter(pk=order_id)
    return known.update(refunded_minor=Greatest(F("refunded_minor"), wanted)) > 0
