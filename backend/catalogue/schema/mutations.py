"""What shoppers report, and the work of the merchandising desk."""

from datetime import datetime
from typing import Any

import graphene

from backend.catalogue import actions
from backend.catalogue import errors as refusals
from backend.catalogue.schema.desk_mutations import DeskMutations, plain
from backend.catalogue.schema.desk_types import (
    InformationReportType,
    ReportedPartEnum,
    ReviewState,
    RevisionType,
    VerdictEnum,
)
from backend.core.graphql import JSON, DateTime, Mutation, RequestFacts, Viewer, role, signed_in

DESK = role("growth")
CONTENT_REFUSALS = (refusals.SkuTaken, refusals.VariantMismatch, refusals.AttributeRefused)
A_REVISION = "The revision."


class ReportInformation(Mutation):
    """Say that something on a product's page is wrong; the answer comes as a notification."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")
        part = ReportedPartEnum(required=True, description="What is wrong.")
        text = graphene.String(required=True, description="What is wrong about it, 500 letters at most.")

    errors = (refusals.ReportedAlready,)
    permission = signed_in
    report_id = graphene.ID(description="The report.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        report = actions.report_information(
            product_id=input.product_id, reporter_id=viewer.id, part=plain(input.part), text=input.text, now=now
        )
        return {"report_id": report.pk}


class AnswerInformationReport(Mutation):
    """Answer a report of wrong information with a sentence."""

    class Input:
        report_id = graphene.ID(required=True, description="The report.")
        was_right = graphene.Boolean(required=True, description="Whether the shopper was right.")
        answer = graphene.String(required=True, description="The answer, 500 letters at most.")

    errors = (refusals.ReportAnswered,)
    permission = role("growth", "support")
    report = graphene.Field(InformationReportType, description="The report.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        report = actions.answer_report(
            report_id=input.report_id, answered_by=viewer.id, was_right=input.was_right, answer=input.answer, now=now
        )
        return {"report": report}


class WriteProduct(Mutation):
    """Begin a product: a draft that only the staff sees."""

    class Input:
        slug = graphene.String(required=True, description="The name in addresses.")
        content = graphene.InputField(JSON, required=True, description="Everything that is said of it.")

    errors = (refusals.SlugTaken, *CONTENT_REFUSALS)
    permission = DESK
    revision = graphene.Field(RevisionType, description="Its first revision.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        revision = actions.write_product(slug=input.slug, content=input.content, author_id=viewer.id, now=now)
        return {"revision": revision}


class SaveRevision(Mutation):
    """Write other words for a product; shoppers see them when three people have agreed."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")
        content = graphene.InputField(JSON, required=True, description="Everything that is said of it.")
        seen_at = graphene.InputField(DateTime, description="When the revision on the screen had been saved.")

    errors = (refusals.RevisionOutdated, refusals.RevisionClosed, *CONTENT_REFUSALS)
    permission = DESK
    revision = graphene.Field(RevisionType, description="The revision.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        revision = actions.save_revision(
            product_id=input.product_id, content=input.content, author_id=viewer.id, seen_at=input.seen_at, now=now
        )
        return {"revision": revision}


class SubmitRevision(Mutation):
    """Hand a revision in for the first check."""

    class Input:
        revision_id = graphene.ID(required=True, description=A_REVISION)

    errors = (refusals.RevisionClosed, refusals.NothingChanged, refusals.ProductIncomplete, *CONTENT_REFUSALS)
    permission = DESK
    revision = graphene.Field(RevisionType, description="The revision.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        revision = actions.submit_revision(revision_id=input.revision_id, author_id=viewer.id, now=now)
        return {"revision": revision}


class DecideRevision(Mutation):
    """Make one of the three checks. Never on one's own work, never two of them."""

    class Input:
        revision_id = graphene.ID(required=True, description=A_REVISION)
        seen_state = ReviewState(required=True, description="Where it stood on the screen.")
        verdict = VerdictEnum(required=True, description="What is decided.")
        reason = graphene.String(description="Why; needed for a refusal, 500 letters at most.")

    errors = (
        refusals.RevisionClosed,
        refusals.RevisionOutdated,
        refusals.OwnWork,
        refusals.CheckedAlready,
        refusals.ReasonMissing,
        refusals.ProductIncomplete,
        *CONTENT_REFUSALS,
    )
    permission = DESK
    revision = graphene.Field(RevisionType, description="The revision.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        revision = actions.decide_revision(
            revision_id=input.revision_id,
            seen_state=plain(input.seen_state),
            decider_id=viewer.id,
            verdict=plain(input.verdict),
            reason=input.reason or "",
            now=now,
        )
        return {"revision": revision}


class WithdrawRevision(Mutation):
    """Take a revision back from review to write on it."""

    class Input:
        revision_id = graphene.ID(required=True, description=A_REVISION)

    errors = (refusals.RevisionClosed,)
    permission = DESK
    revision = graphene.Field(RevisionType, description="The revision.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        revision = actions.withdraw_revision(revision_id=input.revision_id, author_id=viewer.id, now=now)
        return {"revision": revision}


class DiscardRevision(Mutation):
    """Drop a revision that was not handed in."""

    class Input:
        revision_id = graphene.ID(required=True, description=A_REVISION)

    errors = (refusals.RevisionClosed,)
    permission = DESK
    revision = graphene.Field(RevisionType, description="The revision.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        revision = actions.discard_revision(revision_id=input.revision_id, author_id=viewer.id, now=now)
        return {"revision": revision}


class Mutations(DeskMutations):
    """Reports of wrong information; revisions, prices, shelves, tables."""

    report_information = ReportInformation.field()
    answer_information_report = AnswerInformationReport.field()
    write_product = WriteProduct.field()
    save_revision = SaveRevision.field()
    submit_revision = SubmitRevision.field()
    decide_revision = DecideRevision.field()
    withdraw_revision = WithdrawRevision.field()
    discard_revision = DiscardRevision.field()
