"""Reads of the invite centre: whom a person brought, what it was worth, why and why not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from backend.core.clock import business_day
from backend.core.paging import Page, keyset_page
from backend.core.state_log import StateLog
from backend.promotions.models import CampaignRule
from backend.promotions.selectors import live_rules
from membership.models import CountedSpending, PointLot
from membership.ports import point_cause
from referrals.invites import rules
from referrals.invites.models import (
    Benefit,
    Binding,
    InviteReward,
    InviteSettings,
    MissedReward,
    RewardState,
    Side,
)

LEADERS = 20
LEADING = """
SELECT reward.beneficiary_id, count(DISTINCT reward.binding_id) AS friends, max(reward.created_at) AS reached_at
FROM invites_invitereward reward
WHERE reward.side = 'INVITER' AND reward.level = 1 AND reward.state IN ('PENDING', 'VESTED', 'ISSUED')
  AND reward.created_at >= %s
GROUP BY 1 ORDER BY friends DESC, reached_at, reward.beneficiary_id
"""


def rewarded_friends(inviter_id: UUID, *, campaign_id: UUID) -> int:
    """For how many friends a person was rewarded in a campaign; what was rejected or taken back leaves its place."""
    spoken_for = InviteReward.objects.filter(
        binding__inviter_id=inviter_id, rule__campaign_id=campaign_id, state__in=rules.SPEAK_FOR_IT
    )
    return spoken_for.values("binding_id").distinct().count()


def invited_page(inviter_id: UUID, *, first: int, after: str | None) -> Page:
    """The people somebody brought, newest first."""
    bound = Binding.objects.filter(inviter_id=inviter_id)
    return keyset_page(bound, order=("-bound_at", "-invitee_id"), first=first, after=after)


def brought_by(people: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Whom each of several people brought, newest first."""
    found: dict[UUID, list[UUID]] = {person: [] for person in people}
    for inviter_id, invitee_id in (
        Binding.objects.filter(inviter_id__in=list(found))
        .order_by("-bound_at", "-invitee_id")
        .values_list("inviter_id", "invitee_id")
    ):
        found[inviter_id].append(invitee_id)
    return found


def rewarded_invitees(inviter_id: UUID, invitees: Iterable[UUID]) -> dict[UUID, str]:
    """For which of these people somebody was rewarded, with the state of it."""
    rows = InviteReward.objects.filter(binding__inviter_id=inviter_id, side=Side.INVITER, level=1)
    return dict(rows.filter(binding_id__in=list(invitees)).values_list("binding_id", "state"))


def missed_rewards(invitees: Iterable[UUID]) -> dict[UUID, str]:
    """Why the first orders of people were not rewarded."""
    return dict(MissedReward.objects.filter(binding_id__in=list(invitees)).values_list("binding_id", "reason"))


def who_show_their_name(people: Iterable[UUID]) -> set[UUID]:
    """Those of some people who let others see their name."""
    shown = InviteSettings.objects.filter(user_id__in=list(people), shows_name=True)
    return set(shown.values_list("user_id", flat=True))


def reward_page(user_id: UUID, *, first: int, after: str | None) -> Page:
    """What a person got for invitations, newest first."""
    rewards = InviteReward.objects.filter(beneficiary_id=user_id).select_related("lot", "template", "rule")
    return keyset_page(rewards, order=("-created_at", "-id"), first=first, after=after)


def kept_from(order_ids: Iterable[UUID]) -> dict[UUID, datetime | None]:
    """When the return windows of orders end, as far as that is known."""
    return dict(CountedSpending.objects.filter(pk__in=list(order_ids)).values_list("pk", "vests_at"))


def moves_of(reward_ids: Iterable[UUID]) -> dict[UUID, list[StateLog]]:
    """What happened to rewards, in order."""
    found: dict[UUID, list[StateLog]] = {reward_id: [] for reward_id in reward_ids}
    moves = StateLog.objects.filter(entity_type="invites.InviteReward", entity_id__in=list(found))
    for move in moves.order_by("at", "pk"):
        found[move.entity_id].append(move)
    return found


def reward_sums(user_id: UUID) -> dict[str, int]:
    """Points from invitations that wait, those that became usable, and those under review."""
    sums = dict(
        InviteReward.objects.filter(beneficiary_id=user_id)
        .values_list("state")
        .annotate(total=Sum("points"))
        .order_by("state")
    )
    return {
        "pending": sums.get(RewardState.PENDING, 0) + sums.get(RewardState.VESTED, 0),
        "vested": sums.get(RewardState.ISSUED, 0),
        "held": sums.get(RewardState.HELD, 0),
    }


def invite_offer(now: datetime) -> CampaignRule | None:
    """The invite rule that works at this moment."""
    return next(iter(live_rules("invite_reward", now)), None)


def leaders(*, now: datetime, viewer_id: UUID | None) -> tuple[Sequence[tuple[int, UUID, int]], int | None]:
    """Who brought most friends this month whose first order is kept so far: place, person, friends; and one's own
    place.
    """
    month = business_day(now).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(LEADING, [month])
        rows = cursor.fetchall()
    places = [(place, row[0], row[1]) for place, row in enumerate(rows, start=1)]
    own = next((place for place, person, _friends in places if person == viewer_id), None)
    return places[:LEADERS], own


def friend_behind(reward_id: UUID) -> UUID | None:
    """The friend whom the beneficiary brought in person, if the reward is for bringing somebody."""
    direct = InviteReward.objects.filter(pk=reward_id, side=Side.INVITER, level=1)
    return direct.values_list("binding__invitee_id", flat=True).first()


def friends_count(user_id: UUID) -> int:
    """How many people a person brought."""
    return Binding.objects.filter(inviter_id=user_id).count()


def rewards_that_disagree() -> list[str]:
    """Every reward whose points do not follow from its facts and its rule, or whose lot says something else."""
    wrong = []
    rewards = InviteReward.objects.filter(benefit=Benefit.POINTS).select_related("rule", "lot")
    for reward in rewards.order_by("pk").iterator(chunk_size=1_000):
        wrong += [f"reward {reward.pk}: {sentence}" for sentence in _differences(reward, reward.rule.params)]
    return wrong


def _differences(reward: InviteReward, params: Mapping[str, int]) -> list[str]:
    if not reward.facts:
        return ["it has no facts"]
    computed = rules.points_from(reward.facts)
    ruled = {
        "inviter_points": params["inviterPoints"],
        "invitee_points": params["inviteePoints"],
        "second_points": params.get("secondLevelPoints") or 0,
    }
    wrong = []
    if computed != reward.points:
        wrong.append(f"{reward.points} points, its facts give {computed}")
    for name, points in ruled.items():
        if name in reward.facts and reward.facts[name] != points:
            wrong.append(f"its facts say {name} {reward.facts[name]}, its rule says {points}")
    return wrong + _lot_differences(reward, reward.lot)


def _lot_differences(reward: InviteReward, lot: PointLot | None) -> list[str]:
    if lot is None:
        has_none = (RewardState.HELD, RewardState.REJECTED, RewardState.REVERSED)
        return [] if reward.state in has_none else [f"it is {reward.state} and has no lot"]
    wrong = []
    if lot.earned != reward.points or point_cause(lot.cause).recompute(lot.facts) != reward.points:
        wrong.append(f"{reward.points} points, its lot holds {lot.earned}")
    if reward.state in (RewardState.REVERSED, RewardState.REJECTED) and lot.reversed != lot.earned:
        wrong.append(f"it is {reward.state}, its lot keeps {lot.earned - lot.reversed}")
    return wrong
