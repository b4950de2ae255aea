"""The legal moves of an order, and what a shopper's filters mean."""

from collections.abc import Mapping
from datetime import datetime

from backend.core.clock import business_day
from backend.core.ids import short_code
from backend.orders.models import OrderState

S = OrderState

MOVES: Mapping[OrderState, frozenset[OrderState]] = {
    S.PENDING_PAYMENT: frozenset({S.PAID, S.AWAITING_GROUP, S.CLOSED}),
    S.AWAITING_GROUP: frozenset({S.PAID, S.CANCELLED, S.REFUNDED}),
    S.PAID: frozenset({S.FULFILLING, S.SHIPPED, S.CANCELLED, S.REFUNDED}),
    S.FULFILLING: frozenset({S.SHIPPED, S.CANCELLED, S.REFUNDED}),
    S.SHIPPED: frozenset({S.DELIVERED, S.REFUNDED}),
    S.DELIVERED: frozenset({S.COMPLETED, S.PARTIALLY_REFUNDED, S.REFUNDED}),
    S.COMPLETED: frozenset({S.PARTIALLY_REFUNDED, S.REFUNDED}),
    S.CLOSED: frozenset({S.PAID, S.AWAITING_GROUP, S.CANCELLED}),
    S.CANCELLED: frozenset({S.REFUNDED}),
    S.PARTIALLY_REFUNDED: frozenset({S.REFUNDED}),
    S.REFUNDED: frozenset(),
}

MONEY_IS_IN = frozenset({S.AWAITING_GROUP, S.PAID, S.FULFILLING, S.SHIPPED, S.DELIVERED, S.COMPLETED})
KEPT = frozenset({S.PAID, S.FULFILLING, S.SHIPPED, S.DELIVERED, S.COMPLETED, S.PARTIALLY_REFUNDED})
NOT_YET_SENT = frozenset({S.AWAITING_GROUP, S.PAID, S.FULFILLING})

FILTERS: Mapping[str, frozenset[OrderState]] = {
    "TO_PAY": frozenset({S.PENDING_PAYMENT}),
    "GROUPING": frozenset({S.AWAITING_GROUP}),
    "TO_SHIP": frozenset({S.PAID, S.FULFILLING}),
    "TO_RECEIVE": frozenset({S.SHIPPED}),
    "DONE": frozenset({S.DELIVERED, S.COMPLETED}),
    "AFTER_SALE": frozenset({S.CANCELLED, S.PARTIALLY_REFUNDED, S.REFUNDED}),
}


def is_legal(*, from_state: str, to_state: str) -> bool:
    """Say whether an order may move so."""
    return OrderState(to_state) in MOVES[OrderState(from_state)]


def is_past_deadline(*, state: str, pay_deadline_at: datetime, now: datetime) -> bool:
    """Say whether an unpaid order has run out of time, even if nobody has closed it yet."""
    return state == OrderState.PENDING_PAYMENT and now >= pay_deadline_at


def new_number(*, now: datetime) -> str:
    """Make an order number that people can read aloud: the day of trade and eight letters."""
    return f"{business_day(now):%y%m%d}{short_code(8)}"
