"""Every write to an order, parted by what it does: making, moving, money, parcels, completion."""

from backend.orders.actions.completion import extend_completion, mark_completed, pause_completion, resume_completion
from backend.orders.actions.create import NewLine, create_order, create_service_order
from backend.orders.actions.money import (
    cancel_paid,
    close_unpaid,
    confirm_order,
    flag_late_payment,
    mark_paid,
    mark_refunded,
    wait_longer,
)
from backend.orders.actions.move import move_order
from backend.orders.actions.parcels import mark_delivered, mark_fulfilling, mark_shipped
from backend.orders.actions.refund_lines import refund_lines
from backend.orders.actions.tidy import buy_again, hide_order

__all__ = [
    "NewLine",
    "buy_again",
    "cancel_paid",
    "close_unpaid",
    "confirm_order",
    "create_order",
    "create_service_order",
    "extend_completion",
    "flag_late_payment",
    "hide_order",
    "mark_completed",
    "mark_delivered",
    "mark_fulfilling",
    "mark_paid",
    "mark_refunded",
    "mark_shipped",
    "move_order",
    "pause_completion",
    "refund_lines",
    "resume_completion",
    "wait_longer",
]
