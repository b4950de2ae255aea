"""Channels of the growth team, and the right input of everything that can be done with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import business_day
from tests.factories.channels import make_channel, spend
from tests.factories.promotions import this_moment

A_CHANNEL = {"name": "百度 搜索", "kind": "SEARCH", "target": "HOME"}


def make_channels(grower: User) -> dict[str, UUID]:
    """A channel with a cost, and one to be closed."""
    now = this_moment()
    channel, closing = (make_channel(by=grower, now=now) for _ in range(2))
    spend(channel, 1_000, at=now)
    return {"channel": channel.pk, "channel_closing": closing.pk}


def inputs_of(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of channels."""
    cost = {"id": ids["channel"], "day": str(business_day(this_moment())), "amountMinor": 100, "note": "充值"}
    return {
        "createChannel": {"channel": A_CHANNEL, "code": None},
        "changeChannel": {"id": ids["channel"], "version": 1, "channel": A_CHANNEL},
        "closeChannel": {"id": ids["channel_closing"], "version": 1},
        "recordChannelCost": {**cost, **key},
    }


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    day = str(business_day(this_moment()))
    period = {"since": day, "until": day}
    return {
        "Query.channels": period,
        "Query.channelReport": {**period, "channelId": ids["channel"]},
        "Query.channelCosts": {"channelId": ids["channel"]},
    }
