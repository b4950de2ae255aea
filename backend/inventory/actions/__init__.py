"""Every write to the stock room."""

from backend.inventory.actions.count_stock import set_low_mark, set_on_hand, stock_up
from backend.inventory.actions.give_back import give_back
from backend.inventory.actions.hold_stock import commit, release, reserve
from backend.inventory.actions.import_stock import import_stock
from backend.inventory.actions.inbound import inspect_line, take_delivery
from backend.inventory.actions.places import set_place
from backend.inventory.actions.set_aside import hand_over, put_back, set_aside, take_back
from backend.inventory.actions.watch_stock import tell_watchers, unwatch_stock, watch_stock

__all__ = [
    "commit",
    "give_back",
    "hand_over",
    "import_stock",
    "inspect_line",
    "put_back",
    "release",
    "reserve",
    "set_aside",
    "set_low_mark",
    "set_on_hand",
    "set_place",
    "stock_up",
    "take_back",
    "take_delivery",
    "tell_watchers",
    "unwatch_stock",
    "watch_stock",
]
