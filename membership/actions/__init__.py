"""Every write of the app, one verb per file."""

from membership.actions.check_in import check_in
from membership.actions.count_spending import count_order, reduce_order, start_return_window, vest_spending
from membership.actions.give_points import promise_points
from membership.actions.return_points import return_points, return_points_of_pieces
from membership.actions.spend_points import spend_points
from membership.actions.take_back_points import expire_points, take_back_points
from membership.actions.vest_points import vest_points

__all__ = [
    "check_in",
    "count_order",
    "expire_points",
    "promise_points",
    "reduce_order",
    "return_points",
    "return_points_of_pieces",
    "spend_points",
    "start_return_window",
    "take_back_points",
    "vest_points",
    "vest_spending",
]
