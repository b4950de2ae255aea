"""Types of protection plans, and what they add to the viewer."""

from typing import Any

import graphene

from backend.accounts.schema.types import ViewerType
from backend.core.graphql import (
    JSON,
    DateTime,
    MoneyType,
    ObjectType,
    PictureType,
    connection_field,
    extend,
    object_field,
)
from backend.core.languages import translate
from backend.core.pictures import picture_urls
from backend.payments.selectors import available_credit
from backend.protection.models import CoverageState, PlanVersion
from backend.protection.selectors import coverages, plans

CoverageStateEnum = graphene.Enum(
    "CoverageState", [(each.value, each.value) for each in CoverageState], description="Where a coverage stands."
)


def in_language(name: str) -> Any:
    """A translated column in the reader's language."""
    return lambda row, info: translate(getattr(row, name), info.context.viewer.locale)


def of_line(name: str) -> Any:
    """A translated column of the covered line."""
    return lambda row, info: translate(getattr(row.order_line, name), info.context.viewer.locale)


class ProtectionPriceType(ObjectType):
    """A plan as it is offered for one piece."""

    plan_id = object_field(
        graphene.ID, lambda row, info: row.version.plan_id, required=True, description="The plan's id."
    )
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.version.title, info.context.viewer.locale),
        required=True,
        description="What it is called.",
    )
    covers = object_field(
        graphene.String,
        lambda row, info: translate(row.version.covers, info.context.viewer.locale),
        required=True,
        description="What it covers, line by line.",
    )
    months = object_field(
        graphene.Int, lambda row, info: row.version.months, required=True, description="How many months it adds."
    )
    repairs = object_field(
        graphene.Int, lambda row, info: row.version.repairs, required=True, description="How many repairs it holds."
    )
    price = object_field(
        MoneyType, lambda row, info: row.price_minor, required=True, description="What it costs for one piece."
    )
    starts_at = graphene.Field(
        DateTime, required=True, description="From when it covers: the end of the shop's own time for repairs."
    )
    ends_at = graphene.Field(DateTime, required=True, description="Until when it covers.")


class ProtectionOfferType(ObjectType):
    """What is offered for one line of an order."""

    line_id = object_field(graphene.ID, lambda row, info: row.line.pk, required=True, description="The line's id.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.line.title, info.context.viewer.locale),
        required=True,
        description="The name of the thing.",
    )
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(row.line.picture) if row.line.picture else None,
        description="Its picture.",
    )
    pieces = graphene.Int(required=True, description="For how many pieces a plan can be bought.")
    offer_ends_at = graphene.Field(DateTime, required=True, description="Until when.")
    plans = graphene.List(
        graphene.NonNull(ProtectionPriceType), required=True, description="The plans, the shortest first."
    )


class CoverageType(ObjectType):
    """One piece under a plan."""

    id = graphene.ID(required=True, description="The coverage's id.")
    state = object_field(
        CoverageStateEnum,
        lambda row, info: coverages.shown_state(row, now=info.context.now).value,
        required=True,
        description="Where it stands.",
    )
    state_label = object_field(
        graphene.String,
        lambda row, info: str(coverages.shown_state(row, now=info.context.now).label),
        required=True,
        description="Where it stands, in the reader's language.",
    )
    plan_title = object_field(
        graphene.String,
        lambda row, info: translate(row.version.title, info.context.viewer.locale),
        required=True,
        description="What the plan is called, as it was bought.",
    )
    covers = object_field(
        graphene.String,
        lambda row, info: translate(row.version.covers, info.context.viewer.locale),
        required=True,
        description="What it covers, as it was bought.",
    )
    title = object_field(graphene.String, of_line("title"), required=True, description="The covered thing.")
    option_title = object_field(graphene.String, of_line("option_title"), required=True, description="Which kind.")
    picture = object_field(
        PictureType,
        lambda row, info: picture_urls(row.order_line.picture) if row.order_line.picture else None,
        description="Its picture.",
    )
    piece = graphene.Int(required=True, description="Which piece of the line, from one on.")
    line_id = object_field(
        graphene.ID, lambda row, info: row.order_line_id, required=True, description="The covered line."
    )
    order_id = object_field(
        graphene.ID, lambda row, info: row.order_line.order_id, required=True, description="The order of the thing."
    )
    order_number = object_field(
        graphene.String, lambda row, info: row.order_line.order.number, required=True, description="Its number."
    )
    plan_order_id = graphene.ID(required=True, description="The order by which the plan is paid.")
    price = object_field(MoneyType, lambda row, info: row.price_minor, required=True, description="What the plan cost.")
    refunded = object_field(
        MoneyType, lambda row, info: row.refunded_minor, required=True, description="What went back of it."
    )
    refund_now = object_field(
        MoneyType,
        lambda row, info: coverages.refund_now(row, now=info.context.now),
        required=True,
        description="What would go back if it ended now.",
    )
    repairs_left = graphene.Int(required=True, description="How many repairs are left.")
    starts_at = graphene.Field(DateTime, required=True, description="From when it covers.")
    ends_at = graphene.Field(DateTime, required=True, description="Until when it covers.")
    ended_at = graphene.Field(DateTime, description="When it ended early.")


