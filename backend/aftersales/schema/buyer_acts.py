"""What a buyer does with a case."""

from datetime import datetime
from typing import Any

import graphene

from backend.aftersales import actions, errors
from backend.aftersales.schema.inputs import AfterSaleWishInput, plain, wanted_from
from backend.aftersales.schema.types import AfterSaleCaseType, AfterSaleRemedyEnum
from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.inventory.errors import OutOfStock

A_CASE = "The viewer's case."
THE_CASE = "The case as it stands now."


class ApplyForAfterSale(Mutation):
    """Ask for a return, an exchange, a repair, a missing piece or a price difference."""

    class Input:
        wish = AfterSaleWishInput(required=True, description="What is asked for.")
        remedy = AfterSaleRemedyEnum(description="For a missing or wrong piece: money back or a new piece.")
        detail = graphene.String(description="What happened, 500 letters at most.")
        picture_ids = graphene.List(
            graphene.NonNull(graphene.ID), description="The viewer's own pictures, six at most."
        )
        to_store_credit = graphene.Boolean(description="Send the money to store credit instead of where it came from.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first time.")

    errors = (
        errors.NotEligible,
        errors.AwaitsGroup,
        errors.TypeNotPossible,
        errors.WindowClosed,
        errors.NeverReturnable,
        errors.TooManyPieces,
        errors.NothingToGiveBack,
        errors.PriceNotLower,
        errors.ProtectedAlready,
        errors.VariantNotPossible,
        OutOfStock,
    )
    permission = signed_in
    case = graphene.Field(AfterSaleCaseType, description="The new case.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Ask."""
        case = actions.apply_for_after_sale(
            order_id=input.wish.order_id,
            buyer_id=viewer.id,
            wanted=wanted_from(input.wish),
            remedy=plain(input.remedy),
            detail=input.detail or "",
            picture_ids=input.picture_ids or (),
            to_store_credit=bool(input.to_store_credit),
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"case": case}


class CancelAfterSale(Mutation):
    """Withdraw a case; possible until the parcel is back."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.MoneyWentAhead)
    permission = signed_in
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Withdraw it."""
        return {"case": actions.cancel_after_sale(case_id=input.case_id, buyer_id=viewer.id, now=now)}


class SendBackAfterSale(Mutation):
    """Say with whom and under which number the parcel comes back."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        carrier = graphene.String(required=True, description="The carrier.")
        carrier_code = graphene.String(description="The code of a carrier that tells of its parcels, if it is one.")
        tracking = graphene.String(required=True, description="The number of the parcel.")

    errors = (errors.CaseMovedOn, errors.DeadlineOver)
    permission = signed_in
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        case = actions.send_back(
            case_id=input.case_id, buyer_id=viewer.id, carrier=input.carrier, tracking=input.tracking,
            carrier_code=input.carrier_code, now=now,
        )  # fmt: skip
        return {"case": case}


class AppealAfterSale(Mutation):
    """Contradict a refusal or a failed inspection."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        note = graphene.String(required=True, description="Why, ten letters at least.")
        picture_ids = graphene.List(graphene.NonNull(graphene.ID), description="The viewer's own pictures.")

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.ReasonsNeeded)
    permission = signed_in
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Appeal."""
        case = actions.appeal_case(
            case_id=input.case_id, buyer_id=viewer.id, note=input.note, picture_ids=input.picture_ids or (), now=now
        )
        return {"case": case}


class WriteToAfterSale(Mutation):
    """Add words or pictures to one's own open case."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        note = graphene.String(description="What to say.")
        picture_ids = graphene.List(graphene.NonNull(graphene.ID), description="The viewer's own pictures.")

    errors = (errors.CaseMovedOn, errors.OwnCase)
    permission = signed_in
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Write."""
        case = actions.write_to_case(
            case_id=input.case_id,
            writer_id=viewer.id,
            is_agent=False,
            note=input.note or "",
            picture_ids=input.picture_ids or (),
            is_internal=False,
            now=now,
        )
        return {"case": case}


class ConfirmReshipped(Mutation):
    """Say that the new or repaired piece is there."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)

    errors = (errors.CaseMovedOn, errors.DeadlineOver, errors.PartStillToCome)
    permission = signed_in
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Confirm."""
        return {"case": actions.confirm_reshipped(case_id=input.case_id, buyer_id=viewer.id, now=now)}


class RateAfterSale(Mutation):
    """Say how a case went, from one to five."""

    class Input:
        case_id = graphene.ID(required=True, description=A_CASE)
        rating = graphene.Int(required=True, description="One to five.")
        words = graphene.String(description="Why, 300 letters at most.")

    errors = (errors.CaseMovedOn,)
    permission = signed_in
    case = graphene.Field(AfterSaleCaseType, description=THE_CASE)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Rate."""
        case = actions.rate_after_sale(
            case_id=input.case_id, buyer_id=viewer.id, rating=input.rating, words=input.words or "", now=now
        )
        return {"case": case}
