"""The types of after-sales, and what they add to an order and the viewer."""

from functools import partial
from typing import Any

import graphene

from backend.accounts.schema.types import PersonType, ViewerType
from backend.aftersales import wording
from backend.aftersales.models import Actor, AfterSaleCase, CaseEvent, CaseLine, CaseReason, CaseState, CaseType, Remedy
from backend.aftersales.rules import moves
from backend.aftersales.schema.loaders import belonging, is_at_desk, person_of, remember_cases
from backend.aftersales.selectors import cases as reads
from backend.core.graphql import DateTime, MoneyType, ObjectType, PictureType, connection_field, extend, object_field
from backend.core.languages import translate
from backend.core.pictures import picture_urls
from backend.fulfilment.models import Shipment
from backend.fulfilment.schema.loaders import remember_shipments
from backend.fulfilment.schema.types import ResendType, ShipmentType
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType


def enum_of(name: str, choices: Any, description: str) -> Any:
    """An enum of the API with the values that the tables hold."""
    return graphene.Enum(name, [(each.value, each.value) for each in choices], description=description)


AfterSaleTypeEnum = enum_of("AfterSaleType", CaseType, "What a buyer asks for.")
AfterSaleReasonEnum = enum_of("AfterSaleReason", CaseReason, "Why a buyer asks.")
AfterSaleStateEnum = enum_of("AfterSaleState", CaseState, "Where a case stands.")
AfterSaleRemedyEnum = enum_of("AfterSaleRemedy", Remedy, "How a case is made good.")


class AfterSaleStepType(ObjectType):
    """One line of a sum: what it is and what it adds or takes off."""

    key = graphene.String(required=True, description="The name of the line.")
    label = object_field(
        graphene.String,
        lambda row, info: wording.step_label(row, locale=info.context.viewer.locale),
        required=True,
        description="The line in the reader's language.",
    )
    amount = object_field(
        MoneyType, lambda row, info: row["minor"], description="What it comes to; empty for a mere remark."
    )


class AfterSaleStageType(ObjectType):
    """One of the seven stages that a buyer sees."""

    key = graphene.String(required=True, description="apply, verify, diagnose, decide, return, settle or revisit.")
    label = object_field(
        graphene.String,
        lambda row, info: str(wording.STAGES[row.key]),
        required=True,
        description="The stage in words.",
    )
    at = graphene.Field(DateTime, description="When it was reached; empty while it lies ahead or was left out.")
    is_done = graphene.Boolean(required=True, description="Whether it is behind.")
    is_current = graphene.Boolean(required=True, description="Whether the case is there now.")
    is_skipped = graphene.Boolean(required=True, description="Whether this case does without it.")


class AfterSaleEventType(ObjectType):
    """One line of the history of a case."""

    id = graphene.ID(required=True, description="The line's id.")
    kind = graphene.String(required=True, description="What kind of line it is.")
    label = object_field(
        graphene.String,
        lambda row, info: wording.event_label(row),
        required=True,
        description="What happened, in words.",
    )
    state = object_field(
        graphene.String, lambda row, info: row.to_state or None, description="The state it led to, if it led to one."
    )
    actor = graphene.String(required=True, description="BUYER, AGENT or SYSTEM.")
    actor_label = object_field(
        graphene.String,
        lambda row, info: str(Actor(row.actor).label),
        required=True,
        description="Who it was, in words.",
    )
    person = object_field(
        PersonType,
        lambda row, info: person_of(info, row.actor_id) if is_at_desk(info) else None,
        personal=True,
        description="Who it was; for the desk only.",
    )
    note = graphene.String(required=True, description="What was said.")
    pictures = object_field(
        graphene.List(graphene.NonNull(PictureType)),
        lambda row, info: [picture_urls(each.picture) for each in _pictures(row, info)],
        required=True,
        size=3,
        description="Pictures beside it.",
    )
    carrier = object_field(
        graphene.String, lambda row, info: row.facts.get("carrier"), description="With whom a parcel went."
    )
    tracking = object_field(
        graphene.String, lambda row, info: row.facts.get("tracking"), description="Under which number a parcel went."
    )
    amount = object_field(MoneyType, lambda row, info: row.facts.get("minor"), description="The amount it was about.")
    is_internal = graphene.Boolean(required=True, description="Whether only the desk reads it.")
    at = graphene.Field(DateTime, required=True, description="When.")


