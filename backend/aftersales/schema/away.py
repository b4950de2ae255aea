"""Who answers for a case now, and the days on which somebody of the desk is away."""

from datetime import datetime
from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import people_with_role, public_people
from backend.aftersales import actions, errors
from backend.aftersales.models import AfterSaleCase
from backend.aftersales.rules import moves
from backend.aftersales.schema.care import AGENTS
from backend.aftersales.schema.loaders import PAGE, person_of, remember_cases
from backend.aftersales.schema.types import AfterSaleCaseType
from backend.aftersales.selectors.away import Answering, coming_absences, who_answers
from backend.core.graphql import (
    DateTime,
    Mutation,
    ObjectType,
    RequestFacts,
    Viewer,
    extend,
    object_field,
    query_field,
)

LEAD = "admin"


class AnsweringType(ObjectType):
    """Who of the desk answers for a case now."""

    person = object_field(
        PersonType, lambda row, info: person_of(info, row.person_id), required=True, description="Who answers."
    )
    stands_in_for = object_field(
        PersonType, lambda row, info: person_of(info, row.stands_in_for), description="Who is away, if somebody is."
    )
    until = graphene.Field(DateTime, description="Until when that person is away.")


class AgentAbsenceType(ObjectType):
    """Days on which somebody else answers for an agent."""

    id = graphene.ID(required=True, description="The absence's id.")
    agent = object_field(
        PersonType, lambda row, info: _face(row.agent_id, info), required=True, description="Who is away."
    )
    stand_in = object_field(
        PersonType, lambda row, info: _face(row.stand_in_id, info), required=True, description="Who answers."
    )
    starts_at = object_field(DateTime, lambda row, info: row.period.lower, required=True, description="From when.")
    ends_at = object_field(DateTime, lambda row, info: row.period.upper, required=True, description="Until when.")
    has_begun = object_field(
        graphene.Boolean,
        lambda row, info: row.period.lower <= info.context.now,
        required=True,
        description="Whether it stands now.",
    )
    can_call_off = object_field(
        graphene.Boolean,
        lambda row, info: row.agent_id == info.context.viewer.user_id or LEAD in info.context.viewer.roles,
        required=True,
        personal=True,
        description="Whether the viewer may call it off.",
    )


class RecordAbsence(Mutation):
    """Say who answers for an agent in some days to come."""

    class Input:
        agent_id = graphene.ID(required=True, description="Who is away: the viewer, or anybody for an administrator.")
        stand_in_id = graphene.ID(required=True, description="Who answers meanwhile.")
        starts_at = DateTime(required=True, description="From when.")
        ends_at = DateTime(required=True, description="Until when, sixty days at most.")

    errors = (errors.AbsenceOverlaps, errors.StandInCircle)
    permission = AGENTS
    absence = graphene.Field(AgentAbsenceType, description="The absence.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Record it."""
        absence = actions.record_absence(
            agent_id=input.agent_id,
            stand_in_id=input.stand_in_id,
            starts_at=input.starts_at,
            ends_at=input.ends_at,
            recorder_id=viewer.id,
            is_lead=LEAD in viewer.roles,
            now=now,
        )
        return {"absence": absence}


class CallOffAbsence(Mutation):
    """Let an agent be there again, before it began or early."""

    class Input:
        absence_id = graphene.ID(required=True, description="The absence.")

    errors = (errors.AbsenceOver,)
    permission = AGENTS
    absence = graphene.Field(AgentAbsenceType, description="The absence.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call it off."""
        absence = actions.call_off_absence(
            absence_id=input.absence_id, actor_id=viewer.id, is_lead=LEAD in viewer.roles, now=now
        )
        return {"absence": absence}


def _face(person_id: Any, info: Any) -> Any:
    """Somebody of the desk; all of them are read together."""
    if "aftersales.desk" not in info.context.loaders:
        info.context.loaders["aftersales.desk"] = public_people(people_with_role("support", "admin"))
    known = info.context.loaders["aftersales.desk"]
    if person_id not in known:
        known.update(public_people([person_id]))
    return known[person_id]


def _agents(root: Any, info: Any) -> list[Any]:
    return [_face(person_id, info) for person_id in sorted(people_with_role("support", "admin"))]


def _answered_by(case: AfterSaleCase, info: Any) -> Answering | None:
    """Who answers for an open case; all cases of the page are looked at together."""
    if case.agent_id is None or case.state in moves.OVER:
        return None
    remember_cases(info, [case])
    found = info.context.loaders.setdefault("aftersales.answering", {})
    if case.agent_id not in found:
        agents = {each.agent_id for each in info.context.loaders[PAGE].values() if each.agent_id} | {case.agent_id}
        found.update(who_answers(agents, now=info.context.now))
    answering: Answering = found[case.agent_id]
    return answering


class AwayQuery:
    """The root fields of absences."""

    agent_absences = query_field(
        graphene.List(graphene.NonNull(AgentAbsenceType)),
        lambda root, info: coming_absences(now=info.context.now),
        permission=AGENTS,
        required=True,
        size=10,
        description="The absences of the desk that stand or are to come, the first first.",
    )
    after_sale_agents = query_field(
        graphene.List(graphene.NonNull(PersonType)),
        _agents,
        permission=AGENTS,
        required=True,
        size=20,
        description="Who works at the desk of after-sales.",
    )


extend(
    AfterSaleCaseType,
    answered_by=object_field(
        AnsweringType, _answered_by, description="Who of the desk answers for it now; nobody once it is over."
    ),
)
