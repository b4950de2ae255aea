"""Every write of the app, one verb per file."""

from referrals.channels.actions.adopt_visits import adopt_visits
from referrals.channels.actions.close_channel import close_channel
from referrals.channels.actions.credit_order import credit_order, take_back
from referrals.channels.actions.credit_sign_up import credit_sign_up
from referrals.channels.actions.forget_visitor import forget_visitor
from referrals.channels.actions.record_cost import record_cost
from referrals.channels.actions.record_visit import record_visit
from referrals.channels.actions.save_channel import ChannelDraft, change_channel, create_channel

__all__ = [
    "ChannelDraft",
    "adopt_visits",
    "change_channel",
    "close_channel",
    "create_channel",
    "credit_order",
    "credit_sign_up",
    "forget_visitor",
    "record_cost",
    "record_visit",
    "take_back",
]
