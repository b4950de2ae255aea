"""What the growth console and the service desk are shown of members."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import graphene

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import person_by_email, person_by_phone, public_people
from backend.core.graphql import JSON, BigInt, DateTime, MoneyType, ObjectType, object_field
from backend.core.languages import translate
from membership import rules, selectors
from membership.models import LotState, PointDebt, PointGrant, TaskRule, TierStep
from membership.ports import known_facts
from membership.schema.mall import MallItemType
from membership.schema.rewards import title_of
from membership.selectors import BackTest, Moved, PolicyDraft


def person_field(of: Any = None) -> Any:
    """Somebody at a glance, read together with the others of the list."""
    return object_field(
        PersonType,
        lambda row, info: info.context.loaders.get("desk.people", {}).get(of(row) if of else row.user_id),
        description="Who.",
    )


class StepDeskType(ObjectType):
    """What one level asks and gives now, and how many stand on it."""

    tier = object_field(graphene.String, lambda row, info: row.tier_id, required=True, description="The level.")
    name = object_field(
        graphene.String,
        lambda row, info: translate(row.tier.names, info.context.viewer.locale),
        required=True,
        description="Its name.",
    )
    amount_minor = graphene.Field(BigInt, required=True, description="Kept spending it asks for, in fen.")
    orders_count = graphene.Int(required=True, description="Kept orders it asks for.")
    multiplier_bps = graphene.Int(required=True, description="Points per point, 10000 is once.")
    member_off_bps = graphene.Int(required=True, description="How much less everything costs.")
    free_shipping_per_month = graphene.Int(required=True, description="Orders of a month that are sent free.")
    birthday_points = graphene.Int(required=True, description="Points on the birthday.")
    extra_days = graphene.Int(required=True, description="Days that points live longer.")
    people_count = object_field(
        graphene.Int,
        lambda row, info: info.context.loaders.get("desk.members", {}).get(row.tier_id, 0),
        required=True,
        description="Members on it.",
    )


class PolicyVersionType(ObjectType):
    """One version of the levels."""

    version = graphene.Int(required=True, description="Its number.")
    since = object_field(
        DateTime, lambda row, info: row.valid_during.lower, required=True, description="From when on it held."
    )
    up_count = object_field(
        graphene.Int, lambda row, info: row.seen.get("up"), description="How many rose by it, as seen before saving."
    )
    down_count = object_field(
        graphene.Int, lambda row, info: row.seen.get("down"), description="How many it would lower at their review."
    )


class LevelsDeskType(ObjectType):
    """The levels as they hold now."""

    version = graphene.Int(required=True, description="The version.")
    window_days = graphene.Int(required=True, description="Over how many days spending counts.")
    lasts_days = graphene.Int(required=True, description="For how many days a level is held.")
    grace_days = graphene.Int(required=True, description="How many days later it is decided about a fall.")
    falling = graphene.String(required=True, description="ONE_DOWN, BALANCE_BASED or NONE.")
    steps = graphene.List(graphene.NonNull(StepDeskType), required=True, description="The levels, lowest first.")
    versions = graphene.List(graphene.NonNull(PolicyVersionType), required=True, description="All versions.")


class MovedType(ObjectType):
    """Somebody who would stand on another level."""

    person = person_field()
    held = object_field(graphene.Int, lambda row, info: row.held, required=True, description="Place held.")
    reached = object_field(graphene.Int, lambda row, info: row.reached, required=True, description="Place then.")
    kept = object_field(MoneyType, lambda row, info: row.kept_minor, required=True, description="What was kept.")
    orders = graphene.Int(required=True, description="Kept orders.")
    valid_until = graphene.Field(DateTime, description="A fall is decided about then, not before.")


class BackTestType(ObjectType):
    """What a change of the levels would do."""

    up_count = graphene.Int(required=True, description="Members who would rise at once.")
    down_count = graphene.Int(required=True, description="Members whom the next review would lower.")
    people_count = graphene.Int(required=True, description="Members who were looked at.")
    points_per_month = graphene.Int(required=True, description="More points a month, by the last thirty days.")
    cost_per_month = object_field(
        MoneyType, lambda row, info: row.minor_per_month, required=True, description="What these points would pay."
    )
    fingerprint = graphene.String(required=True, description="Send it with saveTierPolicy: it says what was seen.")
    up = graphene.List(graphene.NonNull(MovedType), required=True, description="Who would rise, at most fifty.")
    down = graphene.List(graphene.NonNull(MovedType), required=True, description="Who would fall, at most fifty.")


class PointsDeskType(ObjectType):
    """The rules of points as they hold now."""

    version = graphene.Int(required=True, description="The version of the earning rule.")
    points_per_yuan = graphene.Int(required=True, description="Points for each yuan.")
    vest_days = object_field(
        graphene.Int, lambda row, info: row.vest_days_after_delivery, required=True, description="Days to wait."
    )
    expires_days = object_field(
        graphene.Int, lambda row, info: row.expires_days_after_vesting, required=True, description="Days to live."
    )
    expiry = graphene.String(required=True, description="DAY_END or MONTH_END.")
    spend_per_yuan = object_field(
        graphene.Int,
        lambda row, info: selectors.spending_rule(info.context.now).points_per_yuan,
        required=True,
        description="How many points pay a yuan.",
    )


class PointsTestType(ObjectType):
    """What another rate would have done."""

    now_points = graphene.Int(required=True, description="What the last thirty days earned.")
    then_points = graphene.Int(required=True, description="What they would have earned.")
    cost = graphene.Field(MoneyType, required=True, description="What the difference would pay.")


class LiabilityMonthType(ObjectType):
    """Points that lapse in a month if nobody uses them."""

    month = graphene.Date(required=True, description="The first day of the month.")
    points = graphene.Int(required=True, description="How many.")
    worth = object_field(MoneyType, lambda row, info: row.minor, required=True, description="What they would pay.")
    people = graphene.Int(required=True, description="In how many hands.")


class LiabilityType(ObjectType):
    """What points in people's hands may cost."""

    points = graphene.Int(required=True, description="Usable points altogether.")
    worth = graphene.Field(MoneyType, required=True, description="What they would pay.")
    pending_points = graphene.Int(required=True, description="Points that wait.")
    pending_worth = graphene.Field(MoneyType, required=True, description="What those would pay.")
    months = graphene.List(graphene.NonNull(LiabilityMonthType), required=True, description="By month of expiry.")


