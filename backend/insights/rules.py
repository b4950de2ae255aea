"""What each event counts for. No other app is imported: events are read as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Payload = Mapping[str, Any]

COUNT, FEN, POINTS, BPS = "count", "fen", "points", "bps"


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that is counted: its name, its unit, its words."""

    key: str
    unit: str
    label: str | Promise


METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        Metric("invite_clicks", COUNT, _("Link visits")),
        Metric("invite_bindings", COUNT, _("People brought")),
        Metric("groups_opened", COUNT, _("Groups opened")),
        Metric("groups_filled", COUNT, _("Groups filled")),
        Metric("groups_expired", COUNT, _("Groups expired")),
        Metric("groups_cancelled", COUNT, _("Groups cancelled")),
        Metric("seats_held", COUNT, _("Seats held")),
        Metric("seats_taken", COUNT, _("Seats paid")),
        Metric("joins", COUNT, _("People who joined")),
        Metric("seats_released", COUNT, _("Seats given back")),
        Metric("orders_placed", COUNT, _("Orders placed")),
        Metric("orders_paid", COUNT, _("Orders paid")),
        Metric("orders_confirmed", COUNT, _("Orders confirmed")),
        Metric("paid_minor", FEN, _("Money received")),
        Metric("turnover_minor", FEN, _("Turnover")),
        Metric("discount_minor", FEN, _("Discount given")),
        Metric("refunds", COUNT, _("Refunds")),
        Metric("refunded_minor", FEN, _("Money refunded")),
        Metric("late_payments", COUNT, _("Late payments settled")),
        Metric("invite_rewards", COUNT, _("Invite rewards")),
        Metric("reward_points", POINTS, _("Points for invitations")),
        Metric("points_promised", POINTS, _("Points promised")),
        Metric("points_vested", POINTS, _("Points vested")),
    )
}

FUNNEL = ("invite_clicks", "orders_placed", "orders_paid", "seats_taken", "orders_confirmed")
SHOWN_TOTALS = (
    "groups_opened", "groups_filled", "groups_expired", "joins", "seats_taken", "orders_paid", "orders_confirmed",
    "turnover_minor", "discount_minor", "refunded_minor", "invite_clicks", "invite_bindings", "invite_rewards",
    "reward_points", "points_promised",
)  # fmt: skip
SHOWN_SERIES = ("groups_opened", "groups_filled", "joins", "orders_paid", "turnover_minor", "invite_clicks")


def _one(*metrics: str) -> Callable[[Payload], dict[str, int]]:
    return lambda payload: dict.fromkeys(metrics, 1)


def _sum(count: str, **amounts: str) -> Callable[[Payload], dict[str, int]]:
    """Count one, and add up fields of the event under their metrics."""
    return lambda payload: {count: 1, **{metric: int(payload[field]) for metric, field in amounts.items()}}


def _seat_taken(payload: Payload) -> dict[str, int]:
    counted = {"seats_taken": 1, "discount_minor": int(payload["discount_minor"])}
    return counted if payload["is_leader"] else {**counted, "joins": 1}


COUNTED: dict[str, Callable[[Payload], dict[str, int]]] = {
    "LinkClicked": _one("invite_clicks"),
    "InviteeBound": _one("invite_bindings"),
    "InviteRewarded": _sum("invite_rewards", reward_points="points"),
    "GroupOpened": _one("groups_opened"),
    "GroupFilled": _one("groups_filled"),
    "GroupExpired": _one("groups_expired"),
    "GroupCancelled": _one("groups_cancelled"),
    "SeatHeld": _one("seats_held"),
    "SeatTaken": _seat_taken,
    "SeatReleased": _one("seats_released"),
    "LatePaymentSettled": _one("late_payments"),
    "OrderPlaced": _one("orders_placed"),
    "OrderPaid": _sum("orders_paid", paid_minor="total_minor"),
    "OrderConfirmed": _sum("orders_confirmed", turnover_minor="total_minor"),
    "OrderRefunded": _sum("refunds", refunded_minor="amount_minor"),
    "PointsPromised": lambda payload: {"points_promised": int(payload["points"])},
    "PointsVested": lambda payload: {"points_vested": int(payload["points"])},
}

# Events that say to which campaign a thing belongs, by the field that names the thing.
INTRODUCES = {"OrderPlaced": "order_id", "OrderPaid": "order_id", "GroupOpened": "group_id"}
# Events that name a thing and not its campaign.
REFERS = {"OrderRefunded": "order_id", "LinkClicked": "target_id"}
CAMPAIGN_LINK = "campaign"


def counts_of(name: str, payload: Payload) -> dict[str, int]:
    """What an event counts for; nothing if it is not counted, or older than the code knows."""
    counted = COUNTED.get(name)
    try:
        found = counted(payload) if counted else {}
    except (KeyError, TypeError, ValueError):
        return {}
    return {metric: value for metric, value in found.items() if value}


def named_campaign(name: str, payload: Payload) -> UUID | None:
    """The campaign that an event names itself."""
    if name == "LinkClicked" and str(payload.get("kind", "")).lower() == CAMPAIGN_LINK:
        return _uuid(payload.get("target_id"))
    return _uuid(payload.get("campaign_id"))


def introduced(name: str, payload: Payload) -> UUID | None:
    """The thing whose campaign an event makes known."""
    return _uuid(payload.get(INTRODUCES[name])) if name in INTRODUCES else None


def referred(name: str, payload: Payload) -> UUID | None:
    """The thing by whose campaign an event is counted."""
    return _uuid(payload.get(REFERS[name])) if name in REFERS else None


def hour_of(at: datetime) -> datetime:
    """The hour that a moment belongs to."""
    return at.replace(minute=0, second=0, microsecond=0)


def happened_at(payload: Payload, emitted_at: datetime) -> datetime:
    """When an event happened: as it says itself, else when it was written down."""
    told = payload.get("at")
    return datetime.fromisoformat(told) if isinstance(told, str) else emitted_at


def step_for(*, first: datetime, last: datetime) -> timedelta:
    """Hours for a short span, days for a long one."""
    return timedelta(hours=1) if last - first <= timedelta(days=3) else timedelta(days=1)


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
