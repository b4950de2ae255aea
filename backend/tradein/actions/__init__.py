"""Every write to trade-ins, one thing a person would say aloud each."""

from backend.tradein.actions.ask_trade_in import ask_trade_in
from backend.tradein.actions.inspect_trade_in import inspect_trade_in, receive_trade_in, return_trade_in
from backend.tradein.actions.keep_deadlines import keep_deadlines, pass_deadline
from backend.tradein.actions.keep_lists import ListText, open_list, save_list, set_budget
from backend.tradein.actions.privacy import forget_person
from backend.tradein.actions.take_offer import answer_price, send_trade_in, take_offer, withdraw_trade_in

__all__ = [
    "ListText",
    "answer_price",
    "ask_trade_in",
    "forget_person",
    "inspect_trade_in",
    "keep_deadlines",
    "open_list",
    "pass_deadline",
    "receive_trade_in",
    "return_trade_in",
    "save_list",
    "send_trade_in",
    "set_budget",
    "take_offer",
    "withdraw_trade_in",
]
