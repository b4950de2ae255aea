"""What can be asked about links, visits, invitations and credit."""

from referrals.invites.selectors.attribution import (
    attribution_of,
    attribution_rule,
    attributions_of,
    friend_candidates,
    strong_identity_matches,
)
from referrals.invites.selectors.links import (
    ancestors,
    binding_of,
    clicks_count,
    is_blocked_pair,
    is_first_kept_order,
    last_touch,
    link_by_code,
    link_owner,
    touches_of,
)
from referrals.invites.selectors.rewards import (
    invite_offer,
    invited_page,
    reward_page,
    reward_sums,
    rewarded_friends,
    rewarded_invitees,
)

__all__ = [
    "ancestors",
    "attribution_of",
    "attribution_rule",
    "attributions_of",
    "binding_of",
    "clicks_count",
    "friend_candidates",
    "invite_offer",
    "invited_page",
    "is_blocked_pair",
    "is_first_kept_order",
    "last_touch",
    "link_by_code",
    "link_owner",
    "reward_page",
    "reward_sums",
    "rewarded_friends",
    "rewarded_invitees",
    "strong_identity_matches",
    "touches_of",
]
