"""What the growth team does with money."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import BigInt, DateTime, Mutation, RequestFacts, Viewer, role
from referrals.influencers import actions, errors
from referrals.influencers.schema.earnings import CreatorDisputeType, PayoutBatchType

DESK = role("growth")


class CloseCreatorStatements(Mutation):
    """Close the statements of all creators up to now."""

    class Input:
        until = DateTime(description="Up to when; up to now if not said.")

    errors = ()
    permission = DESK
    count = graphene.Int(description="How many statements were closed.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"count": actions.close_statements(until=min(input.get("until") or now, now), now=now)}


class DecideCreatorDispute(Mutation):
    """Answer a dispute."""

    class Input:
        dispute_id = graphene.ID(required=True, description="The dispute.")
        added_minor = BigInt(required=True, description="What is added in fen; nothing if the computation stands.")
        answer = graphene.String(required=True, description="What the creator is told.")

    errors = (errors.DisputeDecided,)
    permission = DESK
    dispute = graphene.Field(CreatorDisputeType, description="The dispute.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        decided = actions.decide_dispute(
            dispute_id=input.dispute_id, added_minor=input.added_minor, answer=input.answer, by=viewer.id, now=now
        )
        return {"dispute": decided}


class OpenPayoutBatch(Mutation):
    """Gather what creators have to get."""

    class Input:
        least_minor = BigInt(description="Only creators with at least so much; never less than the terms say.")

    errors = (errors.NothingToPay,)
    permission = DESK
    batch = graphene.Field(PayoutBatchType, description="The batch.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"batch": actions.open_batch(least_minor=input.get("least_minor") or 0, by=viewer.id, now=now)}


class FreezePayoutBatch(Mutation):
    """Take the money of a batch out of the balances."""

    class Input:
        batch_id = graphene.ID(required=True, description="The batch.")

    errors = (errors.BatchMovedOn, errors.BatchDoesNotAddUp)
    permission = DESK
    batch = graphene.Field(PayoutBatchType, description="The batch.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"batch": actions.freeze_batch(batch_id=input.batch_id, by=viewer.id, now=now)}


class ApprovePayoutBatch(Mutation):
    """Agree to a frozen batch; it takes two different people."""

    class Input:
        batch_id = graphene.ID(required=True, description="The batch.")

    errors = (errors.BatchMovedOn, errors.SecondPersonNeeded)
    permission = DESK
    batch = graphene.Field(PayoutBatchType, description="The batch.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"batch": actions.approve_batch(batch_id=input.batch_id, by=viewer.id, now=now)}


class TakePayoutFile(Mutation):
    """Get the table for the bank; each time is logged."""

    class Input:
        batch_id = graphene.ID(required=True, description="The batch.")

    errors = (errors.BatchMovedOn,)
    permission = DESK
    batch = graphene.Field(PayoutBatchType, description="The batch.")
    file_name = graphene.String(description="What to call the file.")
    content = graphene.String(description="The table as CSV.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        batch, content = actions.take_payout_file(batch_id=input.batch_id, by=viewer.id, now=now)
        return {"batch": batch, "file_name": f"{batch.number}.csv", "content": content}


class ImportPayoutResults(Mutation):
    """Take the bank's answer: whole, or not at all."""

    class Input:
        batch_id = graphene.ID(required=True, description="The batch.")
        content = graphene.String(required=True, description="The bank's table as CSV.")

    errors = (errors.BatchMovedOn, errors.ResultFileRefused)
    permission = DESK
    batch = graphene.Field(PayoutBatchType, description="The batch.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        settled = actions.import_results(batch_id=input.batch_id, text=input.content, by=viewer.id, now=now)
        return {"batch": settled}


class CancelPayoutBatch(Mutation):
    """Give a batch up before it is sent."""

    class Input:
        batch_id = graphene.ID(required=True, description="The batch.")

    errors = (errors.BatchMovedOn,)
    permission = DESK
    batch = graphene.Field(PayoutBatchType, description="The batch.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"batch": actions.cancel_batch(batch_id=input.batch_id, by=viewer.id, now=now)}
