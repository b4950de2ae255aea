"""Links and visits, who brought whom, who gets the credit, rewards, and what accounts have in common."""

from referrals.invites.models.attribution import Attribution, AttributionRule, PayeeKind, TouchOrder
from referrals.invites.models.evidence import Identifier, IdentifierKind, Pepper, PlaceKind, SharedPlace
from referrals.invites.models.links import Binding, Click, LinkKind, ShareLink, ShareVisit, Touch
from referrals.invites.models.rewards import (
    Benefit,
    FraudRule,
    InviteReward,
    InviteSettings,
    MissedReward,
    RewardScore,
    RewardState,
    ScoreCause,
    Side,
)

__all__ = [
    "Attribution",
    "AttributionRule",
    "Benefit",
    "Binding",
    "Click",
    "FraudRule",
    "Identifier",
    "IdentifierKind",
    "InviteReward",
    "InviteSettings",
    "LinkKind",
    "MissedReward",
    "PayeeKind",
    "Pepper",
    "PlaceKind",
    "RewardScore",
    "RewardState",
    "ScoreCause",
    "ShareLink",
    "ShareVisit",
    "SharedPlace",
    "Side",
    "Touch",
    "TouchOrder",
]
