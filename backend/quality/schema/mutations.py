"""What can be done about quality."""

from datetime import datetime
from typing import Any

import graphene

from backend.accounts.models import Role
from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, Mutation, RequestFacts, Viewer, role
from backend.quality import actions, errors
from backend.quality.schema.queries import AGENTS, LEADS, STAFF
from backend.quality.schema.types import (
    CarrierStandingEnum,
    DeliveryZone,
    ImprovementTeam,
    ImprovementType,
    ScorecardType,
    ServiceNoteKind,
    ServiceNoteType,
    ServiceSampleType,
)
from backend.quality.selectors.carriers import scorecards
from backend.quality.selectors.service import visible_sample

LEAD = role(Role.SENIOR_MODERATOR.value)
SHOWN_DAYS = 28


def plain(value: Any) -> str:
    """The value of an enum."""
    return str(getattr(value, "value", value))


def marks_in(value: Any) -> dict[str, int]:
    """A mark for each point.

    Raises: InvalidInput.
    """
    if not isinstance(value, dict) or not all(type(each) is int for each in value.values()):
        raise InvalidInput("marks")
    return value


class SetCarrierStanding(Mutation):
    """Take a carrier first in a region, pause it there, or let the usual order hold again."""

    class Input:
        carrier = graphene.String(required=True, description="The carrier's code.")
        zone = graphene.InputField(DeliveryZone, required=True, description="The region.")
        standing = graphene.InputField(CarrierStandingEnum, description="Empty for the usual order.")
        reason = graphene.String(required=True, description="Why.")

    errors = (errors.NobodyLeft,)
    permission = STAFF
    scorecard = graphene.Field(ScorecardType, description="The carrier with what holds now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Set it."""
        standing = plain(input.standing) if input.standing else None
        actions.set_standing(
            carrier=input.carrier, zone=plain(input.zone), standing=standing, reason=input.reason, actor_id=viewer.id,
            now=now,
        )  # fmt: skip
        return {
            "scorecard": next(card for card in scorecards(days=SHOWN_DAYS, now=now) if card.carrier == input.carrier)
        }


class OpenImprovement(Mutation):
    """Write down that something is to become better."""

    class Input:
        title = graphene.String(required=True, description="What.")
        team = graphene.InputField(ImprovementTeam, required=True, description="Who sees to it.")
        words = graphene.String(description="What is known of it.")
        due_on = graphene.InputField(graphene.Date, description="Until when; two weeks without it.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first time.")

    permission = STAFF
    improvement = graphene.Field(ImprovementType, description="The case.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Open it."""
        case = actions.open_improvement(
            title=input.title, team=plain(input.team), words=input.words or "", due=input.due_on, opener_id=viewer.id,
            idempotency_key=input.idempotency_key, now=now,
        )  # fmt: skip
        return {"improvement": case}


class GiveImprovement(Mutation):
    """Say who sees to it, in which team and until when."""

    class Input:
        id = graphene.ID(required=True, description="The case.")
        owner_id = graphene.ID(description="Who; oneself without it.")
        team = graphene.InputField(ImprovementTeam, required=True, description="The team.")
        due_on = graphene.InputField(graphene.Date, required=True, description="Until when.")

    errors = (errors.ImprovementIsClosed,)
    permission = STAFF
    improvement = graphene.Field(ImprovementType, description="The case.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Give it."""
        case = actions.give_improvement(
            case_id=input.id, owner_id=input.owner_id or viewer.id, team=plain(input.team), due=input.due_on, now=now
        )
        return {"improvement": case}


class NoteImprovement(Mutation):
    """Write down what was tried or found."""

    class Input:
        id = graphene.ID(required=True, description="The case.")
        words = graphene.String(required=True, description="What.")

    errors = (errors.ImprovementIsClosed,)
    permission = STAFF
    improvement = graphene.Field(ImprovementType, description="The case.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Write it."""
        case = actions.note_improvement(case_id=input.id, author_id=viewer.id, words=input.words, now=now)
        return {"improvement": case}


class CloseImprovement(Mutation):
    """Close a case by saying what was changed."""

    class Input:
        id = graphene.ID(required=True, description="The case.")
        changed = graphene.String(required=True, description="What was changed.")

    errors = (errors.ImprovementIsClosed,)
    permission = STAFF
    improvement = graphene.Field(ImprovementType, description="The case.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Close it."""
        case = actions.close_improvement(case_id=input.id, closer_id=viewer.id, changed=input.changed, now=now)
        return {"improvement": case}


class ReviewService(Mutation):
    """Look at a sample: one's own work, or somebody else's as the second person."""

    class Input:
        id = graphene.ID(required=True, description="The sample.")
        marks = graphene.InputField(JSON, required=True, description="A mark from 1 to 5 for each point.")
        words = graphene.String(description="What is to be said beside them.")

    errors = (errors.NotYourSample, errors.ReviewedAlready)
    permission = AGENTS
    sample = graphene.Field(ServiceSampleType, description="The sample, now with what the other side says.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        is_lead = bool(viewer.roles & LEADS)
        actions.review_sample(
            sample_id=input.id, reviewer_id=viewer.id, is_lead=is_lead, marks=marks_in(input.marks),
            words=input.words or "", now=now,
        )  # fmt: skip
        return {"sample": visible_sample(sample_id=input.id, viewer_id=viewer.id, sees_all=is_lead)}


class WriteToAgent(Mutation):
    """Praise an agent for a sample, or name something to practise."""

    class Input:
        sample_id = graphene.ID(required=True, description="The sample.")
        kind = graphene.InputField(ServiceNoteKind, required=True, description="Which of the two.")
        words = graphene.String(required=True, description="What.")
        due_on = graphene.InputField(graphene.Date, description="Until when it is practised.")

    errors = (errors.NotYourSample, errors.ReviewFirst)
    permission = LEAD
    note = graphene.Field(ServiceNoteType, description="What was written.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Write it."""
        note = actions.write_to_agent(
            sample_id=input.sample_id, writer_id=viewer.id, kind=plain(input.kind), words=input.words,
            due=input.due_on, now=now,
        )  # fmt: skip
        return {"note": note}


class FinishPractice(Mutation):
    """Say that something was practised."""

    class Input:
        note_id = graphene.ID(required=True, description="The note.")

    permission = AGENTS
    note = graphene.Field(ServiceNoteType, description="The note.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        return {"note": actions.finish_practice(note_id=input.note_id, agent_id=viewer.id, now=now)}


class Mutations:
    """The mutations of quality."""

    set_carrier_standing = SetCarrierStanding.field()
    open_improvement = OpenImprovement.field()
    give_improvement = GiveImprovement.field()
    note_improvement = NoteImprovement.field()
    close_improvement = CloseImprovement.field()
    review_service = ReviewService.field()
    write_to_agent = WriteToAgent.field()
    finish_practice = FinishPractice.field()
