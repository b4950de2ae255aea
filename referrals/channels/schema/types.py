"""Channels and their figures as the growth team sees them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import graphene

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import public_people
from backend.core.graphql import DateTime, MoneyType, ObjectType, Page, object_field
from backend.core.money import Money
from referrals.channels import rules, selectors
from referrals.channels.models import ChannelKind, TargetKind
from referrals.channels.rules import ChannelState, Numbers

ChannelKindEnum = graphene.Enum.from_enum(ChannelKind, name="ChannelKind")
ChannelTargetEnum = graphene.Enum.from_enum(TargetKind, name="ChannelTarget")
ChannelStateEnum = graphene.Enum.from_enum(ChannelState, name="ChannelState")


def money(minor: int | None) -> Money | None:
    """An amount, or nothing where nothing divides."""
    return None if minor is None else Money(minor)


class ChannelNumbersType(ObjectType):
    """What a channel brought and cost in a period."""

    visits = graphene.Int(required=True, description="Visits of people, once per browser and half hour.")
    visitors = graphene.Int(required=True, description="Browsers that came.")
    sign_ups = graphene.Int(required=True, description="People who signed up within seven days of a visit.")
    orders = graphene.Int(required=True, description="Orders that were paid within seven days of a visit.")
    paid = object_field(MoneyType, lambda row, info: Money(row.paid_minor), required=True, description="Their amount.")
    refunded = object_field(
        MoneyType, lambda row, info: Money(row.refunded_minor), required=True, description="What of it went back."
    )
    cost = object_field(
        MoneyType, lambda row, info: Money(row.cost_minor), required=True, description="What was spent."
    )
    cost_per_visit = object_field(
        MoneyType, lambda row, info: money(row.cost_per_visit_minor), description="What a visit cost; none without one."
    )
    cost_per_sign_up = object_field(
        MoneyType,
        lambda row, info: money(row.cost_per_sign_up_minor),
        description="What a sign-up cost; none without one.",
    )
    cost_per_order = object_field(
        MoneyType,
        lambda row, info: money(row.cost_per_order_minor),
        description="What an order cost; none without one.",
    )
    return_on_cost = graphene.Float(description="What came in and stayed for each yuan spent; none without a cost.")


class ChannelType(ObjectType):
    """A link of the growth team, with its figures in the period that was asked for."""

    id = graphene.ID(required=True, description="The channel's id.")
    code = graphene.String(required=True, description="The code in its address; it never changes.")
    name = graphene.String(required=True, description="What the team calls it.")
    kind = graphene.Field(ChannelKindEnum, required=True, description="What kind of place it is.")
    partner = graphene.String(required=True, description="With whom; empty if with nobody.")
    headline = graphene.String(required=True, description="What its poster says; empty for the usual words.")
    target = graphene.Field(ChannelTargetEnum, required=True, description="Which page it leads to.")
    target_slug = graphene.String(required=True, description="Which product or category; else empty.")
    path = object_field(
        graphene.String,
        lambda row, info: rules.path_to(row.target, row.target_slug),
        required=True,
        description="The page it leads to.",
    )
    link = object_field(
        graphene.String, lambda row, info: f"/k/{row.code}", required=True, description="Its short address."
    )
    starts_on = graphene.Date(description="The first day that counts.")
    ends_on = graphene.Date(description="The last day that counts.")
    budget_note = graphene.String(required=True, description="What was agreed about money.")
    state = object_field(
        graphene.NonNull(ChannelStateEnum),
        lambda row, info: rules.state_of(row, now=info.context.now).value,
        description="Whether it counts today.",
    )
    version = graphene.Int(required=True, description="Send it back with a change.")
    made_by = object_field(PersonType, lambda row, info: _person(info, row.made_by_id), description="Who made it.")
    made_at = DateTime(required=True, description="When it was made.")
    closed_at = DateTime(description="When it was closed.")
    numbers = object_field(
        ChannelNumbersType,
        lambda row, info: _found(info, "numbers", row.pk),
        description="Its figures; none right after a change.",
    )


class ChannelDayType(ObjectType):
    """The figures of one day."""

    day = graphene.Date(required=True, description="The day of trade.")
    numbers = object_field(ChannelNumbersType, lambda row, info: row[1], required=True, description="Its figures.")

    def resolve_day(root: tuple[date, Numbers], info: Any) -> date:
        return root[0]


class ChannelReportType(ObjectType):
    """The figures of a period, of one channel or of the whole shop."""

    since = graphene.Date(required=True, description="The first day.")
    until = graphene.Date(required=True, description="The last day.")
    total = graphene.Field(ChannelNumbersType, required=True, description="All of it, orders without a channel too.")
    by_channels = graphene.Field(
        ChannelNumbersType, required=True, description="What came by a channel; what costs and returns are measured by."
    )
    without = graphene.Field(ChannelNumbersType, description="Orders without a channel; none for one channel.")
    days = graphene.List(graphene.NonNull(ChannelDayType), required=True, description="Day by day.")


class ChannelCostType(ObjectType):
    """What was spent on a channel on a day, or taken back."""

    id = graphene.ID(required=True, description="The entry's id.")
    day = graphene.Date(required=True, description="The day of trade.")
    amount = object_field(
        MoneyType,
        lambda row, info: Money(row.amount_minor),
        required=True,
        description="How much; below zero corrects.",
    )
    note = graphene.String(required=True, description="What was paid for.")
    made_by = object_field(PersonType, lambda row, info: _person(info, row.made_by_id), description="Who recorded it.")
    at = DateTime(required=True, description="When it was recorded.")


def with_numbers(info: Any, page: Page, period: selectors.Period) -> Page:
    """A page of channels with their figures and makers, read once for all of them."""
    numbers = selectors.numbers_of(period, channel_ids=[row.pk for row in page.nodes])
    _remember(info, "numbers", {row.pk: numbers.get(row.pk, Numbers()) for row in page.nodes})
    return with_people(info, page)


def with_people(info: Any, page: Page) -> Page:
    """A page of rows with those who made them."""
    _remember(info, "people", public_people({row.made_by_id for row in page.nodes}))
    return page


def report_of(period: selectors.Period, channel_id: UUID | None) -> dict[str, Any]:
    """The figures of a period in three statements, however many channels there are."""
    days = selectors.days_of(period, channel_id=channel_id)
    total = selectors.totals_of(period, channel_id=channel_id)
    without = None if channel_id else selectors.numbers_of(period).get(None, Numbers())
    return {
        "since": period.since,
        "until": period.until,
        "total": total,
        "by_channels": total.without_orders_of(without) if without else total,
        "without": without,
        "days": days,
    }


def _person(info: Any, user_id: UUID) -> Any:
    """Somebody a page has read already, or the one of a single row."""
    if _found(info, "people", user_id) is None:
        _remember(info, "people", public_people([user_id]))
    return _found(info, "people", user_id)


def _remember(info: Any, name: str, rows: Mapping[Any, Any]) -> None:
    info.context.loaders.setdefault(f"channels.{name}", {}).update(rows)


def _found(info: Any, name: str, key: Any) -> Any:
    return info.context.loaders.get(f"channels.{name}", {}).get(key)
