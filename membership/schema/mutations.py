"""What members do, and what growth and support do for them."""

from datetime import datetime
from typing import Any

import graphene

from backend.checkout.errors import AddressNeeded, ProductUnavailable
from backend.core.graphql import Mutation, RequestFacts, Viewer, role, signed_in
from backend.inventory.errors import OutOfStock
from membership import actions, errors
from membership.actions import EarningDraft
from membership.schema.desk import TaskRuleType
from membership.schema.inputs import MallItemInput, PolicyInput, TaskInput, mall_item_of, policy_of, task_of
from membership.schema.mall import MallExchangeType

GROWTH = role("growth")
DESK = role("support", "growth")


class CheckIn(Mutation):
    """Be here today and earn the day's points, once a day; or make up for a missed day."""

    class Input:
        day = graphene.Date(description="The missed day to make up for; today without it.")

    errors = (errors.CheckedInAlready, errors.DayCannotBeMadeUp, errors.MakeUpsUsed)
    permission = signed_in
    points = graphene.Int(description="What the day earned.")
    streak = graphene.Int(description="Days in a row that end with it.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        visit = actions.check_in(user_id=viewer.id, day=input.day, now=now)
        return {"points": visit.points, "streak": visit.streak}


class TellBirthday(Mutation):
    """Say when one has birthday; it can be changed once a year."""

    class Input:
        born_on = graphene.Date(required=True, description="The day of birth.")

    errors = (errors.BirthdayChangedLately, errors.BirthdayNotBelievable)
    permission = signed_in
    born_on = graphene.Date(description="The birthday that is kept now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {"born_on": actions.tell_birthday(user_id=viewer.id, born_on=input.born_on, now=now).born_on}


class RedeemMallItem(Mutation):
    """Exchange points for a coupon or for goods that are sent."""

    class Input:
        item_id = graphene.ID(required=True, description="The item.")
        address_id = graphene.ID(description="Where goods go.")
        idempotency_key = graphene.ID(required=True, description="The same key exchanges once.")

    errors = (
        errors.MallItemClosed,
        errors.MallItemGone,
        errors.MallLimitReached,
        errors.MallTierNeeded,
        errors.PointsTooFew,
        AddressNeeded,
        OutOfStock,
        ProductUnavailable,
    )
    permission = signed_in
    exchange = graphene.Field(MallExchangeType, description="The exchange.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        exchange = actions.redeem_item(
            user_id=viewer.id,
            item_id=input.item_id,
            address_id=input.address_id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"exchange": exchange}


class SaveTierPolicy(Mutation):
    """Let new levels hold from now on; whoever saves them has seen what they do."""

    class Input:
        policy = graphene.InputField(PolicyInput, required=True, description="The levels.")
        fingerprint = graphene.String(required=True, description="What tierBackTest answered for these levels.")

    errors = (errors.BackTestChanged,)
    permission = GROWTH
    version = graphene.Int(description="The new version.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        policy = actions.save_policy(draft=policy_of(input.policy), seen=input.fingerprint, actor_id=viewer.id, now=now)
        return {"version": policy.pk}


class SaveEarningRule(Mutation):
    """Let another rate of points hold from now on; what was promised stays as it was."""

    class Input:
        points_per_yuan = graphene.Int(required=True, description="Points for each yuan.")
        vest_days = graphene.Int(required=True, description="Days after delivery until they can be used.")
        expires_days = graphene.Int(required=True, description="Days until they lapse.")
        expiry = graphene.String(required=True, description="DAY_END or MONTH_END.")

    permission = GROWTH
    version = graphene.Int(description="The new version.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        draft = EarningDraft(
            points_per_yuan=input.points_per_yuan,
            vest_days=input.vest_days,
            expires_days=input.expires_days,
            expiry=input.expiry,
        )
        return {"version": actions.save_earning_rule(draft=draft, now=now).version}


class SaveTask(Mutation):
    """Write the next version of a task, or its first one."""

    class Input:
        task = graphene.InputField(TaskInput, required=True, description="The task.")

    permission = GROWTH
    task = graphene.Field(TaskRuleType, description="The version that holds now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {"task": actions.save_task(draft=task_of(input.task), now=now)}


class SaveMallItem(Mutation):
    """Put an item into the points mall, or change it."""

    class Input:
        id = graphene.ID(description="The item that is changed; a new one without it.")
        item = graphene.InputField(MallItemInput, required=True, description="The item.")

    permission = GROWTH
    item_id = graphene.ID(description="The item.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        item = actions.save_mall_item(item_id=input.id, draft=mall_item_of(input.item), now=now)
        return {"item_id": str(item.pk)}


class AskPointGrant(Mutation):
    """Give points by hand; above a limit a second person decides."""

    class Input:
        person_id = graphene.ID(required=True, description="Who gets them.")
        points = graphene.Int(required=True, description="How many.")
        reason = graphene.String(required=True, description="Why; the person reads it.")
        idempotency_key = graphene.ID(required=True, description="The same key gives once.")

    permission = DESK
    grant_id = graphene.ID(description="The grant.")
    state = graphene.String(description="ASKED or GIVEN.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        grant = actions.ask_grant(
            user_id=input.person_id,
            points=input.points,
            reason=input.reason,
            actor_id=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"grant_id": str(grant.pk), "state": grant.state}


class DecidePointGrant(Mutation):
    """Decide about points that a colleague wants to give."""

    class Input:
        grant_id = graphene.ID(required=True, description="The grant.")
        is_given = graphene.Boolean(required=True, description="Whether they are given.")

    errors = (errors.GrantDecided, errors.SecondPersonNeeded)
    permission = DESK
    state = graphene.String(description="GIVEN or REFUSED.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        grant = actions.decide_grant(grant_id=input.grant_id, is_given=input.is_given, actor_id=viewer.id, now=now)
        return {"state": grant.state}


class ForgivePointDebt(Mutation):
    """Let a person off what is owed."""

    class Input:
        debt_id = graphene.ID(required=True, description="The debt.")
        reason = graphene.String(required=True, description="Why.")

    errors = (errors.DebtSettled,)
    permission = DESK
    forgiven = graphene.Int(description="How many points were forgiven.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        debt = actions.forgive_debt(debt_id=input.debt_id, reason=input.reason, actor_id=viewer.id, now=now)
        return {"forgiven": debt.forgiven}


class ReinstatePoints(Mutation):
    """Bring back what lapsed of a lot within thirty days."""

    class Input:
        lot_id = graphene.ID(required=True, description="The lot.")
        reason = graphene.String(required=True, description="Why; the person reads it.")

    errors = (errors.LapsedTooLongAgo,)
    permission = DESK
    points = graphene.Int(description="How many came back.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        lot = actions.reinstate_points(lot_id=input.lot_id, reason=input.reason, actor_id=viewer.id, now=now)
        return {"points": lot.earned}


class Mutations:
    """The mutations of this app."""

    check_in = CheckIn.field()
    tell_birthday = TellBirthday.field()
    redeem_mall_item = RedeemMallItem.field()
    save_tier_policy = SaveTierPolicy.field()
    save_earning_rule = SaveEarningRule.field()
    save_task = SaveTask.field()
    save_mall_item = SaveMallItem.field()
    ask_point_grant = AskPointGrant.field()
    decide_point_grant = DecidePointGrant.field()
    forgive_point_debt = ForgivePointDebt.field()
    reinstate_points = ReinstatePoints.field()
