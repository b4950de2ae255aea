"""What somebody did is counted once; tasks and badges follow from the count."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.money import Points
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from membership import selectors
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.vest_points import vest_at_once
from membership.events import BadgeEarned, TaskDone
from membership.models import Badge, BadgeRule, Deed, TaskReward, TaskRule


@transaction.atomic
def note_deed(*, user_id: UUID, fact: str, source_id: UUID, now: datetime) -> None:
    """Count a thing that a person did, once for its source; reward the tasks and give the badges that it completes.

    Apps above call it for what they see: a group that filled, a post that was published.

    Emits: PointsPromised, PointsVested, TaskDone, BadgeEarned.
    """
    hold_wallets([user_id])
    if not insert_row_once(Deed(user_id=user_id, fact=fact, source_id=source_id, at=now)):
        return
    count = selectors.deeds_count(user_id, fact)
    for rule in selectors.task_rules(now):
        if rule.is_open and rule.fact == fact and rule.goal <= count:
            _reward(rule, user_id=user_id, count=count, now=now)
    for badge in BadgeRule.objects.filter(fact=fact, goal__lte=count):
        earned = Badge(user_id=user_id, rule=badge, count=count, at=now)
        if insert_row_once(earned):
            emit(BadgeEarned(user_id=user_id, badge_id=earned.pk, key=badge.key, at=now))


def _reward(rule: TaskRule, *, user_id: UUID, count: int, now: datetime) -> None:
    """Give the points of a finished task; what was rewarded before is not rewarded again."""
    reward = TaskReward(user_id=user_id, key=rule.key, rule=rule, count=count, at=now)
    if not insert_row_once(reward):
        return
    lot = promise_points(
        user_id=user_id,
        points=Points(rule.points),
        cause="task",
        source=("task", reward.pk),
        rule_version=f"task:{rule.key}:{rule.version}",
        facts={
            "key": rule.key,
            "names": rule.names,
            "version": rule.version,
            "goal": rule.goal,
            "count": count,
            "points": rule.points,
            "at": now.isoformat(),
        },
        vests_at=now,
        now=now,
    )
    if lot is not None:
        vest_at_once(lot, now=now)
    emit(TaskDone(user_id=user_id, key=rule.key, points=rule.points, at=now))
