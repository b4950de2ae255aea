"""Every write of the app, one verb per file."""

from referrals.invites.actions.adopt_touches import adopt_touches
from referrals.invites.actions.attribute_order import attribute_order
from referrals.invites.actions.bind_invitee import bind_invitee, bind_visitor
from referrals.invites.actions.create_share_link import create_share_link
from referrals.invites.actions.note_identifiers import forget_identifiers, note_identifiers
from referrals.invites.actions.record_click import record_click
from referrals.invites.actions.reward_invite import reward_invite

__all__ = [
    "adopt_touches",
    "attribute_order",
    "bind_invitee",
    "bind_visitor",
    "create_share_link",
    "forget_identifiers",
    "note_identifiers",
    "record_click",
    "reward_invite",
]
