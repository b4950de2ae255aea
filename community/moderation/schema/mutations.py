"""Reporting, and the moderators' work."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import DateTime, Mutation, RequestFacts, Viewer, role, signed_in
from community.moderation import actions
from community.moderation import errors as refusals
from community.moderation.schema.loaders import is_senior
from community.moderation.schema.types import (
    CaseType,
    DecisionActionEnum,
    DecisionType,
    ReportCategoryEnum,
    ReportKindEnum,
    ReportType,
)

MODERATORS = role("moderator", "senior_moderator")
A_CASE = "The case."
A_FENCE = "The fence that the claim gave."
A_KEY = "Made by the client; a repeat answers the first time."


class ReportContent(Mutation):
    """Report something that breaks the rules."""

    class Input:
        kind = ReportKindEnum(required=True, description="What kind of content.")
        target_id = graphene.ID(required=True, description="The content.")
        category = ReportCategoryEnum(required=True, description="Why.")
        detail = graphene.String(description="What a moderator should look at, 500 letters at most.")
        idempotency_key = graphene.ID(required=True, description=A_KEY)

    errors = (refusals.OwnContent, refusals.ReportedAlready, refusals.TooManyReports)
    permission = signed_in
    report = graphene.Field(ReportType, description="The report.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        report = actions.report_content(
            reporter_id=viewer.id,
            kind=plain(input.kind),
            target_id=input.target_id,
            category=plain(input.category),
            detail=input.detail or "",
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"report": report}


class ClaimCase(Mutation):
    """Take a case to decide it, for five minutes; the most pressing free one if none is named."""

    class Input:
        id = graphene.ID(description="The case; without it the next one.")

    errors = (refusals.NothingToClaim, refusals.CaseTaken, refusals.ConflictOfInterest)
    permission = MODERATORS
    case = graphene.Field(CaseType, description="The case, with the fence to send.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        senior = is_senior(viewer)
        if input.id is None:
            return {"case": actions.claim_next(moderator_id=viewer.id, is_senior=senior, now=now)}
        return {"case": actions.claim_case(case_id=input.id, moderator_id=viewer.id, is_senior=senior, now=now)}


class RenewLease(Mutation):
    """Keep a claimed case for another five minutes."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        fence = graphene.Int(required=True, description=A_FENCE)

    errors = (refusals.LeaseLost,)
    permission = MODERATORS
    case = graphene.Field(CaseType, description=A_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"case": actions.renew_lease(case_id=input.case_id, moderator_id=viewer.id, fence=input.fence, now=now)}


class ReleaseCase(Mutation):
    """Give a claimed case back."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        fence = graphene.Int(required=True, description=A_FENCE)

    permission = MODERATORS
    case = graphene.Field(CaseType, description=A_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"case": actions.release_case(case_id=input.case_id, moderator_id=viewer.id, fence=input.fence, now=now)}


class DecideCase(Mutation):
    """Decide a claimed case, with reasons for the author."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        fence = graphene.Int(required=True, description=A_FENCE)
        version = graphene.Int(required=True, description="The version that was looked at.")
        evidence_revision = graphene.Int(required=True, description="The evidence that was looked at.")
        action = DecisionActionEnum(required=True, description="What to do.")
        policy = graphene.String(required=True, description="The code of the rule it rests on.")
        statement = graphene.String(required=True, description="The reasons, ten letters at least.")
        idempotency_key = graphene.ID(required=True, description=A_KEY)

    errors = (
        refusals.ReasonsNeeded,
        refusals.PolicyUnknown,
        refusals.ConflictOfInterest,
        refusals.LeaseLost,
        refusals.EvidenceChanged,
    )
    permission = MODERATORS
    case = graphene.Field(CaseType, description=A_CASE)
    decision = graphene.Field(DecisionType, description="The decision.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        decision = actions.decide_case(
            case_id=input.case_id,
            moderator_id=viewer.id,
            fence=input.fence,
            version=input.version,
            evidence_revision=input.evidence_revision,
            action=plain(input.action),
            policy=input.policy,
            statement=input.statement,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"case": decision.case, "decision": decision}


class ReverseDecision(Mutation):
    """Take a decision back: one's own, or anybody's as a senior moderator."""

    class Input:
        decision_id = graphene.ID(required=True, description="The decision.")
        statement = graphene.String(required=True, description="The reasons, ten letters at least.")
        idempotency_key = graphene.ID(required=True, description=A_KEY)

    errors = (refusals.ReasonsNeeded, refusals.ConflictOfInterest, refusals.NotReversible)
    permission = MODERATORS
    case = graphene.Field(CaseType, description=A_CASE)
    decision = graphene.Field(DecisionType, description="The reversal.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        reversal = actions.reverse_decision(
            decision_id=input.decision_id,
            moderator_id=viewer.id,
            is_senior=is_senior(viewer),
            statement=input.statement,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"case": reversal.case, "decision": reversal}


class EscalateCase(Mutation):
    """Hand a claimed case to the senior moderators."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        fence = graphene.Int(required=True, description=A_FENCE)
        note = graphene.String(required=True, description="What they should know.")

    errors = (refusals.LeaseLost,)
    permission = MODERATORS
    case = graphene.Field(CaseType, description=A_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        case = actions.escalate_case(
            case_id=input.case_id, moderator_id=viewer.id, fence=input.fence, note=input.note, now=now
        )
        return {"case": case}


class SnoozeCase(Mutation):
    """Put a claimed case off, a week at most."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        fence = graphene.Int(required=True, description=A_FENCE)
        until = DateTime(required=True, description="When it comes back.")

    errors = (refusals.LeaseLost,)
    permission = MODERATORS
    case = graphene.Field(CaseType, description=A_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        case = actions.snooze_case(
            case_id=input.case_id, moderator_id=viewer.id, fence=input.fence, until=input.until, now=now
        )
        return {"case": case}


def plain(value: Any) -> str:
    """The text of an enum value, whichever way it came in."""
    return str(getattr(value, "value", value))


class Mutations:
    """Root mutations of moderation."""

    report_content = ReportContent.field()
    claim_case = ClaimCase.field()
    renew_lease = RenewLease.field()
    release_case = ReleaseCase.field()
    decide_case = DecideCase.field()
    reverse_decision = ReverseDecision.field()
    escalate_case = EscalateCase.field()
    snooze_case = SnoozeCase.field()
