"""The types of numbers, charts and the cockpit. Upper apps add what they know to the cockpit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import graphene

from backend.core.graphql import BigInt, DateTime, ObjectType, object_field
from backend.insights import selectors


class MetricType(ObjectType):
    """One number with its words."""

    key = graphene.String(required=True, description="Its name.")
    label = graphene.String(required=True, description="Its name in the reader's language.")
    value = graphene.Field(BigInt, required=True, description="How much.")
    unit = graphene.String(required=True, description="count, fen, points, bps or seconds.")


class SeriesPointType(ObjectType):
    """One point of a chart line."""

    at = graphene.Field(DateTime, required=True, description="When the hour or day begins.")
    value = graphene.Field(BigInt, required=True, description="How much in it.")


class SeriesType(ObjectType):
    """One chart line."""

    key = graphene.String(required=True, description="Its name.")
    label = graphene.String(required=True, description="Its name in the reader's language.")
    points = graphene.List(graphene.NonNull(SeriesPointType), required=True, description="By hour or by day.")


class CampaignNumbersType(ObjectType):
    """What a campaign has brought so far."""

    totals = object_field(
        graphene.List(graphene.NonNull(MetricType)),
        lambda row, info: selectors.totals(row["campaign_id"]),
        required=True,
        size=15,
        description="Altogether.",
    )
    series = object_field(
        graphene.List(graphene.NonNull(SeriesType)),
        lambda row, info: selectors.series(row["campaign_id"], now=info.context.now),
        required=True,
        size=6,
        description="Over time.",
    )
    updated_at = object_field(
        DateTime,
        lambda row, info: selectors.counted_until(row["campaign_id"], now=info.context.now),
        required=True,
        description="The newest hour that holds anything.",
    )


class InvariantType(ObjectType):
    """One number that must be right."""

    key = graphene.String(required=True, description="Its name.")
    label = graphene.String(required=True, description="Its name in the reader's language.")
    value = graphene.Field(BigInt, required=True, description="What it is now.")
    unit = graphene.String(required=True, description="count, fen or seconds.")
    is_healthy = graphene.Boolean(required=True, description="Whether it is as it must be.")


class CockpitType(ObjectType):
    """What the growth team watches: for one campaign or the whole shop."""

    invariants = object_field(
        graphene.List(graphene.NonNull(InvariantType)),
        lambda row, info: selectors.invariants(row["campaign_id"], now=info.context.now),
        required=True,
        size=8,
        description="What must be right.",
    )
    totals = object_field(
        graphene.List(graphene.NonNull(MetricType)),
        lambda row, info: selectors.totals(row["campaign_id"]),
        required=True,
        size=15,
        description="Altogether.",
    )
    series = object_field(
        graphene.List(graphene.NonNull(SeriesType)),
        lambda row, info: selectors.series(row["campaign_id"], now=info.context.now),
        required=True,
        size=6,
        description="Over time.",
    )
    funnel = object_field(
        graphene.List(graphene.NonNull(MetricType)),
        lambda row, info: selectors.funnel(row["campaign_id"]),
        required=True,
        size=5,
        description="From a visit to a confirmed order.",
    )


class CampaignHintType(ObjectType):
    """The numbers of a campaign are new: read them again."""

    id = graphene.ID(required=True, description="The campaign's id, or `all`.")
    version = graphene.Field(BigInt, required=True, description="Grows with each change.")


def watched(campaign_id: UUID | None) -> dict[str, Any]:
    """The root of the numbers of a campaign, or of the whole shop."""
    return {"campaign_id": campaign_id}
