"""What the API shows of points that were promised, and why."""

from collections.abc import Sequence
from typing import Any

import graphene

from backend.core.graphql import DateTime, ObjectType
from membership.models import LotState, PointLot
from membership.ports import WhyStep, point_cause
from membership.wording import waiting_for, why_made

REWARD_STATES = {
    LotState.PENDING: "PENDING",
    LotState.ACTIVE: "VESTED",
    LotState.EXPIRED: "VESTED",
    LotState.REVOKED: "REVERSED",
}
RewardState = graphene.Enum(
    "RewardState", [(name, name) for name in ("PENDING", "HELD", "VESTED", "REJECTED", "REVERSED")]
)


class WhyStepType(ObjectType):
    """One step from a cause to an amount."""

    label = graphene.String(required=True, description="What this step is about.")
    detail = graphene.String(required=True, description="What happened or was computed.")
    at = DateTime(description="When it happened.")


class RewardType(ObjectType):
    """Points promised for one cause, and why."""

    id = graphene.ID(required=True, description="The reward's id.")
    kind = graphene.String(required=True, description="The cause: order, invite_reward, …")
    title = graphene.String(required=True, description="The cause in a few words.")
    points = graphene.Int(required=True, description="How many points, less what was taken back.")
    state = graphene.Field(RewardState, required=True, description="Whether the points can be used.")
    why = graphene.List(graphene.NonNull(WhyStepType), required=True, description="How the sum came about.")
    vests_at = DateTime(description="When they become usable; empty until the parcel is delivered.")
    created_at = DateTime(required=True, description="When they were promised.")

    def resolve_kind(root: PointLot, info: Any) -> str:
        return root.cause

    def resolve_title(root: PointLot, info: Any) -> str:
        return title_of(root)

    def resolve_points(root: PointLot, info: Any) -> int:
        return root.earned - root.reversed

    def resolve_state(root: PointLot, info: Any) -> str:
        return REWARD_STATES[LotState(root.state)]

    def resolve_why(root: PointLot, info: Any) -> Sequence[WhyStep]:
        return why_of(root)


def title_of(lot: PointLot) -> str:
    """Name the cause of a lot in the reader's language."""
    return str(point_cause(lot.cause).title(lot.facts))


def why_of(lot: PointLot) -> list[WhyStep]:
    """Tell how a lot came about and what follows."""
    return [*why_made(lot), waiting_for(lot)]
