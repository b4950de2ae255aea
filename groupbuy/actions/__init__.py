"""Every write of group buying."""

from groupbuy.actions.ask_for_seat import AskedSeat, join_group, open_by_paying
from groupbuy.actions.choose_late import set_late_choice
from groupbuy.actions.close_group import cancel_group, cancel_stopped_groups, expire_due_groups, expire_group
from groupbuy.actions.draw_winners import (
    commit_draw,
    confirm_winners,
    console_losers,
    draw_due_groups,
    draw_winners,
    refund_losers,
)
from groupbuy.actions.finish_group import begin_refunds, confirm_group, confirm_taken_seat, note_refund
from groupbuy.actions.give_up_seat import give_up_lost_seat, give_up_order, leave_group
from groupbuy.actions.hold_seat import hold_seat, release_due_seats, release_seat
from groupbuy.actions.match_orders import match_order, match_waiting_orders
from groupbuy.actions.merge_groups import answer_merge, ask_to_merge
from groupbuy.actions.open_group import open_group
from groupbuy.actions.return_difference import return_difference
from groupbuy.actions.reward_leader import (
    promise_leader_benefit,
    reduce_leader_benefit,
    settle_leader_benefit,
    settle_leader_benefits,
)
from groupbuy.actions.settle_seat import settle_seat
from groupbuy.actions.wait_for_seat import pass_places_on, stop_waiting, tell_waiting, wait_for_seat

__all__ = [
    "AskedSeat",
    "answer_merge",
    "ask_to_merge",
    "begin_refunds",
    "cancel_group",
    "cancel_stopped_groups",
    "commit_draw",
    "confirm_group",
    "confirm_taken_seat",
    "confirm_winners",
    "console_losers",
    "draw_due_groups",
    "draw_winners",
    "expire_due_groups",
    "expire_group",
    "give_up_lost_seat",
    "give_up_order",
    "hold_seat",
    "join_group",
    "leave_group",
    "match_order",
    "match_waiting_orders",
    "note_refund",
    "open_by_paying",
    "open_group",
    "pass_places_on",
    "promise_leader_benefit",
    "reduce_leader_benefit",
    "refund_losers",
    "release_due_seats",
    "release_seat",
    "return_difference",
    "set_late_choice",
    "settle_leader_benefit",
    "settle_leader_benefits",
    "settle_seat",
    "stop_waiting",
    "tell_waiting",
    "wait_for_seat",
]