class OrderProtectionType(ObjectType):
    """What an order has of protection, and what it could have."""

    order_id = object_field(graphene.ID, lambda row, info: row.order.pk, required=True, description="The order's id.")
    offers = graphene.List(
        graphene.NonNull(ProtectionOfferType), required=True, description="What is offered, line by line."
    )
    coverages = graphene.List(
        graphene.NonNull(CoverageType), required=True, description="The plans of its pieces, or those it paid for."
    )
    store_credit = object_field(
        MoneyType,
        lambda row, info: available_credit(row.order.buyer_id),
        personal=True,
        required=True,
        description="How much store credit can pay for a plan now.",
    )


def _of_plan(name: str, fetch: Any) -> Any:
    """Give what belongs to one version; the first call reads it for all that the desk shows."""

    def resolve(row: PlanVersion, info: Any) -> Any:
        shown = info.context.loaders.setdefault("protection.desk", {})
        shown[row.pk] = row
        loaded = info.context.loaders.setdefault(f"protection.{name}", {})
        if row.pk not in loaded:
            wanted = [each for each in shown.values() if each.pk not in loaded]
            loaded.update(fetch(wanted))
        return loaded[row.pk]

    return resolve


def _shelves(rows: list[PlanVersion]) -> dict[Any, Any]:
    return plans.shelves_of([row.pk for row in rows])


def _figures(rows: list[PlanVersion]) -> dict[Any, Any]:
    found = plans.figures_of([row.plan_id for row in rows])
    nothing = {"sold_count": 0, "active_count": 0, "paid_minor": 0, "refunded_minor": 0}
    return {row.pk: found.get(row.plan_id, nothing) for row in rows}


class PlanFiguresType(ObjectType):
    """How a plan does, over all of its versions."""

    sold_count = graphene.Int(required=True, description="How many pieces got it.")
    active_count = graphene.Int(required=True, description="For how many it is in force.")
    paid = object_field(
        MoneyType, lambda row, info: row["paid_minor"], required=True, description="What was paid for it."
    )
    refunded = object_field(
        MoneyType, lambda row, info: row["refunded_minor"], required=True, description="What went back."
    )


class PlanShelfType(ObjectType):
    """A shelf that a plan belongs to."""

    id = graphene.ID(required=True, description="The shelf's id.")
    name = object_field(graphene.String, in_language("name"), required=True, description="Its name.")


class ProtectionPlanType(ObjectType):
    """A plan in its newest version, as the desk sees it."""

    plan_id = graphene.ID(required=True, description="The plan's id.")
    number = graphene.Int(required=True, description="The number of the version.")
    is_offered = object_field(
        graphene.Boolean, lambda row, info: row.plan.is_offered, required=True, description="Whether it can be bought."
    )
    title = graphene.Field(JSON, required=True, description="What it is called, in each language.")
    covers = graphene.Field(JSON, required=True, description="What it covers, in each language.")
    months = graphene.Int(required=True, description="How many months it adds.")
    repairs = graphene.Int(required=True, description="How many repairs it holds.")
    bands = graphene.Field(JSON, required=True, description="Its price by what one piece cost.")
    made_at = graphene.Field(DateTime, required=True, description="When this version was written.")
    shelves = object_field(
        graphene.List(graphene.NonNull(PlanShelfType)),
        _of_plan("shelves", _shelves),
        required=True,
        description="The shelves it belongs to.",
    )
    figures = object_field(
        PlanFiguresType, _of_plan("figures", _figures), required=True, description="How the plan does."
    )


extend(
    ViewerType,
    coverages=connection_field(
        CoverageType,
        lambda root, info, first, after=None: coverages.coverages_of(
            buyer_id=info.context.viewer.id, first=first, after=after
        ),
        personal=True,
        description="The viewer's own protection plans, the newest first.",
    ),
)
