"""The legal moves of an order, and what a shopper's filters mean."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.clock import business_day
from backend.core.ids import short_code
from backend.orders.models import OrderKind, OrderState

S = OrderState

KEEP_WINDOW = timedelta(days=7)
EXTENSION = timedelta(days=7)

MOVES: Mapping[OrderState, frozenset[OrderState]] = {
    S.PENDING_PAYMENT: frozenset({S.PAID, S.AWAITING_GROUP, S.COMPLETED, S.CLOSED}),
    S.AWAITING_GROUP: frozenset({S.PAID, S.CANCELLED, S.REFUNDED}),
    S.PAID: frozenset({S.FULFILLING, S.SHIPPED, S.CANCELLED, S.REFUNDED}),
    S.FULFILLING: frozenset({S.SHIPPED, S.REFUNDED}),
    S.SHIPPED: frozenset({S.DELIVERED, S.REFUNDED}),
    S.DELIVERED: frozenset({S.COMPLETED, S.PARTIALLY_REFUNDED, S.REFUNDED}),
    S.COMPLETED: frozenset({S.PARTIALLY_REFUNDED, S.REFUNDED}),
    S.CLOSED: frozenset({S.PAID, S.AWAITING_GROUP, S.COMPLETED, S.CANCELLED}),
    S.CANCELLED: frozenset({S.REFUNDED}),
    S.PARTIALLY_REFUNDED: frozenset({S.REFUNDED}),
    S.REFUNDED: frozenset(),
}

MONEY_IS_IN = frozenset({S.AWAITING_GROUP, S.PAID, S.FULFILLING, S.SHIPPED, S.DELIVERED, S.COMPLETED})
KEPT = frozenset({S.PAID, S.FULFILLING, S.SHIPPED, S.DELIVERED, S.COMPLETED, S.PARTIALLY_REFUNDED})
NOT_YET_SENT = frozenset({S.AWAITING_GROUP, S.PAID, S.FULFILLING})

OVER = frozenset({S.CLOSED, S.CANCELLED, S.REFUNDED, S.COMPLETED, S.PARTIALLY_REFUNDED})

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


def day_after_pause(*, complete_at: datetime, paused_at: datetime, now: datetime) -> datetime:
    """The day of completion after a pause: the buyer gets back all of the time that stood still."""
    return complete_at + max(now - paused_at, timedelta())


def new_number(*, now: datetime) -> str:
    """Make an order number that people can read aloud: the day of trade and eight letters."""
    return f"{business_day(now):%y%m%d}{short_code(8)}"


STEP_LABELS: Mapping[str, Promise] = {
    "placed": _("Order placed"),
    "paid": _("Payment received"),
    "group": _("Group full"),
    "shipped": _("Parcel sent"),
    "delivered": _("Delivered"),
    "completed": _("Completed"),
    "closed": _("Order closed"),
    "refunded": _("Money sent back"),
}
# The money may only be held; it is taken when the group is full.
HELD = _("Your seat is paid for")
REASON_LABELS: Mapping[str, Promise] = {
    "not_paid_in_time": _("Not paid in time"),
    "cancelled_by_buyer": _("Cancelled by the buyer"),
    "late_payment": _("The payment came too late"),
    "second_payment": _("Paid twice; the second payment goes back"),
    "refunded_by_provider": _("Sent back by the payment provider"),
    "group_expired": _("The group did not fill in time"),
    "group_cancelled": _("The group was cancelled"),
    "left_group": _("Left the group"),
    "money_not_taken": _("The held money could not be taken"),
    "captured_after_end": _("Taken after the order was given up"),
    "ladder_price": _("The group closed at a lower price"),
    "lottery_lost": _("Not drawn in the lottery group"),
}


def timeline(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps of an order for its page: those behind it with their time, those ahead without."""
    steps = [("placed", row["placed_at"])]
    gone = row["shown_state"] in (S.CLOSED, S.CANCELLED, S.REFUNDED) and row["shipped_at"] is None
    if row["paid_at"] or not gone:
        steps.append(("paid", row["paid_at"]))
    if gone:
        steps.append(("closed", row["closed_at"] or row["pay_deadline_at"]))
        if row["paid_at"] or row["late_payment"]:
            steps.append(("refunded", row["refunded_at"]))
    elif row["kind"] != OrderKind.SERVICE:
        if row["kind"] == OrderKind.GROUP:
            steps.append(("group", row["confirmed_at"]))
        steps += [(key, row[f"{key}_at"]) for key in ("shipped", "delivered", "completed")]
    labels = {**STEP_LABELS, "paid": HELD if row["captures_later"] and not row["confirmed_at"] else STEP_LABELS["paid"]}
    return [{"key": key, "label": str(labels[key]), "at": at, "is_done": at is not None} for key, at in steps]


def reason_label(reason: str) -> str:
    """Say a reason in the reader's language; one that is not known is said as it is."""
    return str(REASON_LABELS.get(reason, reason))


def masked_address(address: Mapping[str, Any]) -> dict[str, Any]:
    """An address as staff sees it at first: where about, not who and which door."""
    name, phone, line = (str(address.get(key, "")) for key in ("name", "phone", "line"))
    return {
        **address,
        "name": name[:1] + "*" * max(1, min(3, len(name) - 1)) if name else "",
        "phone": f"{phone[:-8]}****{phone[-4:]}" if len(phone) > 8 else "****",
        "line": line[:2] + "****" if line else "",
    }
