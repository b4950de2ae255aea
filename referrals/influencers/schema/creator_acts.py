"""What a creator, or somebody on the way there, can do."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from referrals.influencers import actions, errors
from referrals.influencers.schema.earnings import CommissionType
from referrals.influencers.schema.types import (
    CollaborationType,
    CreatorApplicationType,
    CreatorTaxKindEnum,
    CreatorViolationType,
)
from referrals.influencers.selectors.members import promoter_by_code

TAKES = (errors.NotACreator, errors.BriefClosed, errors.ExclusiveElsewhere, errors.TooManyCollaborations)


class CreatorParticularsInput(graphene.InputObjectType):
    """Who somebody is before the law and where the money goes."""

    legal_name = graphene.String(required=True, description="The name as in the identity card.")
    id_number = graphene.String(required=True, description="The resident identity number.")
    bank_name = graphene.String(required=True, description="The bank.")
    bank_account = graphene.String(required=True, description="The account.")
    tax_kind = graphene.Field(CreatorTaxKindEnum, required=True, description="How it is taxed.")


class SaveCreatorApplication(Mutation):
    """Write down an application as far as it has come."""

    class Input:
        introduction = graphene.String(required=True, description="What you make and for whom.")
        channels = graphene.List(graphene.NonNull(graphene.String), required=True, description="Where you publish.")
        is_adult_declared = graphene.Boolean(required=True, description="That you are eighteen or older.")
        accepts_terms = graphene.Boolean(required=True, description="That you accept the terms.")
        particulars = graphene.Field(CreatorParticularsInput, description="Left out, what is kept stays.")

    errors = (
        errors.AlreadyCreator,
        errors.ReapplyLater,
        errors.ApplicationMovedOn,
        errors.ApplicationIncomplete,
        errors.NotAnAdult,
        errors.IdentityTaken,
    )
    permission = signed_in
    application = graphene.Field(CreatorApplicationType, description="The application.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        given = input.get("particulars")
        particulars = given and actions.Particulars(
            legal_name=given.legal_name,
            id_number=given.id_number,
            bank_name=given.bank_name,
            bank_account=given.bank_account,
            tax_kind=getattr(given.tax_kind, "value", given.tax_kind),
        )
        application = actions.save_application(
            user_id=viewer.id,
            introduction=input.introduction,
            channels=input.channels,
            is_adult_declared=input.is_adult_declared,
            accepts_terms=input.accepts_terms,
            particulars=particulars or None,
            now=now,
        )
        return {"application": application}


class SubmitCreatorApplication(Mutation):
    """Send an application that is complete."""

    class Input:
        application_id = graphene.ID(required=True, description="The viewer's application.")

    errors = (errors.ApplicationMovedOn, errors.ApplicationIncomplete)
    permission = signed_in
    application = graphene.Field(CreatorApplicationType, description="The application.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {
            "application": actions.submit_application(application_id=input.application_id, user_id=viewer.id, now=now)
        }


class JoinCreatorBrief(Mutation):
    """Take an open brief."""

    class Input:
        brief_id = graphene.ID(required=True, description="The brief.")

    errors = TAKES
    permission = signed_in
    collaboration = graphene.Field(CollaborationType, description="The collaboration.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"collaboration": actions.join_brief(brief_id=input.brief_id, user_id=viewer.id, now=now)}


class AnswerCollaboration(Mutation):
    """Accept or decline an invitation."""

    class Input:
        collaboration_id = graphene.ID(required=True, description="The invitation.")
        accepts = graphene.Boolean(required=True, description="Yes or no.")

    errors = (*TAKES, errors.CollaborationMovedOn)
    permission = signed_in
    collaboration = graphene.Field(CollaborationType, description="The collaboration.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        answered = actions.answer_invitation(
            collaboration_id=input.collaboration_id, user_id=viewer.id, accepts=input.accepts, now=now
        )
        return {"collaboration": answered}


class SubmitCreatorContent(Mutation):
    """Send in a post for a collaboration."""

    class Input:
        collaboration_id = graphene.ID(required=True, description="The collaboration.")
        post_id = graphene.ID(required=True, description="One of your posts about the product, marked #广告 or #合作.")

    errors = (errors.NotACreator, errors.CollaborationMovedOn, errors.ContentNotEligible)
    permission = signed_in
    collaboration = graphene.Field(CollaborationType, description="The collaboration.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        content = actions.submit_content(
            collaboration_id=input.collaboration_id, post_id=input.post_id, user_id=viewer.id, now=now
        )
        return {"collaboration": content.collaboration}


class UseCreatorCode(Mutation):
    """Name the creator who brought you; it counts for your orders of the next day."""

    class Input:
        code = graphene.String(required=True, description="The creator's code.")

    errors = (errors.CodeUnknown,)
    permission = signed_in
    code = graphene.String(description="The code as we know it.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        actions.use_creator_code(code=input.code, user_id=viewer.id, now=now)
        promoter = promoter_by_code(input.code)
        return {"code": promoter.code if promoter else None}


class DisputeCommission(Mutation):
    """Say that a line is wrong."""

    class Input:
        commission_id = graphene.ID(required=True, description="The line.")
        words = graphene.String(required=True, description="What is wrong.")

    errors = (errors.NothingToDispute,)
    permission = signed_in
    commission = graphene.Field(CommissionType, description="The line.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        dispute = actions.open_dispute(commission_id=input.commission_id, user_id=viewer.id, words=input.words, now=now)
        return {"commission": dispute.commission}


class AppealCreatorViolation(Mutation):
    """Say why a breach was none."""

    class Input:
        violation_id = graphene.ID(required=True, description="The breach.")
        words = graphene.String(required=True, description="What you have to say.")

    errors = (errors.AppealTooLate, errors.ViolationMovedOn)
    permission = signed_in
    violation = graphene.Field(CreatorViolationType, description="The breach.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        appealed = actions.appeal_violation(
            violation_id=input.violation_id, user_id=viewer.id, words=input.words, now=now
        )
        return {"violation": appealed}
