"""What the desk does with a case."""

from datetime import datetime
from typing import Any

import graphene

from backend.aftersales import actions, errors
from backend.aftersales.schema.inputs import plain
from backend.aftersales.schema.types import AfterSaleCaseType, AfterSaleRemedyEnum
from backend.core.graphql import BigInt, Mutation, RequestFacts, Viewer, role
from backend.inventory.errors import OutOfStock
from backend.orders.errors import MoreThanBought
from backend.payments.errors import NothingToRefund

AGENTS = role("support", "admin")
JUDGES = role("senior_moderator", "admin")
A_CASE = "The case."
THE_CASE = "The case as it stands now."
A_VERSION = "The version that was looked at."
MONEY = (NothingToRefund, MoreThanBought)


class TakeAfterSale(Mutation):
    """Begin to look at a case; it is the viewer's from then on."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.OwnCase)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Take it."""
        return {"case": actions.take_case(case_id=input.case_id, agent_id=viewer.id, now=now)}


class ApproveAfterSale(Mutation):
    """Grant what was asked for, or a part of the money."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        version = graphene.Int(required=True, description=A_VERSION)
        amount_minor = BigInt(description="How much goes back; all that was asked for if nothing is said.")
        remedy = AfterSaleRemedyEnum(description="For a missing or wrong piece: money back or a new piece.")
        note = graphene.String(description="Words for the buyer.")

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.OwnCase, errors.AmountTooHigh, OutOfStock, *MONEY)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Grant it."""
        case = actions.approve_case(
            case_id=input.case_id,
            agent_id=viewer.id,
            version=input.version,
            amount_minor=input.amount_minor,
            remedy=plain(input.remedy),
            note=input.note or "",
            now=now,
        )
        return {"case": case}


class RejectAfterSale(Mutation):
    """Decline a case with reasons; the buyer may appeal."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        version = graphene.Int(required=True, description=A_VERSION)
        note = graphene.String(required=True, description="The reasons, ten letters at least.")

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.OwnCase, errors.ReasonsNeeded)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Decline it."""
        case = actions.reject_case(
            case_id=input.case_id, agent_id=viewer.id, version=input.version, note=input.note, now=now
        )
        return {"case": case}


class EscalateAfterSale(Mutation):
    """Hand a hard case up, to somebody or to whoever takes it."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        to_agent_id = graphene.ID(description="To whom; without it to whoever takes it.")
        note = graphene.String(required=True, description="What they should know; only the desk reads it.")

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.ReasonsNeeded)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Hand it up."""
        case = actions.escalate_case(
            case_id=input.case_id, agent_id=viewer.id, to_agent_id=input.to_agent_id, note=input.note, now=now
        )
        return {"case": case}


class AnswerAfterSale(Mutation):
    """Write to the buyer, or leave a note that only the desk reads."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        note = graphene.String(required=True, description="What to say.")
        is_internal = graphene.Boolean(description="Whether only the desk reads it.")

    errors = (errors.CaseMovedOn, errors.OwnCase)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Write it."""
        case = actions.write_to_case(
            case_id=input.case_id,
            writer_id=viewer.id,
            is_agent=True,
            note=input.note,
            picture_ids=(),
            is_internal=bool(input.is_internal),
            now=now,
        )
        return {"case": case}


class ReceiveAfterSale(Mutation):
    """Record that the parcel is back and is being looked at."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.OwnCase)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Record it."""
        return {"case": actions.receive_back(case_id=input.case_id, agent_id=viewer.id, now=now)}


class FitPiecesInput(graphene.InputObjectType):
    """How many pieces of a line can be sold again."""

    line_id = graphene.ID(required=True, description="The line of the case.")
    quantity = graphene.Int(required=True, description="How many.")


class InspectAfterSale(Mutation):
    """Say what came back, and whether the return is accepted."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        version = graphene.Int(required=True, description=A_VERSION)
        fit = graphene.List(graphene.NonNull(FitPiecesInput), required=True, description="What can be sold again.")
        is_good = graphene.Boolean(required=True, description="Whether the return is accepted.")
        note = graphene.String(description="What was found; needed if it is not accepted.")

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.OwnCase, errors.ReasonsNeeded, *MONEY)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        case = actions.inspect_case(
            case_id=input.case_id,
            agent_id=viewer.id,
            version=input.version,
            fit={piece.line_id: piece.quantity for piece in input.fit},
            is_good=input.is_good,
            note=input.note or "",
            now=now,
        )
        return {"case": case}


class FinishRepair(Mutation):
    """Say that the piece is repaired, and hand it to the packers."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.OwnCase)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Hand it over."""
        return {"case": actions.finish_repair(case_id=input.case_id, agent_id=viewer.id, now=now)}


class AnswerAppeal(Mutation):
    """Say the shop's side of an appeal and hand it to a third person."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        note = graphene.String(required=True, description="The shop's side, ten letters at least.")

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.OwnCase, errors.ReasonsNeeded)
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Answer it."""
        return {"case": actions.answer_appeal(case_id=input.case_id, agent_id=viewer.id, note=input.note, now=now)}


class ArbitrateAfterSale(Mutation):
    """Decide between the two sides, with reasons."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        version = graphene.Int(required=True, description=A_VERSION)
        is_for_buyer = graphene.Boolean(required=True, description="Whether the buyer is right.")
        amount_minor = BigInt(description="How much goes back; all that was asked for if nothing is said.")
        note = graphene.String(required=True, description="The reasons, ten letters at least.")

    errors = (
        errors.CaseMovedOn,
        errors.DeadlineOver,
        errors.OwnCase,
        errors.NeedsAnother,
        errors.ReasonsNeeded,
        errors.AmountTooHigh,
        OutOfStock,
        *MONEY,
    )
    permission = JUDGES
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Decide."""
        case = actions.arbitrate_case(
            case_id=input.case_id,
            judge_id=viewer.id,
            version=input.version,
            is_for_buyer=input.is_for_buyer,
            amount_minor=input.amount_minor,
            note=input.note,
            now=now,
        )
        return {"case": case}