class AfterSaleLineType(ObjectType):
    """Pieces of one order line in a case."""

    id = graphene.ID(required=True, description="The line's id.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.order_line.title, info.context.viewer.locale),
        required=True,
        description="The name of the product.",
    )
    option_title = object_field(
        graphene.String,
        lambda row, info: translate(row.order_line.option_title, info.context.viewer.locale),
        required=True,
        description="The chosen options.",
    )
    wanted_title = object_field(
        graphene.String,
        lambda row, info: (
            translate(row.wanted_variant.title, info.context.viewer.locale) if row.wanted_variant else None
        ),
        description="The options wanted instead.",
    )
    product_slug = object_field(
        graphene.String,
        lambda row, info: row.order_line.product_slug,
        required=True,
        description="The product's name in addresses.",
    )
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(row.order_line.picture) if row.order_line.picture else None,
        description="The picture of what was ordered.",
    )
    quantity = graphene.Int(required=True, description="How many pieces.")
    fit_quantity = graphene.Int(description="How many the inspection found fit to be sold again.")
    amount = object_field(
        MoneyType, lambda row, info: row.amount_minor, required=True, description="What goes back for them."
    )


def _pictures(event: CaseEvent, info: Any) -> list[Any]:
    found: dict[Any, list[Any]] = belonging(event.case, info, "pictures", _pictures_by_case) or {}
    return found.get(event.id, [])


def _pictures_by_case(case_ids: list[Any]) -> dict[Any, Any]:
    found = reads.pictures_of(case_ids)
    return dict.fromkeys(case_ids, found)


def _history(case: AfterSaleCase, info: Any) -> list[CaseEvent]:
    events = belonging(case, info, "history", reads.history_of) or []
    for event in events:
        event.case = case
    return (
        events
        if is_at_desk(info) and case.buyer_id != info.context.viewer.user_id
        else [event for event in events if not event.is_internal]
    )


def _lines(case: AfterSaleCase, info: Any) -> list[CaseLine]:
    return belonging(case, info, "lines", reads.lines_of_cases) or []


def _state(case: AfterSaleCase, info: Any) -> CaseState:
    return reads.shown_state(case, now=info.context.now)


def _stages(case: AfterSaleCase, info: Any) -> list[moves.Stage]:
    events = belonging(case, info, "history", reads.history_of) or []
    return moves.stages(
        [(event.to_state, event.at) for event in events],
        state=_state(case, info),
        comes_back=case.type in moves.COMES_BACK,
        opened_at=case.opened_at,
    )


def _parcels(info: Any, case_ids: list[Any]) -> dict[Any, list[Shipment]]:
    found = reads.parcels_of_cases(case_ids)
    remember_shipments([parcel for each in found.values() for parcel in each], info)
    return found


def _may(*states: CaseState) -> Any:
    return lambda case, info: case.buyer_id == info.context.viewer.user_id and _state(case, info) in states


def _amount(column: str, description: str) -> Any:
    return object_field(
        MoneyType,
        lambda row, info: {"minor": getattr(row, column), "currency": row.currency},
        required=True,
        description=description,
    )


def _decided(case: AfterSaleCase, info: Any) -> dict[str, Any]:
    minor = case.requested_minor if case.decided_minor is None else case.decided_minor
    return {"minor": minor, "currency": case.currency}


