"""What is given about rules of members."""

from typing import Any

import graphene

from backend.core.graphql import JSON, BigInt
from membership.actions import MallDraft, TaskDraft
from membership.selectors import PolicyDraft, StepDraft


class StepInput(graphene.InputObjectType):
    """What one level asks and gives."""

    tier = graphene.String(required=True, description="The level.")
    amount_minor = graphene.InputField(BigInt, required=True, description="Kept spending it asks for, in fen.")
    orders_count = graphene.Int(required=True, description="Kept orders it asks for.")
    multiplier_bps = graphene.Int(required=True, description="Points per point, 10000 is once.")
    member_off_bps = graphene.Int(required=True, description="How much less everything costs, 10000 is all.")
    free_shipping_per_month = graphene.Int(required=True, description="Orders of a month that are sent free.")
    birthday_points = graphene.Int(required=True, description="Points on the birthday.")
    extra_days = graphene.Int(required=True, description="Days that points live longer.")


class PolicyInput(graphene.InputObjectType):
    """All levels together."""

    steps = graphene.List(graphene.NonNull(StepInput), required=True, description="The levels, lowest first.")
    window_days = graphene.Int(required=True, description="Over how many days spending counts.")
    lasts_days = graphene.Int(required=True, description="For how many days a level is held.")
    grace_days = graphene.Int(required=True, description="How many days later it is decided about a fall.")
    falling = graphene.String(required=True, description="ONE_DOWN, BALANCE_BASED or NONE.")


class TaskInput(graphene.InputObjectType):
    """A task."""

    key = graphene.String(required=True, description="Its name for programs.")
    stage = graphene.String(required=True, description="NEWCOMER, GROWING or REGULAR.")
    names = graphene.InputField(JSON, required=True, description="What is to be done, in each language.")
    fact = graphene.String(required=True, description="What is counted.")
    goal = graphene.Int(required=True, description="How often.")
    points = graphene.Int(required=True, description="What it earns.")
    is_open = graphene.Boolean(required=True, description="Whether it can be done.")


class MallItemInput(graphene.InputObjectType):
    """An item of the mall."""

    names = graphene.InputField(JSON, required=True, description="What it is called, in each language.")
    points = graphene.Int(required=True, description="How many points it takes.")
    template_id = graphene.ID(description="The coupon.")
    variant_id = graphene.ID(description="Or the goods.")
    left = graphene.Int(description="How many there are; no end if not said.")
    per_person = graphene.Int(required=True, description="How many one person may have.")
    tier = graphene.String(description="From which level on; for everybody if not said.")
    is_open = graphene.Boolean(required=True, description="Whether it can be had.")
    position = graphene.Int(required=True, description="Its place in the mall.")


def policy_of(given: Any) -> PolicyDraft:
    """Read levels."""
    steps = tuple(
        StepDraft(
            position=position,
            **{name: step[name] for name in StepDraft.__dataclass_fields__ if name != "position"},
        )
        for position, step in enumerate(given.steps)
    )
    return PolicyDraft(
        steps=steps,
        window_days=given.window_days,
        lasts_days=given.lasts_days,
        grace_days=given.grace_days,
        falling=given.falling,
    )


def task_of(given: Any) -> TaskDraft:
    """Read a task."""
    said = {name: given[name] for name in TaskDraft.__dataclass_fields__}
    return TaskDraft(**{**said, "names": _names(said["names"])})


def mall_item_of(given: Any) -> MallDraft:
    """Read an item of the mall."""
    said = {name: given.get(name) for name in MallDraft.__dataclass_fields__}
    return MallDraft(**{**said, "names": _names(said["names"])})


def _names(given: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in given.items()} if isinstance(given, dict) else {}
