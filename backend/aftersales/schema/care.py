"""How single buyers are looked after: the care plan beside a case, and return flows that a person sets."""

from datetime import datetime
from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.aftersales import actions, errors
from backend.aftersales.schema.desk import AfterSaleDeskType
from backend.aftersales.schema.loaders import person_of
from backend.aftersales.schema.types import AfterSaleCaseType
from backend.aftersales.selectors.care import care_of, flow_of
from backend.core.graphql import (
    DateTime,
    Mutation,
    ObjectType,
    RequestFacts,
    Viewer,
    extend,
    object_field,
    role,
    signed_in,
)
from backend.core.languages import translate

AGENTS = role("support", "admin")


class OwnFlowType(ObjectType):
    """A return flow that a person at the desk set for one buyer."""

    id = graphene.ID(required=True, description="The flow's id.")
    reason = graphene.String(required=True, description="Why it was set.")
    set_at = graphene.Field(DateTime, required=True, description="When it was set.")
    ends_at = graphene.Field(DateTime, required=True, description="Until when it holds.")
    objection = graphene.String(required=True, description="What the buyer says against it.")
    objected_at = graphene.Field(DateTime, description="When the buyer objected.")


class CarePlanType(ObjectType):
    """How a buyer is looked after, worked out from facts."""

    level = object_field(
        graphene.String,
        lambda row, info: translate(row.level, info.context.viewer.locale) if row.level else "",
        required=True,
        description="The buyer's level.",
    )
    is_valued = graphene.Boolean(required=True, description="Whether the level comes with an agent of their own.")
    answer_minutes = object_field(
        graphene.Int,
        lambda row, info: int(row.first_answer_within.total_seconds()) // 60,
        required=True,
        description="Within how many minutes the first answer is promised.",
    )
    agent = object_field(
        PersonType, lambda row, info: person_of(info, row.agent_id), description="The buyer's own agent."
    )
    flow = graphene.Field(OwnFlowType, description="The own return flow that stands now.")


class SetOwnFlow(Mutation):
    """Let returns of the buyer of a case be inspected before money goes back."""

    class Input:
        case_id = graphene.ID(required=True, description="A case of the buyer.")
        reason = graphene.String(required=True, description="Why, in at least ten letters; the buyer reads it.")
        ends_at = DateTime(required=True, description="Until when, half a year at most.")

    errors = (errors.FlowStands, errors.OwnCase, errors.ReasonsNeeded)
    permission = AGENTS
    flow = graphene.Field(OwnFlowType, description="The flow.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Set it."""
        flow = actions.set_own_flow(
            case_id=input.case_id, agent_id=viewer.id, reason=input.reason, ends_at=input.ends_at, now=now
        )
        return {"flow": flow}


class EndOwnFlow(Mutation):
    """End an own return flow early."""

    class Input:
        flow_id = graphene.ID(required=True, description="The flow.")

    errors = (errors.FlowOver, errors.OwnCase)
    permission = AGENTS
    flow = graphene.Field(OwnFlowType, description="The flow.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """End it."""
        return {"flow": actions.end_own_flow(flow_id=input.flow_id, agent_id=viewer.id, now=now)}


class ObjectToFlow(Mutation):
    """Contradict one's own return flow."""

    class Input:
        flow_id = graphene.ID(required=True, description="The viewer's own flow.")
        words = graphene.String(required=True, description="Why it is not right, in at least ten letters.")

    errors = (errors.FlowOver, errors.ReasonsNeeded)
    permission = signed_in
    flow = graphene.Field(OwnFlowType, description="The flow.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Say it."""
        flow = actions.object_to_flow(flow_id=input.flow_id, buyer_id=viewer.id, words=input.words, now=now)
        return {"flow": flow}


extend(
    AfterSaleDeskType,
    care=object_field(
        CarePlanType,
        lambda row, info: care_of(row.buyer_id, now=info.context.now),
        required=True,
        description="How the buyer is looked after.",
    ),
)
extend(
    AfterSaleCaseType,
    flow=object_field(
        OwnFlowType,
        lambda row, info: flow_of(row.buyer_id, now=info.context.now) if row.inspects_first else None,
        description="The own return flow that this case goes; empty for the usual way.",
    ),
)
