"""What the growth team can ask about channels."""

from datetime import date
from typing import Any
from uuid import UUID

import graphene

from backend.core.graphql import Page, connection, query_field, role
from referrals.channels import selectors
from referrals.channels.schema.types import (
    ChannelCostType,
    ChannelReportType,
    ChannelType,
    report_of,
    with_numbers,
    with_people,
)

GROWTH = role("growth")


def resolve_channels(
    root: Any, info: Any, since: date, until: date, first: int | None = None, after: str | None = None
) -> Page:
    """Channels with their figures."""
    period = selectors.Period(since, until).check()
    return with_numbers(info, selectors.channel_page(first=first, after=after), period)


def resolve_report(root: Any, info: Any, since: date, until: date, channel_id: UUID | None = None) -> dict[str, Any]:
    """The figures of a period."""
    if channel_id is not None:
        selectors.channel_by_id(channel_id)
    return report_of(selectors.Period(since, until).check(), channel_id)


def resolve_costs(root: Any, info: Any, channel_id: UUID, first: int | None = None, after: str | None = None) -> Page:
    """The costs of a channel."""
    selectors.channel_by_id(channel_id)
    return with_people(info, selectors.cost_page(channel_id, first=first, after=after))


class Query:
    """The root fields of channels."""

    channels = query_field(
        connection(ChannelType),
        resolve_channels,
        permission=GROWTH,
        since=graphene.Date(required=True, description="The first day of the figures."),
        until=graphene.Date(required=True, description="The last day of the figures, at most a year later."),
        description="The channels, newest first, with their figures in a period.",
    )
    channel_report = query_field(
        ChannelReportType,
        resolve_report,
        permission=GROWTH,
        required=True,
        weight=3,
        since=graphene.Date(required=True, description="The first day."),
        until=graphene.Date(required=True, description="The last day, at most a year later."),
        channel_id=graphene.ID(description="Only this channel; the whole shop if not said."),
        description="What all channels brought and cost in a period, and what came without one.",
    )
    channel_costs = query_field(
        connection(ChannelCostType),
        resolve_costs,
        permission=GROWTH,
        channel_id=graphene.ID(required=True, description="The channel."),
        description="What was recorded as spent on a channel, newest day first.",
    )
