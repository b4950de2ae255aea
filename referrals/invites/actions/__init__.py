"""Every write of the app, one verb per file."""

from referrals.invites.actions.bind_invitee import bind_invitee, bind_visitor
from referrals.invites.actions.create_share_link import create_share_link
from referrals.invites.actions.record_click import record_click
from referrals.invites.actions.reward_invite import reward_invite

__all__ = ["bind_invitee", "bind_visitor", "create_share_link", "record_click", "reward_invite"]
