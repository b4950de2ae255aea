"""Types of trade-ins, and what they add to the viewer."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType, ViewerType
from backend.accounts.selectors import public_people
from backend.core.graphql import (
    JSON,
    DateTime,
    MoneyType,
    ObjectType,
    Page,
    PictureType,
    connection_field,
    extend,
    object_field,
)
from backend.core.languages import translate
from backend.core.pictures import picture_urls
from backend.tradein import rules, selectors
from backend.tradein.models import TradeInState

TradeInStateEnum = graphene.Enum(
    "TradeInState", [(each.value, each.value) for each in TradeInState], description="Where a trade-in stands."
)
PAGE = "tradein.page"
DESK_ROLES = ("support", "admin")


def said(value: Any, info: Any) -> str:
    """A translated text in the reader's language."""
    return translate(value, info.context.viewer.locale)


def remember_trade_ins(info: Any, shown: Any) -> None:
    """Note which trade-ins one answer shows, so that what belongs to them is read together."""
    info.context.loaders.setdefault(PAGE, {}).update({each.pk: each for each in shown})


def _pictures(*, is_of_inspection: bool) -> Any:
    def resolve(row: Any, info: Any) -> Any:
        remember_trade_ins(info, [row])
        loaded = info.context.loaders.setdefault("tradein.pictures", {})
        if row.pk not in loaded:
            wanted = [each for each in info.context.loaders[PAGE] if each not in loaded]
            loaded.update(selectors.pictures_of(wanted))
        return [picture_urls(each.picture) for each in loaded[row.pk] if each.is_of_inspection == is_of_inspection]

    return resolve


def _person(row: Any, info: Any) -> Any:
    remember_trade_ins(info, [row])
    people = info.context.loaders.setdefault("tradein.people", {})
    if row.person_id not in people:
        people.update(public_people(each.person_id for each in info.context.loaders[PAGE].values()))
    return people.get(row.person_id)


def _state(row: Any, info: Any) -> TradeInState:
    return rules.shown_state(state=row.state, deadline_at=row.deadline_at, now=info.context.now)


def _figures(row: Any, info: Any) -> Any:
    shown = info.context.loaders.setdefault("tradein.lists", {})
    shown[row.pk] = row
    loaded = info.context.loaders.setdefault("tradein.figures", {})
    if row.kind_id not in loaded:
        wanted = [each.kind_id for each in shown.values() if each.kind_id not in loaded]
        nothing = {"count": 0, "minor": 0}
        loaded.update(dict.fromkeys(wanted, nothing) | selectors.figures_of(wanted))
    return loaded[row.kind_id]


class TradeInAnswerType(ObjectType):
    """One answer to a question."""

    key = object_field(graphene.String, lambda row, info: row["key"], required=True, description="Its name.")
    label = object_field(
        graphene.String, lambda row, info: said(row["label"], info), required=True, description="The answer."
    )
    steps = object_field(
        graphene.Int,
        lambda row, info: row["steps"],
        description="How many steps it takes off; empty if the thing is not taken then.",
    )


class TradeInQuestionType(ObjectType):
    """One question about the condition of a thing."""

    key = object_field(graphene.String, lambda row, info: row["key"], required=True, description="Its name.")
    ask = object_field(
        graphene.String, lambda row, info: said(row["ask"], info), required=True, description="The question."
    )
    answers = object_field(
        graphene.List(graphene.NonNull(TradeInAnswerType)),
        lambda row, info: row["answers"],
        required=True,
        description="What can be answered.",
    )


class TradeInKindType(ObjectType):
    """A kind of thing that the shop takes."""

    kind_id = graphene.ID(required=True, description="The kind's id.")
    title = object_field(
        graphene.String, lambda row, info: said(row.title, info), required=True, description="What it is."
    )
    shelf = object_field(
        graphene.String,
        lambda row, info: said(row.kind.category.name, info),
        required=True,
        description="The shelf of what it would replace.",
    )
    shelf_slug = object_field(
        graphene.String, lambda row, info: row.kind.category.slug, required=True, description="The shelf's address."
    )
    picture = object_field(
        PictureType, lambda row, info: picture_urls(row.kind.category.picture), description="The picture of the shelf."
    )
    base = object_field(
        MoneyType, lambda row, info: row.base_minor, required=True, description="The price in the best condition."
    )
    step = object_field(
        MoneyType, lambda row, info: row.step_minor, required=True, description="What one step takes off."
    )
    questions = graphene.List(
        graphene.NonNull(TradeInQuestionType), required=True, description="What is asked of its condition."
    )


class TradeInStepType(ObjectType):
    """One line of the arithmetic."""

    ask = object_field(
        graphene.String, lambda row, info: said(_of(row, "ask"), info), required=True, description="What it is about."
    )
    answer = object_field(
        graphene.String,
        lambda row, info: said(_of(row, "answer"), info) if _of(row, "answer") else "",
        required=True,
        description="What was answered; empty for the base price.",
    )
    steps = object_field(
        graphene.Int, lambda row, info: _of(row, "steps"), required=True, description="How many steps it takes off."
    )
    amount = object_field(
        MoneyType, lambda row, info: _of(row, "minor"), required=True, description="What it adds or takes off."
    )


class TradeInWorthType(ObjectType):
    """What a thing would be worth."""

    is_taken = graphene.Boolean(required=True, description="Whether the shop takes it in this condition.")
    offered = object_field(
        MoneyType, lambda row, info: row.offered_minor, required=True, description="What would be offered."
    )
    steps = graphene.List(graphene.NonNull(TradeInStepType), required=True, description="How it comes about.")


