"""The root fields of members: the mall and badges for shoppers, rules and what they cost for growth."""

from collections.abc import Sequence
from typing import Any

import graphene

from backend.core.graphql import anyone, connection, query_field, role, signed_in
from membership import selectors
from membership.models import Badge, MallItem, PointGrant, TaskRule
from membership.schema.deeds import BadgeType
from membership.schema.desk import (
    BackTestType,
    DebtorType,
    GrantType,
    LevelsDeskType,
    LiabilityType,
    MallDeskItemType,
    MemberCardType,
    PointsDeskType,
    PointsTestType,
    TaskRuleType,
    back_test_of,
    grants_of,
    levels_desk,
    liability_of,
    member_card,
    points_desk,
    points_test,
    with_people,
)
from membership.schema.inputs import PolicyInput, policy_of
from membership.schema.mall import MallExchangeType, MallItemType, together

DESK = role("support", "growth")
GROWTH = role("growth")


def _badges(root: Any, info: Any, person_id: Any) -> Sequence[Badge]:
    return list(selectors.earned_badges(person_id)[:50])


def _mall(root: Any, info: Any) -> list[MallItem]:
    return together(selectors.mall_items(), info)


def _exchanges(root: Any, info: Any, first: int, after: str | None = None) -> Any:
    return selectors.exchanges_page(info.context.viewer.id, first=first, after=after)


def _tasks(root: Any, info: Any) -> list[TaskRule]:
    return selectors.task_rules(info.context.now)


def _grants(root: Any, info: Any) -> list[PointGrant]:
    return grants_of(selectors.open_grants(), info)


class Query:
    """The root fields of this app."""

    mall_items = query_field(
        graphene.List(graphene.NonNull(MallItemType)),
        _mall,
        permission=signed_in,
        required=True,
        size=30,
        description="What points can be exchanged for, in the order of the mall.",
    )
    my_exchanges = query_field(
        connection(MallExchangeType),
        _exchanges,
        permission=signed_in,
        description="What the viewer exchanged, newest first.",
    )
    earned_badges = query_field(
        graphene.List(graphene.NonNull(BadgeType)),
        _badges,
        permission=anyone,
        required=True,
        person_id=graphene.ID(required=True, description="The person."),
        description="The badges that somebody earned, newest first.",
    )
    levels_desk = query_field(
        LevelsDeskType,
        lambda root, info: levels_desk(info),
        permission=GROWTH,
        required=True,
        description="The levels as they hold now, with how many members stand on each.",
    )
    tier_back_test = query_field(
        BackTestType,
        lambda root, info, policy: back_test_of(policy_of(policy), info),
        permission=GROWTH,
        required=True,
        weight=20,
        policy=graphene.Argument(PolicyInput, required=True, description="The levels as they would be."),
        description="What a change of the levels would do to the members of today.",
    )
    points_desk = query_field(
        PointsDeskType,
        lambda root, info: points_desk(info),
        permission=GROWTH,
        required=True,
        description="The rules of points as they hold now.",
    )
    points_test = query_field(
        PointsTestType,
        lambda root, info, points_per_yuan: points_test(points_per_yuan, info),
        permission=GROWTH,
        required=True,
        points_per_yuan=graphene.Int(required=True, description="Points for each yuan."),
        description="What the orders of the last thirty days would have earned by another rate.",
    )
    points_liability = query_field(
        LiabilityType,
        lambda root, info: liability_of(info),
        permission=GROWTH,
        required=True,
        description="What points in people's hands may cost, by the month in which they lapse.",
    )
    mall_desk = query_field(
        graphene.List(graphene.NonNull(MallDeskItemType)),
        lambda root, info: together(selectors.all_mall_items(), info),
        permission=GROWTH,
        required=True,
        size=50,
        description="Every item of the mall, also those that are put away.",
    )
    task_desk = query_field(
        graphene.List(graphene.NonNull(TaskRuleType)),
        _tasks,
        permission=GROWTH,
        required=True,
        size=30,
        description="The tasks as they hold now.",
    )
    point_grants = query_field(
        graphene.List(graphene.NonNull(GrantType)),
        _grants,
        permission=DESK,
        required=True,
        size=50,
        description="Points that staff give by hand, those that wait for a second person first.",
    )
    point_debtors = query_field(
        graphene.List(graphene.NonNull(DebtorType)),
        lambda root, info: with_people(selectors.open_debtors(), info),
        permission=DESK,
        required=True,
        size=50,
        description="Who owes points.",
    )
    member_card = query_field(
        MemberCardType,
        lambda root, info, words: member_card(words, info),
        permission=DESK,
        words=graphene.String(required=True, description="An email address, a phone number or an id."),
        description="One member with points, level and what lapsed lately.",
    )
