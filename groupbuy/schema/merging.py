"""Waiting for a seat, and putting groups together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from groupbuy import actions
from groupbuy.errors import AlreadySeated, CannotMerge, GroupClosed, MergeDecided, NoLeader, SeatsAreFree
from groupbuy.schema.types import GroupType
from groupbuy.selectors import GroupWish, group_row


def _group(group_id: Any, viewer: Viewer, now: datetime) -> dict[str, Any]:
    return {"group": group_row(group_id=group_id, wish=GroupWish(viewer_id=viewer.id, now=now))}


class WaitForSeat(Mutation):
    """Get in line for a seat of a full group."""

    class Input:
        group_id = graphene.ID(required=True, description="The group.")

    errors = (GroupClosed, AlreadySeated, SeatsAreFree)
    permission = signed_in
    group = graphene.Field(GroupType, description="The group, with the viewer's place in the line.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.wait_for_seat(group_id=input.group_id, buyer_id=viewer.id, now=now)
        return _group(input.group_id, viewer, now)


class StopWaiting(Mutation):
    """Give one's place in the line up."""

    class Input:
        group_id = graphene.ID(required=True, description="The group.")

    errors = ()
    permission = signed_in
    group = graphene.Field(GroupType, description="The group.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.stop_waiting(group_id=input.group_id, buyer_id=viewer.id, now=now)
        return _group(input.group_id, viewer, now)


class AskToMerge(Mutation):
    """Offer the leader of another group to sit at one table."""

    class Input:
        group_id = graphene.ID(required=True, description="The group that the viewer leads.")
        into_id = graphene.ID(required=True, description="The group that is asked.")

    errors = (NoLeader, CannotMerge)
    permission = signed_in
    group = graphene.Field(GroupType, description="The viewer's group.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.ask_to_merge(group_id=input.group_id, into_id=input.into_id, leader_id=viewer.id, now=now)
        return _group(input.group_id, viewer, now)


class AnswerMerge(Mutation):
    """Agree to sit at one table with another group, or not."""

    class Input:
        id = graphene.ID(required=True, description="The offer.")
        agrees = graphene.Boolean(required=True, description="Whether the viewer, who leads the asked group, agrees.")

    errors = (CannotMerge, MergeDecided)
    permission = signed_in
    group = graphene.Field(GroupType, description="The group in which everybody sits now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        offer = actions.answer_merge(merge_id=input.id, leader_id=viewer.id, agrees=input.agrees, now=now)
        return _group(offer.into_id, viewer, now)
