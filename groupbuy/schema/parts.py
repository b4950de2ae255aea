"""The parts of a group: the steps of its price, its draw, its line, who asks to sit along."""

from __future__ import annotations

import datetime as dt
from typing import Any

import graphene

from backend.core.graphql import DateTime, MoneyType, ObjectType, object_field
from groupbuy import rules


def moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


class LadderStepType(ObjectType):
    """One step of a ladder: from so many people on, everybody pays this."""

    size = graphene.Int(required=True, description="From how many people on.")
    price = object_field(
        MoneyType, lambda row, info: row["price_minor"], required=True, description="What each of them pays at least."
    )
    is_reached = graphene.Boolean(required=True, description="Whether so many have paid.")


class LotteryType(ObjectType):
    """That a full group is drawn, with its chances."""

    winners = graphene.Int(required=True, description="How many are drawn.")
    chance_percent = object_field(
        graphene.Float,
        lambda row, info: rules.chance_bps(winners=row["winners"], size=row["size"]) / 100,
        required=True,
        description="How likely each of a full group is drawn, in percent.",
    )
    consolation_points = graphene.Int(required=True, description="Points for everybody who is not drawn.")
    seed_hash = graphene.String(description="The hash of the secret seed, fixed when the group opened.")
    draw_at = graphene.Field(DateTime, description="When it is drawn; empty until the group is full.")
    drawn_at = graphene.Field(DateTime, description="When it was drawn.")


def lottery_of(row: dict[str, Any], info: Any) -> dict[str, Any] | None:
    if row["winners"] is None:
        return None
    draw = row.get("draw") or {}
    return {
        **{name: row[name] for name in ("winners", "size", "consolation_points")},
        "seed_hash": draw.get("seed_hash"),
        "draw_at": moment(draw.get("draw_at")),
        "drawn_at": moment(draw.get("drawn_at")),
    }


class WaitType(ObjectType):
    """The viewer's place in the line for a seat."""

    place = graphene.Int(required=True, description="How many stand in the line up to the viewer.")
    told_until = object_field(
        DateTime,
        lambda row, info: moment(row["told_until"]),
        description="Until when it is the viewer's turn; empty while it is not.",
    )


class MergeOfferType(ObjectType):
    """Another group asks to sit at this table."""

    id = graphene.ID(required=True, description="The offer's id.")
    people = graphene.Int(required=True, description="How many would come.")
    asked_at = object_field(
        DateTime, lambda row, info: moment(row["asked_at"]), required=True, description="When it was asked."
    )
