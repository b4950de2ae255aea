"""Every write of flash sales."""

from backend.flash.actions.keep_order import give_back_pieces, hold_flash_order, reserve_pieces, sell_pieces
from backend.flash.actions.run_sale import (
    abort_sale,
    announce_sale,
    close_due_sales,
    close_sale,
    keep_window,
    open_due_sales,
    stock_sale,
    stop_sale,
)
from backend.flash.actions.take_token import take_token
from backend.flash.actions.wait_for_sale import (
    ask_reminder,
    drop_reminder,
    join_waiting_list,
    leave_waiting_list,
    remind_due,
    serve_all_waiting,
    serve_waiting,
    tell_reminded,
)

__all__ = [
    "abort_sale",
    "announce_sale",
    "ask_reminder",
    "close_due_sales",
    "close_sale",
    "drop_reminder",
    "give_back_pieces",
    "hold_flash_order",
    "join_waiting_list",
    "keep_window",
    "leave_waiting_list",
    "open_due_sales",
    "remind_due",
    "reserve_pieces",
    "sell_pieces",
    "serve_all_waiting",
    "serve_waiting",
    "stock_sale",
    "stop_sale",
    "take_token",
    "tell_reminded",
]
