"""The tables of group buying."""

from groupbuy.models.around import BenefitState, Draw, LeaderBenefit, MergeOffer, MergeState, WaitingPlace, WaitState
from groupbuy.models.groups import (
    Group,
    GroupOrder,
    GroupOrderState,
    GroupState,
    Intent,
    Joiners,
    LateChoice,
    MoneyTaken,
    Offer,
    QuotaMode,
    Seat,
    SeatState,
)

__all__ = [
    "BenefitState",
    "Draw",
    "Group",
    "GroupOrder",
    "GroupOrderState",
    "GroupState",
    "Intent",
    "Joiners",
    "LateChoice",
    "LeaderBenefit",
    "MergeOffer",
    "MergeState",
    "MoneyTaken",
    "Offer",
    "QuotaMode",
    "Seat",
    "SeatState",
    "WaitState",
    "WaitingPlace",
]
