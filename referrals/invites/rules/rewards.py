"""What an invitation is worth, what a campaign may not pay for, and how a reward moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from referrals.invites.models import RewardState, Side
from referrals.invites.rules.links import DEFAULT_WINDOW_DAYS, MOST_WINDOW_DAYS

MOST_POINTS = 100_000
MOST_LEVELS = 2
MOST_CAP = 1_000
MOST_ORDER_MINOR = 10_000_000
SHARE_RULE = "share:1"
SHARE_POINTS = 2
SHARES_A_DAY = 5
TRIGGER = "first_kept_order"
ON_TEAM = ("team_turnover", "team_orders", "team_size")

REWARD_MOVES: Mapping[str, frozenset[str]] = {
    RewardState.PENDING: frozenset({RewardState.VESTED, RewardState.REJECTED, RewardState.REVERSED}),
    RewardState.HELD: frozenset({RewardState.PENDING, RewardState.REJECTED, RewardState.REVERSED}),
    RewardState.VESTED: frozenset({RewardState.ISSUED, RewardState.REVERSED}),
    RewardState.ISSUED: frozenset({RewardState.REVERSED}),
    RewardState.REJECTED: frozenset({RewardState.PENDING, RewardState.HELD, RewardState.REVERSED}),
    RewardState.REVERSED: frozenset(),
}
SPEAK_FOR_IT = (RewardState.PENDING, RewardState.HELD, RewardState.VESTED, RewardState.ISSUED)


@dataclass(frozen=True, slots=True)
class Share:
    """What one person gets out of one invitation."""

    side: str
    level: int
    points: int = 0
    template_id: UUID | None = None


def shares_of(params: Mapping[str, Any], *, has_second_level: bool) -> list[Share]:
    """Who gets what under a rule; the second level only where the rule has one and the binding knows it."""
    shares = []
    for side, word in ((Side.INVITER, "inviter"), (Side.INVITEE, "invitee")):
        coupon = params.get(f"{word}Coupon")
        share = Share(side, 1, 0 if coupon else int(params[f"{word}Points"]), UUID(coupon) if coupon else None)
        if share.points or share.template_id:
            shares.append(share)
    second = int(params.get("secondLevelPoints") or 0)
    if second and has_second_level:
        shares.append(Share(Side.INVITER, 2, second))
    return shares


def points_from(facts: Mapping[str, Any]) -> int:
    """The points of a reward, computed from its stored facts alone."""
    if facts.get("level", 1) == MOST_LEVELS:
        return int(facts["second_points"])
    return int(facts["inviter_points" if facts["side"] == Side.INVITER else "invitee_points"])


def reward_problems(params: Mapping[str, Any]) -> list[Problem]:
    """Say what is wrong with an invite rule. A reward hangs on a kept order, never on the number of heads."""
    problems = [
        Problem("error", _("Enter between 0 and 100,000 points."), name)
        for name in ("inviterPoints", "inviteePoints")
        if not is_whole(params.get(name), least=0, most=MOST_POINTS)
    ]
    problems += _coupon_problems(params)
    gives = [params.get(name) for name in ("inviterPoints", "inviteePoints", "inviterCoupon", "inviteeCoupon")]
    if not problems and not any(gives):
        problems.append(Problem("error", _("At least one side must get points."), "inviterPoints"))
    if not is_whole(params.get("windowDays", DEFAULT_WINDOW_DAYS), least=1, most=MOST_WINDOW_DAYS):
        problems.append(Problem("error", _("Enter a window of 1 to 365 days."), "windowDays"))
    for name, most, message in (
        ("perInviterCap", MOST_CAP, _("Enter a cap of 1 to 1,000 friends, or leave it open.")),
        ("minOrderMinor", MOST_ORDER_MINOR, _("Enter a least order of up to ¥100,000, or leave it open.")),
    ):
        if params.get(name) is not None and not is_whole(params[name], least=1, most=most):
            problems.append(Problem("error", message, name))
    return problems + compliance_problems(params)


def compliance_problems(params: Mapping[str, Any]) -> list[Problem]:
    """Say what may not be paid for: heads without a purchase, the turnover of a team, a third level."""
    problems = []
    trigger = str(params.get("trigger", TRIGGER))
    if trigger in ON_TEAM:
        problems.append(
            Problem("error", _("Paying on what a team sells is not allowed. Reward a kept first order."), "trigger")
        )
    elif trigger != TRIGGER:
        problems.append(
            Problem(
                "error",
                _("Paying per head, without a purchase, is not allowed. Reward a kept first order."),
                "trigger",
            )
        )
    if not is_whole(params.get("levels", 1), least=1, most=MOST_LEVELS):
        problems.append(Problem("error", _("Two levels are the most: who invited, and who invited them."), "levels"))
    second = params.get("secondLevelPoints")
    if second is not None:
        if not is_whole(second, least=0, most=MOST_POINTS):
            problems.append(Problem("error", _("Enter between 0 and 100,000 points."), "secondLevelPoints"))
        elif second > (params.get("inviterPoints") or 0):
            problems.append(
                Problem("error", _("The second level may not get more than whoever invited."), "secondLevelPoints")
            )
    if any(params.get(name) is not None for name in ("teamBps", "teamPoints", "entryFeeMinor")):
        problems.append(
            Problem("error", _("Paying on what a team sells, or for an entry fee, is not allowed."), "trigger")
        )
    return problems


def is_whole(value: object, *, least: int, most: int) -> bool:
    """Say whether a value is a whole number in a range."""
    return type(value) is int and least <= value <= most


def _coupon_problems(params: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem("error", _("Choose a coupon from the list."), name)
        for name in ("inviterCoupon", "inviteeCoupon")
        if params.get(name) and not _is_id(params[name])
    ]


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def share_points(*, counted_today: int, points: int = SHARE_POINTS, most: int = SHARES_A_DAY) -> int:
    """What one more new visitor earns on a day."""
    return points if counted_today < most else 0
