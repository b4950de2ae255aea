"""Every write of the app, one verb per file."""

from membership.actions.check_in import check_in
from membership.actions.count_spending import (
    count_order,
    note_benefits,
    reduce_order,
    start_return_window,
    vest_spending,
)
from membership.actions.forget_member import forget_member
from membership.actions.give_points import promise_points
from membership.actions.give_thanks import give_thanks
from membership.actions.keep_birthday import give_birthday_gifts, tell_birthday
from membership.actions.move_tiers import raise_members, review_members
from membership.actions.note_deed import note_deed
from membership.actions.redeem_item import redeem_item
from membership.actions.return_points import return_points, return_points_of_pieces
from membership.actions.save_rules import (
    EarningDraft,
    MallDraft,
    TaskDraft,
    save_earning_rule,
    save_mall_item,
    save_policy,
    save_task,
)
from membership.actions.settle_by_hand import ask_grant, decide_grant, forgive_debt, reinstate_points
from membership.actions.spend_points import spend_points
from membership.actions.take_back_points import expire_points, take_back_points
from membership.actions.take_item import give_back_exchange
from membership.actions.tell_of_expiry import tell_of_expiry
from membership.actions.vest_points import vest_points

__all__ = [
    "EarningDraft",
    "MallDraft",
    "TaskDraft",
    "ask_grant",
    "check_in",
    "count_order",
    "decide_grant",
    "expire_points",
    "forget_member",
    "forgive_debt",
    "give_back_exchange",
    "give_birthday_gifts",
    "give_thanks",
    "note_benefits",
    "note_deed",
    "promise_points",
    "raise_members",
    "redeem_item",
    "reduce_order",
    "reinstate_points",
    "return_points",
    "return_points_of_pieces",
    "review_members",
    "save_earning_rule",
    "save_mall_item",
    "save_policy",
    "save_task",
    "spend_points",
    "start_return_window",
    "take_back_points",
    "tell_birthday",
    "tell_of_expiry",
    "vest_points",
    "vest_spending",
]
