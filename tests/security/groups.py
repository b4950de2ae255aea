"""The right input of everything that can be done with lines, tables and draws of groups."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts.models import User
from groupbuy.actions import ask_to_merge
from tests.factories.groupbuy import hold, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment


def make_tables(owner: User, bystander: User) -> dict[str, UUID]:
    """A full group to wait for, two tables that may be put together, one that asks the owner's, and a draw."""
    now = this_moment()
    full = make_group(make_offered_product(size=2, now=now), leader=bystander, now=now)
    hold(full, now=now)
    product = make_offered_product(size=6, allowMerge=True, now=now)
    mine, other, asking = (make_group(product, leader=who, now=now) for who in (owner, bystander, make_buyer(now=now)))
    asked = ask_to_merge(group_id=asking.id, into_id=mine.id, leader_id=asking.leader_id, now=now)
    drawn = make_group(make_offered_product(size=3, winners=1, now=now), leader=bystander, now=now)
    tables = {"table": mine.id, "other_table": other.id, "merge": asked.id}
    return {"full_group": full.id, "drawn_group": drawn.id, **tables}


def inputs_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """One input for each mutation."""
    return {
        "waitForSeat": {"groupId": ids["full_group"]},
        "stopWaiting": {"groupId": ids["full_group"]},
        "askToMerge": {"groupId": ids["table"], "intoId": ids["other_table"]},
        "answerMerge": {"id": ids["merge"], "agrees": False},
    }


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {"Query.draw": {"id": ids["drawn_group"]}, "Query.mergeCandidates": {"groupId": ids["table"]}}
