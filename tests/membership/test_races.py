"""One event, many deliverers."""

import time
from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from backend.core.clock import business_day
from backend.core.ids import new_id
from backend.core.money import Points
from membership import actions, rules, selectors
from membership.actions import promise_points
from membership.errors import MallItemGone, PointsTooFew
from membership.models import Birthday, BirthdayGift, MallExchange, MallItem, PointLot, TaskReward, TierMove
from tests.factories.catalogue import NOON
from tests.factories.membership import (
    give_points,
    make_confirmed_order,
    make_mall_coupon,
    make_person,
    put_on_tier,
)
from tests.support.races import all_at_once


def test_many_deliverers_of_one_event_promise_once(fresh_database):
    bob = make_person()
    order = make_confirmed_order(buyer_id=bob.id)

    outcome = all_at_once(16, lambda _: actions.count_order(order_id=order.id, now=NOON))

    assert outcome.raised == []
    assert selectors.points_pending(bob.id) == 39
    assert PointLot.objects.count() == 1


def test_points_are_used_and_come_back_and_lapse_at_once_without_losing_one(fresh_database):
    bob, orders = make_person(), [new_id() for _ in range(8)]
    for days in (1, 2, 3, 4):
        give_points(bob, 25, lasts=timedelta(days=days))

    def move(number: int) -> None:
        source = ("order", orders[number % len(orders)])
        if number % 3 == 0:
            actions.expire_points(now=NOON + timedelta(days=1))
        elif number % 3 == 1:
            actions.return_points(source=source, now=NOON)
        else:
            with suppress(PointsTooFew):
                actions.spend_points(
                    user_id=bob.id, points=Points(20), source=source, rule_version="spending:1", now=NOON
                )

    outcome = all_at_once(24, move)

    assert outcome.raised == []
    assert selectors.lots_that_disagree() == []


def test_fifty_want_the_last_item_of_the_mall_and_one_has_it(fresh_database):
    people, item = [make_person() for _ in range(50)], make_mall_coupon(points=100, left=1)
    for person in people:
        give_points(person, 100)

    outcome = all_at_once(
        50,
        lambda number: actions.redeem_item(
            user_id=people[number].id, item_id=item.pk, address_id=None, idempotency_key=new_id(), now=NOON
        ),
    )

    assert (len(outcome.answers), {type(each) for each in outcome.raised}) == (1, {MallItemGone})
    assert MallItem.objects.get().left == 0
    assert selectors.lots_that_disagree() == []


def test_without_the_condition_in_the_statement_the_last_item_goes_to_several(fresh_database):
    people, item = [make_person() for _ in range(12)], make_mall_coupon(points=100, left=1)

    def naive(number: int) -> None:
        with transaction.atomic():
            if MallItem.objects.get(pk=item.pk).left == 0:
                raise MallItemGone
            time.sleep(0.05)
            MallItem.objects.filter(pk=item.pk).update(left=0)
            MallExchange.objects.create(item=item, user=people[number], points=100, at=NOON)

    outcome = all_at_once(12, naive)

    assert len(outcome.answers) > 1


def test_a_task_that_many_workers_see_done_is_rewarded_once(fresh_database):
    bob, source = make_person(), new_id()

    outcome = all_at_once(
        12, lambda _: actions.note_deed(user_id=bob.id, fact="KEPT_ORDER", source_id=source, now=NOON)
    )

    assert outcome.raised == []
    assert TaskReward.objects.count() == 1
    assert selectors.points_available(bob.id, now=NOON).amount == 50


def test_without_the_unique_row_a_task_is_rewarded_several_times(fresh_database):
    bob = make_person()

    def naive(_number: int) -> None:
        if not PointLot.objects.filter(user=bob, cause="task").exists():
            time.sleep(0.05)
            promise_points(
                user_id=bob.id, points=Points(50), cause="task", source=("task", new_id()), rule_version="x",
                facts={"points": 50, "count": 1, "goal": 1}, now=NOON,
            )  # fmt: skip

    all_at_once(12, naive)

    assert PointLot.objects.filter(user=bob, cause="task").count() > 1


def test_two_workers_give_a_birthday_gift_once(fresh_database):
    bob = make_person()
    put_on_tier(bob, "silver")
    day = rules.birthday_in(NOON.year, born_on=business_day(NOON))
    Birthday.objects.create(pk=bob.pk, born_on=day.replace(year=1990), told_at=NOON - timedelta(days=30))

    outcome = all_at_once(8, lambda _: actions.give_birthday_gifts(now=NOON))

    assert outcome.raised == []
    assert sum(outcome.answers) == BirthdayGift.objects.count() == 1
    assert selectors.points_available(bob.id, now=NOON).amount == 100


def test_without_the_claim_and_the_unique_row_several_gifts_are_given(fresh_database):
    bob = make_person()

    def naive(_number: int) -> None:
        if not PointLot.objects.filter(user=bob, cause="birthday").exists():
            time.sleep(0.05)
            promise_points(
                user_id=bob.id, points=Points(100), cause="birthday", source=("birthday", new_id()),
                rule_version="x", facts={"points": 100}, now=NOON,
            )  # fmt: skip

    all_at_once(8, naive)

    assert PointLot.objects.filter(user=bob).count() > 1


def test_two_orders_of_one_person_that_vest_together_are_seen_together(fresh_database):
    bob = make_person()
    for _ in range(2):
        order = make_confirmed_order(buyer_id=bob.id, goods_minor=16_000)
        actions.count_order(order_id=order.id, now=NOON)
        actions.start_return_window(order_id=order.id, delivered_at=NOON)

    outcome = all_at_once(4, lambda _: actions.vest_spending(now=NOON + timedelta(days=9), most=1))

    assert outcome.raised == []
    assert selectors.member_tier(bob.id).key == "leaf"
    assert TierMove.objects.count() == 1
