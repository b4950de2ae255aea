"""The types of numbers, charts and the cockpit. Upper apps add what they know to the cockpit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import graphene

from backend.core.graphql import BigInt, DateTime, ObjectType, object_field
from backend.insights import selectors

MANY = 2


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


def _totals(row: Any, info: Any) -> Any:
    """The totals of one campaign; the first that is asked reads those of all that are shown with it."""
    return _of_all(row, info, "insights.totals", selectors.totals_of) or selectors.totals(row["campaign_id"])


def _counted_until(row: Any, info: Any) -> Any:
    if len(row.get("together", ())) >= MANY:
        return _of_all(row, info, "insights.newest", selectors.newest_of) or info.context.now
    return selectors.counted_until(row["campaign_id"], now=info.context.now)


def _of_all(row: Any, info: Any, name: str, fetch: Any) -> Any:
    together = row.get("together", ())
    if len(together) < MANY:
        return None
    loaders = info.context.loaders
    if name not in loaders:
        loaders[name] = fetch(together)
    return loaders[name].get(row["campaign_id"])


class CampaignNumbersType(ObjectType):
    """What a campaign has brought so far."""

    totals = object_field(
        graphene.List(graphene.NonNull(MetricType)),
        _totals,
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
        _counted_until,
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


def watched(campaign_id: UUID | None, *, together: Sequence[UUID] = ()) -> dict[str, Any]:
    """The root of the numbers of a campaign, or of the whole shop. `together` names all that are shown in one list."""
    return {"campaign_id": campaign_id, "together": together}
