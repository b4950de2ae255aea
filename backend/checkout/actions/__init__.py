"""Every write of checkout: placing an order, paying it, giving it up."""

from backend.checkout.actions.ask_about_payments import ask_about_payments
from backend.checkout.actions.cancel_order import cancel_order, cancel_paid_orders
from backend.checkout.actions.change_order_address import change_order_address
from backend.checkout.actions.close_order import close_order, close_overdue_orders
from backend.checkout.actions.confirm_group_order import confirm_group_order
from backend.checkout.actions.issue_invoice import (
    issue_credit_note,
    issue_invoice,
    make_invoice_file,
    wish_for_invoice,
)
from backend.checkout.actions.pay_order import pay_order
from backend.checkout.actions.place_order import PlacedOrder, Wishes, place_order
from backend.checkout.actions.place_service_order import hold_credit_for_service, place_service_order
from backend.checkout.actions.receive_notice import receive_notice
from backend.checkout.actions.settle_payment import settle_payment
from backend.checkout.actions.work_out_price import work_out_price

__all__ = [
    "PlacedOrder",
    "Wishes",
    "ask_about_payments",
    "cancel_order",
    "cancel_paid_orders",
    "change_order_address",
    "close_order",
    "close_overdue_orders",
    "confirm_group_order",
    "hold_credit_for_service",
    "issue_credit_note",
    "issue_invoice",
    "make_invoice_file",
    "pay_order",
    "place_order",
    "place_service_order",
    "receive_notice",
    "settle_payment",
    "wish_for_invoice",
    "work_out_price",
]
