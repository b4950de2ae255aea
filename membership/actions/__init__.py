"""Every write of the app, one verb per file."""

from membership.actions.count_spending import count_order, reduce_order, start_return_window, vest_spending
from membership.actions.give_points import promise_points
from membership.actions.take_back_points import expire_points, take_back_points
from membership.actions.vest_points import vest_points

__all__ = [
    "count_order",
    "expire_points",
    "promise_points",
    "reduce_order",
    "start_return_window",
    "take_back_points",
    "vest_points",
    "vest_spending",
]
