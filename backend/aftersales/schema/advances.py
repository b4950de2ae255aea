"""Money that goes back when the carrier has the parcel: what the buyer is promised, and what the desk settles."""

from datetime import datetime
from typing import Any

import graphene

from backend.aftersales import actions, errors
from backend.aftersales.models import Advance, AdvanceState, AfterSaleCase, CaseState
from backend.aftersales.schema.care import AGENTS
from backend.aftersales.schema.inputs import plain
from backend.aftersales.schema.loaders import belonging
from backend.aftersales.schema.types import AfterSaleCaseType, enum_of
from backend.aftersales.selectors.advances import advanceable_minor, advances_of_cases
from backend.core.graphql import (
    DateTime,
    MoneyType,
    Mutation,
    ObjectType,
    RequestFacts,
    Viewer,
    extend,
    object_field,
    query_field,
    signed_in,
)
from backend.fulfilment.ports import carriers

AdvanceStateEnum = enum_of("AdvanceState", AdvanceState, "How far money has come that goes ahead of a thing.")


class AdvanceType(ObjectType):
    """Money of a case that goes back before the thing has arrived."""

    state = object_field(
        AdvanceStateEnum,
        lambda row, info: row.state or None,
        description="How far it has come; empty while it is on offer.",
    )
    state_label = object_field(
        graphene.String,
        lambda row, info: str(AdvanceState(row.state).label) if row.state else "",
        required=True,
        description="The same in words; empty while it is on offer.",
    )
    amount = object_field(MoneyType, lambda row, info: row.amount_minor, required=True, description="How much.")
    paid_at = graphene.Field(DateTime, description="When it went back.")
    due_at = graphene.Field(DateTime, description="By when the thing should have arrived.")
    is_overdue = object_field(
        graphene.Boolean,
        lambda row, info: row.state == AdvanceState.PAID and row.due_at <= info.context.now,
        required=True,
        description="Whether the thing should be here by now.",
    )
    settled_at = graphene.Field(DateTime, description="When it ended.")


class ReturnCarrierType(ObjectType):
    """A carrier that tells of the parcels people send to the shop."""

    code = graphene.String(required=True, description="Its code.")
    name = object_field(
        graphene.String,
        lambda row, info: str(row.name),
        required=True,
        description="Its name in the reader's language.",
    )


class SettleAdvance(Mutation):
    """Decide what became of a thing whose money went ahead; no outcome takes money from the buyer."""

    class Input:
        case_id = graphene.ID(required=True, description="The case.")
        outcome = AdvanceStateEnum(required=True, description="ARRIVED, KEPT or NOT_ARRIVED.")
        note = graphene.String(required=True, description="Why, in at least ten letters.")

    errors = (
        errors.AdvanceSettled,
        errors.LookFirst,
        errors.OwnCase,
        errors.ReasonsNeeded,
        errors.CaseMovedOn,
    )
    permission = AGENTS
    case = graphene.Field(AfterSaleCaseType, description="The case as it stands now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Settle it."""
        case = actions.settle_advance(
            case_id=input.case_id, agent_id=viewer.id, outcome=plain(input.outcome), note=input.note, now=now
        )
        return {"case": case}


def _advance(case: AfterSaleCase, info: Any) -> Advance | None:
    """The advance of a case, or what the buyer is offered before the parcel is on its way."""
    if case.state == CaseState.WAIT_BUYER_SHIP:
        amount = advanceable_minor(case, now=info.context.now)
        return Advance(case=case, amount_minor=amount, state="") if amount else None
    found = belonging(case, info, "advances", advances_of_cases)
    return None if found is None or found.state == AdvanceState.LAPSED else found


class AdvancesQuery:
    """The root fields of money that goes ahead."""

    return_carriers = query_field(
        graphene.List(graphene.NonNull(ReturnCarrierType)),
        lambda root, info: [each for each in carriers() if each.gives_numbers],
        permission=signed_in,
        required=True,
        size=5,
        description="The carriers that tell the shop when they have a parcel that comes back.",
    )


extend(
    AfterSaleCaseType,
    advance=object_field(
        AdvanceType, _advance, description="Money that goes back before the thing has arrived, if it does so here."
    ),
)