class MallDeskItemType(MallItemType):
    """An item of the mall as growth sees it."""

    names = graphene.Field(JSON, required=True, description="Its name in each language.")
    is_open = graphene.Boolean(required=True, description="Whether it can be had.")
    position = graphene.Int(required=True, description="Its place.")
    template_id = graphene.ID(description="The coupon.")
    variant_id = graphene.ID(description="The goods.")
    tier = object_field(graphene.String, lambda row, info: row.tier_id, description="From which level on.")


class TaskRuleType(ObjectType):
    """A task as growth sees it."""

    key = graphene.String(required=True, description="Its name for programs.")
    version = graphene.Int(required=True, description="The version.")
    stage = graphene.String(required=True, description="NEWCOMER, GROWING or REGULAR.")
    names = graphene.Field(JSON, required=True, description="What is to be done, in each language.")
    fact = graphene.String(required=True, description="What is counted.")
    fact_label = graphene.String(required=True, description="What is counted, in the reader's language.")
    goal = graphene.Int(required=True, description="How often.")
    points = graphene.Int(required=True, description="What it earns.")
    is_open = graphene.Boolean(required=True, description="Whether it can be done.")

    def resolve_fact_label(root: TaskRule, info: Any) -> str:
        fact = known_facts().get(root.fact)
        return str(fact.label) if fact else root.fact


class GrantType(ObjectType):
    """Points that staff give by hand."""

    id = graphene.ID(required=True, description="The grant's id.")
    person = person_field()
    asked_by = person_field(lambda row: row.asked_by_id)
    points = graphene.Int(required=True, description="How many.")
    reason = graphene.String(required=True, description="Why.")
    state = graphene.String(required=True, description="ASKED, GIVEN or REFUSED.")
    asked_at = graphene.Field(DateTime, required=True, description="When.")
    is_mine = object_field(
        graphene.Boolean,
        lambda row, info: row.asked_by_id == info.context.viewer.id,
        required=True,
        personal=True,
        description="Whether the viewer asked; then somebody else decides.",
    )


class DebtorType(ObjectType):
    """What somebody owes."""

    id = graphene.ID(required=True, description="The debt's id.")
    person = person_field()
    left = object_field(
        graphene.Int,
        lambda row, info: row.amount - row.repaid - row.forgiven,
        required=True,
        description="How many points are open.",
    )
    cause = object_field(
        graphene.String, lambda row, info: title_of(row.lot), required=True, description="What was taken back."
    )
    created_at = graphene.Field(DateTime, required=True, description="Since when.")


