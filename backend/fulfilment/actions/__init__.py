"""Every step of a parcel, and what staff and buyers do about it."""

from backend.fulfilment.actions.alerts import alert_overdue_orders
from backend.fulfilment.actions.batch import BatchRow, send_batch
from backend.fulfilment.actions.come_back import announce_return_parcel
from backend.fulfilment.actions.foresee import foresee_delays
from backend.fulfilment.actions.labels import enter_number, request_label, request_labels
from backend.fulfilment.actions.messages import keep_refused_message, review_message
from backend.fulfilment.actions.move import move_shipment
from backend.fulfilment.actions.pack import Packing, give_number, pack_parcel, unpack_order, unpack_parcel
from backend.fulfilment.actions.readings import read_address
from backend.fulfilment.actions.receive import (
    complete_due_orders,
    confirm_receipt,
    confirm_resend,
    deliver_order,
    deliver_parcel,
)
from backend.fulfilment.actions.resend import Again, Asker, ask_to_resend, withdraw_resend
from backend.fulfilment.actions.send import send_parcel, ship_order
from backend.fulfilment.actions.silence import ask_about_silent_parcels
from backend.fulfilment.actions.track import take_notice
from backend.fulfilment.actions.wishes import choose_delivery

__all__ = [
    "Again",
    "Asker",
    "BatchRow",
    "Packing",
    "alert_overdue_orders",
    "announce_return_parcel",
    "ask_about_silent_parcels",
    "ask_to_resend",
    "choose_delivery",
    "complete_due_orders",
    "confirm_receipt",
    "confirm_resend",
    "deliver_order",
    "deliver_parcel",
    "enter_number",
    "foresee_delays",
    "give_number",
    "keep_refused_message",
    "move_shipment",
    "pack_parcel",
    "read_address",
    "request_label",
    "request_labels",
    "review_message",
    "send_batch",
    "send_parcel",
    "ship_order",
    "take_notice",
    "unpack_order",
    "unpack_parcel",
    "withdraw_resend",
]
