"""Links and visits, who brought whom, who gets the credit, rewards, and what accounts have in common."""

from referrals.invites.models.attribution import Attribution, AttributionRule, PayeeKind, TouchOrder
from referrals.invites.models.evidence import Identifier, IdentifierKind, Pepper
from referrals.invites.models.links import Binding, Click, LinkKind, ShareLink, Touch
from referrals.invites.models.rewards import InviteReward, Side

__all__ = [
    "Attribution",
    "AttributionRule",
    "Binding",
    "Click",
    "Identifier",
    "IdentifierKind",
    "InviteReward",
    "LinkKind",
    "PayeeKind",
    "Pepper",
    "ShareLink",
    "Side",
    "Touch",
    "TouchOrder",
]