class TradeInType(ObjectType):
    """One old thing on its way to store credit."""

    id = graphene.ID(required=True, description="The trade-in's id.")
    number = graphene.String(required=True, description="The number that people can read aloud.")
    title = object_field(
        graphene.String, lambda row, info: said(row.price_list.title, info), required=True, description="What it is."
    )
    words = graphene.String(required=True, description="What was said of it.")
    steps = object_field(
        graphene.List(graphene.NonNull(TradeInStepType)),
        lambda row, info: row.arithmetic,
        required=True,
        description="How the offer comes about.",
    )
    offered = object_field(
        MoneyType, lambda row, info: row.offered_minor, required=True, description="What was offered."
    )
    found = object_field(
        MoneyType, lambda row, info: row.found_minor, description="What the inspection found it worth."
    )
    found_words = graphene.String(required=True, description="The inspector's reasons.")
    state = object_field(
        TradeInStateEnum, lambda row, info: _state(row, info).value, required=True, description="Where it stands."
    )
    state_label = object_field(
        graphene.String,
        lambda row, info: str(_state(row, info).label),
        required=True,
        description="Where it stands, in the reader's language.",
    )
    version = graphene.Int(required=True, description="The number of its changes.")
    deadline_at = graphene.Field(DateTime, description="Until when the present step waits.")
    opened_at = graphene.Field(DateTime, required=True, description="When the offer was made.")
    taken_at = graphene.Field(DateTime, description="When the offer was taken.")
    received_at = graphene.Field(DateTime, description="When the thing came.")
    inspected_at = graphene.Field(DateTime, description="When it was inspected.")
    finished_at = graphene.Field(DateTime, description="When it was over.")
    is_by_hand = graphene.Boolean(required=True, description="Whether it is handed over at the counter.")
    carrier = graphene.String(required=True, description="Who brings it.")
    tracking = graphene.String(required=True, description="The number of its parcel.")
    back_carrier = graphene.String(required=True, description="Who brings it back.")
    back_tracking = graphene.String(required=True, description="The number of the parcel back.")
    address = object_field(
        JSON, lambda row, info: row.address, required=True, description="Where it goes back to without an agreement."
    )
    pictures = object_field(
        graphene.List(graphene.NonNull(PictureType)),
        _pictures(is_of_inspection=False),
        required=True,
        description="The owner's pictures.",
    )
    found_pictures = object_field(
        graphene.List(graphene.NonNull(PictureType)),
        _pictures(is_of_inspection=True),
        required=True,
        description="The inspector's pictures.",
    )
    person = object_field(PersonType, _person, description="Whose it is.")


class TradeInListType(ObjectType):
    """A price list in its newest version, as the desk sees it."""

    kind_id = graphene.ID(required=True, description="The kind's id.")
    number = graphene.Int(required=True, description="The number of the version.")
    category_id = object_field(
        graphene.ID, lambda row, info: row.kind.category_id, required=True, description="The shelf's id."
    )
    is_open = object_field(
        graphene.Boolean, lambda row, info: row.kind.is_open, required=True, description="Whether it is taken now."
    )
    title = graphene.Field(JSON, required=True, description="What it is, in each language.")
    base = object_field(
        MoneyType, lambda row, info: row.base_minor, required=True, description="The price in the best condition."
    )
    step = object_field(
        MoneyType, lambda row, info: row.step_minor, required=True, description="What one step takes off."
    )
    questions = graphene.Field(JSON, required=True, description="The questions in each language.")
    made_at = graphene.Field(DateTime, required=True, description="When this version was written.")
    credited_count = object_field(
        graphene.Int, lambda row, info: _figures(row, info)["count"], required=True, description="How many were taken."
    )
    credited = object_field(
        MoneyType, lambda row, info: _figures(row, info)["minor"], required=True, description="What was given for them."
    )


class TradeInBudgetType(ObjectType):
    """What this month may give."""

    limit = object_field(MoneyType, lambda row, info: row["limit_minor"], required=True, description="In all.")
    promised = object_field(
        MoneyType, lambda row, info: row["promised_minor"], required=True, description="Kept for things on their way."
    )
    given = object_field(MoneyType, lambda row, info: row["given_minor"], required=True, description="Given already.")


class TradeInCountsType(ObjectType):
    """How many trade-ins stand in each view of the desk."""

    coming = graphene.Int(required=True, description="On their way, or to be sent.")
    inspect = graphene.Int(required=True, description="To be inspected.")
    answer = graphene.Int(required=True, description="Waiting for the shopper's answer.")
    back = graphene.Int(required=True, description="To be sent back.")
    over = graphene.Int(required=True, description="Over.")


def _of(row: Any, name: str) -> Any:
    """A part of a step, fresh from the rules or kept with an offer."""
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _mine(root: Any, info: Any, first: int, after: str | None = None) -> Page:
    """One page of the viewer's own things, read together with what belongs to them."""
    page = selectors.trade_ins_of(person_id=info.context.viewer.id, first=first, after=after)
    remember_trade_ins(info, page.nodes)
    return page


extend(
    ViewerType,
    trade_ins=connection_field(
        TradeInType,
        _mine,
        personal=True,
        description="The viewer's own trade-ins, the newest first.",
    ),
)
