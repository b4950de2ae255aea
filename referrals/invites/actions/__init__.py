"""Every write of the app, one verb per file."""

from referrals.invites.actions.adopt_touches import adopt_touches
from referrals.invites.actions.attribute_order import attribute_order
from referrals.invites.actions.bind_invitee import bind_invitee, bind_visitor
from referrals.invites.actions.create_share_link import create_share_link
from referrals.invites.actions.decide_reward import decide_reward, object_to_rejection, release_due_rewards
from referrals.invites.actions.forget_inviter import forget_inviter
from referrals.invites.actions.keep_peppers import key_of_period
from referrals.invites.actions.keep_rules import (
    allow_place,
    save_attribution_rule,
    save_fraud_rule,
    show_name,
    withdraw_place,
)
from referrals.invites.actions.note_identifiers import forget_identifiers, note_identifiers
from referrals.invites.actions.record_click import record_click
from referrals.invites.actions.reward_invite import reward_invite
from referrals.invites.actions.reward_share import reward_share
from referrals.invites.actions.settle_reward import give_due_coupons, reverse_rewards, settle_vested_lot
from referrals.invites.actions.weighing import weigh_again, weigh_due_rewards, weigh_order_again

__all__ = [
    "adopt_touches",
    "allow_place",
    "attribute_order",
    "bind_invitee",
    "bind_visitor",
    "create_share_link",
    "decide_reward",
    "forget_identifiers",
    "forget_inviter",
    "give_due_coupons",
    "key_of_period",
    "note_identifiers",
    "object_to_rejection",
    "record_click",
    "release_due_rewards",
    "reverse_rewards",
    "reward_invite",
    "reward_share",
    "save_attribution_rule",
    "save_fraud_rule",
    "settle_vested_lot",
    "show_name",
    "weigh_again",
    "weigh_due_rewards",
    "weigh_order_again",
    "withdraw_place",
]
