"""Writes of invitations."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from referrals.invites.actions import create_share_link
from referrals.invites.errors import NothingToShare
from referrals.invites.schema.types import ShareKind, ShareLinkType


class CreateShareLink(Mutation):
    """Give the viewer the short link to a target; the same target always has the same link."""

    class Input:
        kind = graphene.Field(ShareKind, required=True, description="What the link leads to.")
        target_id = graphene.ID(required=True, description="The id of the product, group, post, campaign or person.")

    errors = (NothingToShare,)
    permission = signed_in
    share_link = graphene.Field(ShareLinkType, description="The link.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        kind = getattr(input.kind, "value", input.kind)
        return {"share_link": create_share_link(owner_id=viewer.id, kind=kind, target_id=input.target_id, now=now)}


class Mutations:
    """Root mutations of invitations."""

    create_share_link = CreateShareLink.field()
