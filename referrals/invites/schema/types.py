"""What the API shows of links and invitations."""

from typing import Any
from urllib.parse import urljoin

import graphene
from django.conf import settings
from django.urls import reverse

from backend.accounts.schema.types import PersonType, ViewerType
from backend.accounts.selectors import public_people
from backend.core.graphql import DateTime, ObjectType, connection_field, extend, object_field
from backend.promotions.models import CampaignRule
from membership.schema.types import WhyStepType
from referrals.invites import selectors
from referrals.invites.models import Binding, InviteReward, LinkKind, RewardState, ShareLink
from referrals.invites.rules import DEFAULT_WINDOW_DAYS
from referrals.invites.schema.leaders import LeaderboardType, leaderboard
from referrals.invites.wording import (
    invited_label,
    missed_text,
    next_text,
    offer_rules,
    reason_text,
    reward_title,
    why_of,
)

ShareKind = graphene.Enum.from_enum(LinkKind, name="ShareKind")
InviteRewardState = graphene.Enum("InviteRewardState", [(state.value, state.value) for state in RewardState])
NAMED_FRIENDS = 5


class ShareLinkType(ObjectType):
    """A short link of one person to one target."""

    code = graphene.String(required=True, description="The code in the address.")
    url = graphene.String(required=True, description="The full short address.")
    path = graphene.String(required=True, description="Where it leads on the shop.")
    owner = graphene.Field(PersonType, required=True, description="Whose link it is.")
    kind = graphene.Field(ShareKind, required=True, description="What it leads to.")
    poster_url = graphene.String(required=True, description="The poster picture.")
    qr_url = graphene.String(required=True, description="The QR code as SVG.")

    def resolve_url(root: ShareLink, info: Any) -> str:
        return urljoin(settings.SITE_URL, reverse("follow-link", args=[root.code]))

    def resolve_owner(root: ShareLink, info: Any) -> Any:
        return public_people([root.owner_id])[root.owner_id]

    def resolve_poster_url(root: ShareLink, info: Any) -> str:
        return f"{reverse('poster', args=[root.code])}?lang={info.context.viewer.locale}"

    def resolve_qr_url(root: ShareLink, info: Any) -> str:
        return reverse("qr-code", args=[root.code])


class FriendsOfFriendType(ObjectType):
    """The second level of the tree: whom a friend brought. It ends there."""

    number = graphene.Int(required=True, description="How many people the friend brought.")
    named = graphene.List(
        graphene.NonNull(PersonType),
        required=True,
        description="Up to five of them who let others see their name.",
    )


class InvitedType(ObjectType):
    """A person whom the viewer brought."""

    person = graphene.Field(PersonType, description="Who it is.")
    at = DateTime(required=True, description="Since when.")
    state = graphene.String(
        required=True,
        description="BOUND, PENDING, HELD, VESTED, ISSUED, REJECTED, REVERSED, or MISSED without a reward.",
    )
    state_label = graphene.String(required=True, description="The state in the reader's language.")
    why_not = graphene.String(description="Why the first order brought no reward.")
    friends = graphene.Field(FriendsOfFriendType, required=True, description="Whom this friend brought.")

    def resolve_person(root: Binding, info: Any) -> Any:
        return info.context.loaders["invited_people"].get(root.invitee_id)

    def resolve_at(root: Binding, info: Any) -> Any:
        return root.bound_at

    def resolve_state(root: Binding, info: Any) -> str:
        return state_of(root, info)

    def resolve_state_label(root: Binding, info: Any) -> str:
        return invited_label(state_of(root, info))

    def resolve_why_not(root: Binding, info: Any) -> str | None:
        return missed_text(info.context.loaders["missed_rewards"].get(root.invitee_id))

    def resolve_friends(root: Binding, info: Any) -> dict[str, Any]:
        brought = info.context.loaders["brought_by"][root.invitee_id]
        named = [person for person in brought if person in info.context.loaders["named_friends"]][:NAMED_FRIENDS]
        people = info.context.loaders["invited_people"]
        return {"number": len(brought), "named": [people[person] for person in named if person in people]}


def state_of(root: Binding, info: Any) -> str:
    """Where an invitation stands, for programs."""
    rewarded: str | None = info.context.loaders["invited_rewards"].get(root.invitee_id)
    if rewarded is None and root.invitee_id in info.context.loaders["missed_rewards"]:
        return "MISSED"
    return rewarded or "BOUND"


