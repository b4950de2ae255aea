"""What must be right where orders, stock, money and groups meet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from backend.insights.ports import Gauge
from backend.inventory.models import StockItem
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderKind, OrderState
from groupbuy.models import GroupOrder, GroupOrderState, GroupState, Seat, SeatState


def oversold(campaign_id: UUID | None, now: datetime) -> int:
    """Variants of which more is promised than there is."""
    return StockItem.objects.filter(reserved__gt=F("on_hand")).count()


def money_difference(campaign_id: UUID | None, now: datetime) -> int:
    """Captured money that is neither kept, refunded, on its way back, nor held for a group."""
    return conservation()["difference"]


def stranded_payments(campaign_id: UUID | None, now: datetime) -> int:
    """Paid group orders without a seat that look for none either."""
    seated = Seat.objects.filter(order=OuterRef("pk"), state__in=[SeatState.PAID, SeatState.CONFIRMED])
    seeking = GroupOrder.objects.filter(pk=OuterRef("pk"), state=GroupOrderState.MATCHING)
    waiting = Order.objects.filter(kind=OrderKind.GROUP, state=OrderState.AWAITING_GROUP)
    if campaign_id is not None:
        waiting = waiting.filter(campaign_id=campaign_id)
    return waiting.exclude(Exists(seated)).exclude(Exists(seeking)).count()


def overdue_holds(campaign_id: UUID | None, now: datetime) -> int:
    """Seats that are held although their time to pay, or their group, is over."""
    held = Seat.objects.filter(state=SeatState.HELD, held_until__lte=now)
    if campaign_id is not None:
        held = held.filter(group__campaign_id=campaign_id)
    return held.exclude(group__state=GroupState.FILLED).count()


OVERSOLD = Gauge("oversold", _("Oversold"), "count", oversold, lambda value: value == 0)
MONEY_DIFFERENCE = Gauge("money_difference", _("Money difference"), "fen", money_difference, lambda value: value == 0)
STRANDED_PAYMENTS = Gauge(
    "stranded_payments", _("Payments without a place"), "count", stranded_payments, lambda value: value == 0
)
OVERDUE_HOLDS = Gauge("overdue_holds", _("Holds past their time"), "count", overdue_holds, lambda value: value < 10)