class AfterSaleCaseType(ObjectType):
    """A request of a buyer about one order, from asking to filing."""

    id = graphene.ID(required=True, description="The case's id.")
    number = graphene.String(required=True, description="The number that people can read aloud.")
    version = graphene.Int(required=True, description="Rises with each change; a decision names the one it looked at.")
    order_id = graphene.ID(required=True, description="The order's id.")
    order_number = object_field(
        graphene.String, lambda row, info: row.order.number, required=True, description="The order's number."
    )
    type = graphene.Field(AfterSaleTypeEnum, required=True, description="What is asked for.")
    type_label = object_field(
        graphene.String,
        lambda row, info: str(CaseType(row.type).label),
        required=True,
        description="The same in words.",
    )
    reason = graphene.Field(AfterSaleReasonEnum, required=True, description="Why.")
    reason_label = object_field(
        graphene.String,
        lambda row, info: str(CaseReason(row.reason).label),
        required=True,
        description="The same in words.",
    )
    detail = graphene.String(required=True, description="What the buyer wrote.")
    state = object_field(
        AfterSaleStateEnum, lambda row, info: _state(row, info).value, required=True, description="Where it stands."
    )
    state_label = object_field(
        graphene.String, lambda row, info: str(_state(row, info).label), required=True, description="The same in words."
    )
    remedy = graphene.Field(AfterSaleRemedyEnum, required=True, description="How it is made good.")
    remedy_label = object_field(
        graphene.String,
        lambda row, info: str(Remedy(row.remedy).label),
        required=True,
        description="The same in words.",
    )
    close_label = object_field(
        graphene.String,
        lambda row, info: wording.close_label(row.close_reason) if row.close_reason else None,
        description="Why it ended without effect.",
    )
    requested = _amount("requested_minor", "What was asked for.")
    amount = object_field(
        MoneyType, _decided, required=True, description="What goes back: as decided, else as asked for."
    )
    shipping = _amount("shipping_minor", "The part of it that sending cost.")
    subsidy = _amount("subsidy_minor", "What the shop pays as store credit towards sending back.")
    to_store_credit = graphene.Boolean(required=True, description="Whether the buyer chose store credit.")
    arithmetic = object_field(
        graphene.List(graphene.NonNull(AfterSaleStepType)),
        lambda row, info: row.arithmetic,
        required=True,
        size=5,
        description="How the sum came about.",
    )
    lines = object_field(
        graphene.List(graphene.NonNull(AfterSaleLineType)), _lines, required=True, size=3, description="The pieces."
    )
    stages = object_field(
        graphene.List(graphene.NonNull(AfterSaleStageType)),
        _stages,
        required=True,
        size=7,
        description="The seven stages.",
    )
    history = object_field(
        graphene.List(graphene.NonNull(AfterSaleEventType)),
        _history,
        required=True,
        personal=True,
        size=12,
        description="Everything that happened, oldest first.",
    )
    opened_at = graphene.Field(DateTime, required=True, description="When it was asked for.")
    deadline_at = graphene.Field(DateTime, description="When the present state runs out.")
    finished_at = graphene.Field(DateTime, description="When it ended.")
    back_carrier = graphene.String(required=True, description="With whom the parcel came back.")
    back_tracking = graphene.String(required=True, description="Under which number it came back.")
    resend = object_field(
        ResendType,
        lambda row, info: belonging(row, info, "resends", reads.resends_of_cases),
        description="What is sent to the buyer: the new or the repaired piece.",
    )
    parcels = object_field(
        graphene.List(graphene.NonNull(ShipmentType)),
        lambda row, info: belonging(row, info, "parcels", partial(_parcels, info)) or [],
        required=True,
        size=1,
        description="The parcels with the new or the repaired piece, first the first.",
    )
    rating = graphene.Int(description="How the buyer rated it, 1 to 5.")
    rating_words = graphene.String(required=True, description="What the buyer said about it.")
    can_cancel = object_field(
        graphene.Boolean,
        lambda row, info: not row.is_advanced and _may(*moves.CANCELLABLE)(row, info),
        required=True,
        personal=True,
        description="Whether the viewer can withdraw it.",
    )
    can_send_back = object_field(
        graphene.Boolean,
        _may(CaseState.WAIT_BUYER_SHIP),
        required=True,
        personal=True,
        description="Whether the viewer should send the parcel now.",
    )
    can_appeal = object_field(
        graphene.Boolean,
        _may(*moves.APPEALABLE),
        required=True,
        personal=True,
        description="Whether the viewer can appeal.",
    )
    can_confirm = object_field(
        graphene.Boolean,
        _may(CaseState.RESHIPPING),
        required=True,
        personal=True,
        description="Whether the viewer can confirm the new parcel.",
    )
    can_write = object_field(
        graphene.Boolean,
        _may(*moves.OPEN),
        required=True,
        personal=True,
        description="Whether the viewer can add to it.",
    )
    can_rate = object_field(
        graphene.Boolean,
        lambda row, info: row.rating is None and _may(CaseState.DONE, CaseState.REVISIT, CaseState.ARCHIVED)(row, info),
        required=True,
        personal=True,
        description="Whether the viewer can say how it went.",
    )


def cases_of_viewer(root: Any, info: Any, first: int, after: str | None = None) -> Any:
    """The viewer's own cases."""
    page = reads.cases_of(buyer_id=info.context.viewer.id, first=first, after=after)
    remember_cases(info, page.nodes)
    return page


extend(
    ViewerType,
    after_sales=connection_field(
        AfterSaleCaseType, cases_of_viewer, personal=True, description="The viewer's own cases, newest first."
    ),
)
extend(
    OrderType,
    after_sales=object_field(
        graphene.List(graphene.NonNull(AfterSaleCaseType)),
        lambda row, info: load_for_orders(row, info, "after_sales", reads.cases_of_orders) or [],
        required=True,
        personal=True,
        size=2,
        description="The cases about this order, newest first.",
    ),
)