class LapsedLotType(ObjectType):
    """Points that lapsed and can still be brought back."""

    id = graphene.ID(required=True, description="The lot's id.")
    title = object_field(graphene.String, lambda row, info: title_of(row), required=True, description="The cause.")
    lapsed = graphene.Int(required=True, description="How many lapsed.")
    expires_at = graphene.Field(DateTime, required=True, description="When.")


class MemberCardType(ObjectType):
    """One member at the desk."""

    id = graphene.ID(required=True, description="The person's id.")
    person = person_field(lambda row: row["id"])
    tier = graphene.String(required=True, description="The name of the level.")
    available = graphene.Int(required=True, description="Points that can be used.")
    pending = graphene.Int(required=True, description="Points that wait.")
    owed = graphene.Int(required=True, description="Points that are owed.")
    lapsed = graphene.List(
        graphene.NonNull(LapsedLotType), required=True, description="What lapsed within thirty days."
    )


def levels_desk(info: Any) -> dict[str, Any]:
    """The levels of this moment with their members."""
    policy = selectors.policy_at(info.context.now)
    info.context.loaders["desk.members"] = selectors.members_by_tier()
    return {
        "version": policy.pk,
        "window_days": policy.window_days,
        "lasts_days": policy.lasts_days,
        "grace_days": policy.grace_days,
        "falling": policy.falling,
        "steps": list[TierStep](selectors.steps_of(policy)),
        "versions": selectors.policies(),
    }


def back_test_of(draft: PolicyDraft, info: Any) -> BackTest:
    """What a draft would do, with the people it moves."""
    test = selectors.back_test(draft, now=info.context.now)
    moved: list[Moved] = [*test.up, *test.down]
    info.context.loaders["desk.people"] = public_people(row.user_id for row in moved)
    return test


def points_desk(info: Any) -> Any:
    """The earning rule of this moment."""
    return selectors.earning_rule(info.context.now)


def points_test(points_per_yuan: int, info: Any) -> dict[str, Any]:
    """What another rate would have done in the last thirty days."""
    did, would = selectors.points_of_month(now=info.context.now, points_per_yuan=points_per_yuan)
    rate = selectors.spending_rule(info.context.now).points_per_yuan
    return {
        "now_points": did,
        "then_points": would,
        "cost": (would - did) * rules.FEN_PER_YUAN // rate,
    }


def liability_of(info: Any) -> dict[str, Any]:
    """What points may cost."""
    months = selectors.liability(now=info.context.now)
    rate = selectors.spending_rule(info.context.now).points_per_yuan
    points, pending = sum(month.points for month in months), selectors.pending_points()
    return {
        "points": points,
        "worth": rules.money_worth(points, points_per_yuan=rate),
        "pending_points": pending,
        "pending_worth": rules.money_worth(pending, points_per_yuan=rate),
        "months": months,
    }


def with_people(rows: Sequence[PointDebt], info: Any) -> list[PointDebt]:
    """Read the people of a list at once."""
    info.context.loaders["desk.people"] = public_people(row.user_id for row in rows)
    return list(rows)


def grants_of(rows: Sequence[PointGrant], info: Any) -> list[PointGrant]:
    """Read those who get and those who ask at once."""
    people: list[UUID] = [person for row in rows for person in (row.user_id, row.asked_by_id)]
    info.context.loaders["desk.people"] = public_people(people)
    return list(rows)


def member_card(words: str, info: Any) -> dict[str, Any] | None:
    """One member, found by an address of his."""
    found = person_by_email(words.strip().lower()) or person_by_phone(words.strip())
    if found is None:
        return None
    now = info.context.now
    info.context.loaders["desk.people"] = public_people([found.pk])
    lots = selectors.lots_of(found.pk).filter(
        state=LotState.EXPIRED, lapsed__gt=0, expires_at__gte=now - rules.REINSTATED_WITHIN
    )
    return {
        "id": found.pk,
        "tier": translate(selectors.member_tier(found.pk).names, info.context.viewer.locale),
        "available": selectors.points_available(found.pk, now=now).amount,
        "pending": selectors.points_pending(found.pk),
        "owed": selectors.points_owed(found.pk).amount,
        "lapsed": list(lots.order_by("-expires_at", "pk")[:20]),
    }
