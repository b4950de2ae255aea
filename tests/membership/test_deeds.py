"""Deeds are counted once; tasks reward once; badges follow from what was done."""

from datetime import timedelta

import pytest

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.messaging.models import Notification
from backend.promotions.actions import RuleDraft
from backend.promotions.ports import rule_kind
from membership import actions, selectors
from membership.actions import TaskDraft
from membership.models import Badge, Deed, PointLot, TaskReward, TaskRule
from tests.factories.catalogue import NOON
from tests.factories.membership import NAMES, keep_order, make_confirmed_order, make_person
from tests.factories.promotions import make_running_campaign

pytestmark = pytest.mark.django_db


def task(person, key: str):
    return next(each for each in selectors.tasks_of(person.id, now=NOON) if each.rule.key == key)


def test_a_first_kept_order_finishes_the_task_and_earns_the_badge():
    bob = make_person()

    keep_order(bob, 5_000)

    assert (task(bob, "first_order").done_at, task(bob, "three_orders").count) == (NOON, 1)
    assert PointLot.objects.get(cause="task").earned == 50
    assert Badge.objects.get().rule.key == "first_taste"
    assert OutboxEvent.objects.filter(name__in=["TaskDone", "BadgeEarned"]).count() == 2
    assert selectors.lots_that_disagree() == []


def test_a_finished_task_is_told_once(deliver_outbox):
    bob = make_person()
    source = new_id()

    actions.note_deed(user_id=bob.id, fact="POST", source_id=source, now=NOON)
    deliver_outbox()

    assert list(Notification.objects.filter(user=bob).values_list("kind", flat=True)) == ["task_done"]


def test_the_same_deed_counts_once():
    bob, source = make_person(), new_id()

    for _ in range(3):
        actions.note_deed(user_id=bob.id, fact="FOLLOW", source_id=source, now=NOON)

    assert (Deed.objects.count(), task(bob, "follow").count) == (1, 1)


def test_a_week_without_a_gap_is_a_deed_of_its_own():
    bob = make_person()

    for day in range(7):
        actions.check_in(user_id=bob.id, now=NOON + timedelta(days=day))

    assert task(bob, "week").done_at == NOON + timedelta(days=6)
    assert Badge.objects.get().rule.key == "early_bird"


def test_a_new_version_of_a_task_rewards_nobody_twice():
    bob = make_person()
    keep_order(bob, 5_000)
    draft = TaskDraft(key="first_order", stage="NEWCOMER", names=NAMES, fact="KEPT_ORDER", goal=1, points=500)

    version = actions.save_task(draft=draft, now=NOON).version
    keep_order(bob, 5_000)

    assert (version, TaskReward.objects.filter(key="first_order").count()) == (2, 1)
    assert selectors.task_rules(NOON)[0].version in {1, 2}


def test_a_task_about_nothing_is_refused():
    draft = TaskDraft(key="odd", stage="NEWCOMER", names=NAMES, fact="MOON", goal=1, points=5)

    with pytest.raises(InvalidInput):
        actions.save_task(draft=draft, now=NOON)

    assert not TaskRule.objects.filter(key="odd").exists()


def test_a_reward_before_the_deeds_is_found_by_the_auditor():
    bob = make_person()
    rule = TaskRule.objects.get(key="three_orders")

    TaskReward.objects.create(user=bob, key=rule.key, rule=rule, count=1, at=NOON)

    assert len(selectors.lots_that_disagree()) == 1


def test_a_campaign_multiplies_the_points_of_orders_within_its_budget():
    bob = make_person()
    make_running_campaign([rule("points_multiplier", timesBps=20_000)], now=NOON, budget_points=100)

    first, second = (make_confirmed_order(buyer_id=bob.id, goods_minor=goods) for goods in (9_000, 5_000))
    for order in (first, second):
        actions.count_order(order_id=order.id, now=NOON)

    earned = dict(PointLot.objects.filter(cause="order").values_list("source_id", "earned"))
    assert (earned[first.id], earned[second.id]) == (180, 50)
    assert selectors.lots_that_disagree() == []


def test_a_campaign_adds_to_check_ins():
    bob = make_person()
    make_running_campaign([rule("check_in_bonus", points=8)], now=NOON, budget_points=100)

    assert actions.check_in(user_id=bob.id, now=NOON).points == 10

    assert selectors.lots_that_disagree() == []


def rule(kind: str, **params):
    return RuleDraft(kind=kind, params=params)


@pytest.mark.parametrize(
    ("kind", "params"),
    [("points_multiplier", {"timesBps": 10_000}), ("points_multiplier", {"timesBps": "2"}), ("points_multiplier", {}),
     ("check_in_bonus", {"points": 0}), ("check_in_bonus", {"points": 101}), ("check_in_bonus", {})],
)  # fmt: skip
def test_parameters_out_of_range_are_told(kind, params):
    assert [problem.severity for problem in rule_kind(kind).validate(params)] == ["error"]