class InviteRewardType(ObjectType):
    """What the viewer was promised for one invitation, where it stands, why, and what comes next."""

    id = graphene.ID(required=True, description="The reward's id.")
    kind = graphene.String(required=True, description="POINTS or COUPON.")
    title = graphene.String(required=True, description="What it is for.")
    level = graphene.Int(required=True, description="1 for an own friend, 2 for a friend's friend.")
    points = graphene.Int(required=True, description="How many points; none for a coupon.")
    state = graphene.Field(InviteRewardState, required=True, description="Where it stands.")
    state_label = graphene.String(required=True, description="The state in the reader's language.")
    next_step = graphene.String(description="What happens next, in plain words.")
    reason = graphene.String(required=True, description="Why it was rejected; empty otherwise.")
    can_object = graphene.Boolean(required=True, description="Whether the viewer may ask for another look.")
    vests_at = DateTime(description="When it becomes usable; empty until the parcel is delivered.")
    held_until = DateTime(description="Until when it is looked at.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="From the cause to the sum.")
    created_at = DateTime(required=True, description="When it was promised.")

    def resolve_kind(root: InviteReward, info: Any) -> str:
        return root.benefit

    def resolve_title(root: InviteReward, info: Any) -> str:
        return reward_title(root, info.context.viewer.locale)

    def resolve_state_label(root: InviteReward, info: Any) -> str:
        return str(RewardState(root.state).label)

    def resolve_next_step(root: InviteReward, info: Any) -> str | None:
        return next_text(root)

    def resolve_reason(root: InviteReward, info: Any) -> str:
        return reason_text(root)

    def resolve_can_object(root: InviteReward, info: Any) -> bool:
        return root.state == RewardState.REJECTED and not root.objection and root.lot_id is None

    def resolve_vests_at(root: InviteReward, info: Any) -> Any:
        return kept_from_of(root, info)

    def resolve_why(root: InviteReward, info: Any) -> Any:
        known = info.context.loaders.get("reward_moves")
        moves = selectors.moves_of([root.pk]) if known is None else known
        return why_of(root, moves[root.pk], kept_from_of(root, info))


def kept_from_of(root: InviteReward, info: Any) -> Any:
    """When the return window of a reward's order ends; read for a whole page, or for the one that was written."""
    known = info.context.loaders.get("kept_from")
    return (selectors.kept_from([root.order_id]) if known is None else known).get(root.order_id)


class InviteOfferType(ObjectType):
    """What inviting is worth now."""

    inviter_points = graphene.Int(required=True, description="Points for the inviter.")
    invitee_points = graphene.Int(required=True, description="Points for the friend.")
    ends_at = DateTime(required=True, description="When the offer ends.")
    rules = graphene.List(graphene.NonNull(graphene.String), required=True, description="The rules in plain words.")

    def resolve_inviter_points(root: CampaignRule, info: Any) -> int:
        return int(root.params["inviterPoints"])

    def resolve_invitee_points(root: CampaignRule, info: Any) -> int:
        return int(root.params["inviteePoints"])

    def resolve_ends_at(root: CampaignRule, info: Any) -> Any:
        return root.campaign.ends_at

    def resolve_rules(root: CampaignRule, info: Any) -> list[str]:
        return offer_rules(
            window_days=int(root.params.get("windowDays", DEFAULT_WINDOW_DAYS)),
            cap=root.params.get("perInviterCap"),
            least_minor=root.params.get("minOrderMinor"),
            second_points=int(root.params.get("secondLevelPoints") or 0),
        )


class InviteCentreType(ObjectType):
    """The viewer's invitations."""

    clicks = graphene.Int(required=True, description="Visits of people through the viewer's links.")
    pending_points = graphene.Int(required=True, description="Points from invitations that still wait.")
    vested_points = graphene.Int(required=True, description="Points from invitations that are usable.")
    held_points = graphene.Int(required=True, description="Points from invitations that are looked at.")
    shows_name = graphene.Boolean(required=True, description="Whether others see the viewer's name here.")
    offer = graphene.Field(InviteOfferType, description="What inviting is worth now, if a campaign runs.")
    leaderboard = graphene.Field(LeaderboardType, required=True, description="Who brought most friends this month.")
    invited = connection_field(
        lambda: InvitedType,
        lambda root, info, first, after=None: invited_page(info, first=first, after=after),
        personal=True,
        description="People whom the viewer brought, newest first.",
    )
    rewards = connection_field(
        lambda: InviteRewardType,
        lambda root, info, first, after=None: reward_page(info, first=first, after=after),
        personal=True,
        description="What the viewer got for it, newest first.",
    )

    def resolve_clicks(root: Any, info: Any) -> int:
        return selectors.clicks_count(info.context.viewer.id)

    def resolve_pending_points(root: dict[str, int], info: Any) -> int:
        return root["pending"]

    def resolve_vested_points(root: dict[str, int], info: Any) -> int:
        return root["vested"]

    def resolve_held_points(root: dict[str, int], info: Any) -> int:
        return root["held"]

    def resolve_shows_name(root: Any, info: Any) -> bool:
        return bool(selectors.who_show_their_name([info.context.viewer.id]))

    def resolve_offer(root: Any, info: Any) -> CampaignRule | None:
        return selectors.invite_offer(info.context.now)

    def resolve_leaderboard(root: Any, info: Any) -> Any:
        return leaderboard(viewer_id=info.context.viewer.id, now=info.context.now)


def invited_page(info: Any, *, first: int, after: str | None) -> Any:
    """One page of invited people; names, rewards and their own friends are read for the whole page at once."""
    page = selectors.invited_page(info.context.viewer.id, first=first, after=after)
    people = [edge.node.invitee_id for edge in page.edges]
    brought = selectors.brought_by(people)
    second = [person for friends in brought.values() for person in friends]
    named = selectors.who_show_their_name(second)
    loaders = info.context.loaders
    loaders["brought_by"], loaders["named_friends"] = brought, named
    loaders["invited_people"] = public_people([*people, *named])
    loaders["invited_rewards"] = selectors.rewarded_invitees(info.context.viewer.id, people)
    loaders["missed_rewards"] = selectors.missed_rewards(people)
    return page


def reward_page(info: Any, *, first: int, after: str | None) -> Any:
    """One page of rewards; what happened to them is read for the whole page at once."""
    page = selectors.reward_page(info.context.viewer.id, first=first, after=after)
    info.context.loaders["reward_moves"] = selectors.moves_of(edge.node.pk for edge in page.edges)
    info.context.loaders["kept_from"] = selectors.kept_from(edge.node.order_id for edge in page.edges)
    return page


extend(
    ViewerType,
    invites=object_field(
        InviteCentreType,
        lambda root, info: selectors.reward_sums(info.context.viewer.id),
        required=True,
        personal=True,
        description="The viewer's invitations.",
    ),
)
