"""What can be asked about trade-ins."""

from typing import Any

import graphene

from backend.core.errors import InvalidInput, NotFound
from backend.core.graphql import JSON, CacheRule, Page, anyone, connection, query_field, role, signed_in
from backend.tradein import selectors
from backend.tradein.models import PriceListVersion, TradeIn
from backend.tradein.rules import Worth
from backend.tradein.schema.types import (
    DESK_ROLES,
    TradeInBudgetType,
    TradeInCountsType,
    TradeInKindType,
    TradeInListType,
    TradeInType,
    TradeInWorthType,
    remember_trade_ins,
)

INSPECTORS = role("support")
KEEPERS = role("growth", "support")


def resolve_worth(root: Any, info: Any, kind_id: Any, answers: Any) -> Worth | None:
    """What a thing would be worth; nothing while a question is open."""
    price_list = selectors.current_list(kind_id)
    if price_list is None or not price_list.kind.is_open:
        return None
    if not isinstance(answers, dict):
        raise InvalidInput("answers")
    return selectors.worth_by(price_list, answers)


def resolve_trade_in(root: Any, info: Any, id: Any) -> TradeIn | None:
    """A trade-in of the viewer, or any for the desk."""
    viewer = info.context.viewer
    try:
        return selectors.visible_trade_in(
            trade_in_id=id, viewer_id=viewer.id, sees_all=bool(viewer.roles & set(DESK_ROLES))
        )
    except NotFound:
        return None


def resolve_desk(root: Any, info: Any, first: int, after: str | None = None, view: str | None = None) -> Page:
    """One page of the desk."""
    page = selectors.desk_page(view=view or "inspect", first=first, after=after)
    remember_trade_ins(info, page.nodes)
    return page


def resolve_lists(root: Any, info: Any) -> list[PriceListVersion]:
    """Every price list, read together with what belongs to it."""
    found = list(selectors.current_lists())
    info.context.loaders.setdefault("tradein.lists", {}).update({each.pk: each for each in found})
    return found


class Query:
    """The root fields of trade-ins."""

    trade_in_kinds = query_field(
        graphene.List(graphene.NonNull(TradeInKindType)),
        lambda root, info: selectors.open_lists(),
        permission=anyone,
        public_cache=CacheRule(("trade_in",)),
        required=True,
        size=30,
        description="What the shop takes now, with the questions about each.",
    )
    trade_in_worth = query_field(
        TradeInWorthType,
        resolve_worth,
        permission=anyone,
        kind_id=graphene.ID(required=True, description="The kind of thing."),
        answers=graphene.Argument(JSON, required=True, description="The answer to each question, by their names."),
        description="What a thing would be worth; nothing while a question is open.",
    )
    trade_in = query_field(
        TradeInType,
        resolve_trade_in,
        permission=signed_in,
        id=graphene.ID(required=True, description="The trade-in's id."),
        description="A trade-in of the viewer, or any for the desk; nothing for strangers.",
    )
    trade_in_desk = query_field(
        connection(TradeInType),
        resolve_desk,
        permission=INSPECTORS,
        view=graphene.String(description="coming, inspect, answer, back or over."),
        description="Trade-ins for the desk; what waits comes oldest first.",
    )
    trade_in_counts = query_field(
        TradeInCountsType,
        lambda root, info: selectors.desk_counts(),
        permission=INSPECTORS,
        required=True,
        description="How many trade-ins stand in each view.",
    )
    trade_in_lists = query_field(
        graphene.List(graphene.NonNull(TradeInListType)),
        resolve_lists,
        permission=KEEPERS,
        required=True,
        size=30,
        description="Every price list in its newest version, for the desk.",
    )
    trade_in_budget = query_field(
        TradeInBudgetType,
        lambda root, info: selectors.budget_row(now=info.context.now),
        permission=KEEPERS,
        required=True,
        description="What this month may give.",
    )
