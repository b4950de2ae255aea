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
from membership.schema.types import RewardType
from referrals.invites import selectors
from referrals.invites.models import Binding, LinkKind, ShareLink
from referrals.invites.rules import DEFAULT_WINDOW_DAYS
from referrals.invites.wording import invited_label, invited_state, offer_rules

ShareKind = graphene.Enum.from_enum(LinkKind, name="ShareKind")


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


class InvitedType(ObjectType):
    """A person whom the viewer brought."""

    person = graphene.Field(PersonType, description="Who it is.")
    at = DateTime(required=True, description="Since when.")
    state = graphene.String(required=True, description="BOUND, PENDING, VESTED or REVERSED.")
    state_label = graphene.String(required=True, description="The state in the reader's language.")

    def resolve_person(root: Binding, info: Any) -> Any:
        return info.context.loaders["invited_people"].get(root.invitee_id)

    def resolve_at(root: Binding, info: Any) -> Any:
        return root.bound_at

    def resolve_state(root: Binding, info: Any) -> str:
        return invited_state(info.context.loaders["invited_rewards"].get(root.invitee_id))

    def resolve_state_label(root: Binding, info: Any) -> str:
        return invited_label(info.context.loaders["invited_rewards"].get(root.invitee_id))


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
            window_days=int(root.params.get("windowDays", DEFAULT_WINDOW_DAYS)), cap=root.params.get("perInviterCap")
        )


class InviteCentreType(ObjectType):
    """The viewer's invitations."""

    clicks = graphene.Int(required=True, description="Visits of people through the viewer's links.")
    pending_points = graphene.Int(required=True, description="Points from invitations that still wait.")
    vested_points = graphene.Int(required=True, description="Points from invitations that are usable.")
    offer = graphene.Field(InviteOfferType, description="What inviting is worth now, if a campaign runs.")
    invited = connection_field(
        lambda: InvitedType,
        lambda root, info, first, after=None: invited_page(info, first=first, after=after),
        personal=True,
        description="People whom the viewer brought, newest first.",
    )
    rewards = connection_field(
        lambda: RewardType,
        lambda root, info, first, after=None: selectors.reward_page(info.context.viewer.id, first=first, after=after),
        personal=True,
        description="What the viewer got for it, newest first.",
    )

    def resolve_clicks(root: Any, info: Any) -> int:
        return selectors.clicks_count(info.context.viewer.id)

    def resolve_pending_points(root: dict[str, int], info: Any) -> int:
        return root["pending"]

    def resolve_vested_points(root: dict[str, int], info: Any) -> int:
        return root["vested"]

    def resolve_offer(root: Any, info: Any) -> CampaignRule | None:
        return selectors.invite_offer(info.context.now)


def invited_page(info: Any, *, first: int, after: str | None) -> Any:
    """One page of invited people; their names and rewards are read for the whole page at once."""
    page = selectors.invited_page(info.context.viewer.id, first=first, after=after)
    info.context.loaders["invited_people"] = public_people(edge.node.invitee_id for edge in page.edges)
    info.context.loaders["invited_rewards"] = selectors.rewarded_invitees(info.context.viewer.id)
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
