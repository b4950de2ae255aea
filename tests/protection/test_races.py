"""Two windows buy for one piece; a piece goes back while its plan is being paid."""

import time

from django.db import IntegrityError, transaction

from backend.core.errors import DomainError
from backend.orders.actions import refund_lines
from backend.orders.models import OrderLine
from backend.protection import actions
from backend.protection.models import Coverage, CoverageState
from tests.factories.aftersales import first_line, make_order_of
from tests.factories.payments import pay
from tests.factories.protection import BOUGHT, buy, make_plan
from tests.support.races import all_at_once

THINKING_SECONDS = 0.1


def test_several_windows_buy_one_plan_for_one_piece(fresh_database):
    order = make_order_of()
    version = make_plan(order)

    outcome = all_at_once(6, lambda _number: buy(order, version))

    assert (len(outcome.answers), len(outcome.raised)) == (1, 5)
    assert all(isinstance(each, DomainError) for each in outcome.raised)
    assert Coverage.objects.count() == 1


def test_control_looking_first_without_holding_the_order_meets_the_constraint(fresh_database):
    order = make_order_of()
    placed = buy(order, make_plan(order))
    first = Coverage.objects.get(plan_order=placed.order)
    Coverage.objects.filter(pk=first.pk).update(state=CoverageState.VOID)

    def insert(_number):
        with transaction.atomic():
            if Coverage.objects.filter(state=CoverageState.PENDING).exists():
                return
            time.sleep(THINKING_SECONDS)
            Coverage.objects.create(
                version_id=first.version_id, buyer_id=first.buyer_id, order_line_id=first.order_line_id, piece=1,
                plan_order_id=first.plan_order_id, price_minor=900, repairs_left=2, bought_at=BOUGHT,
                starts_at=first.starts_at, ends_at=first.ends_at,
            )  # fmt: skip

    outcome = all_at_once(4, insert)

    assert any(isinstance(each, IntegrityError) for each in outcome.raised)


def paid_plans(count):
    orders = [make_order_of() for _ in range(count)]
    placed = [buy(order, make_plan(order)) for order in orders]
    for each in placed:
        pay(each, now=BOUGHT)
    return orders, placed


def give_back(order):
    refund_lines(order_id=order.id, pieces=[(first_line(order).id, 1, 5990)], now=BOUGHT)
    actions.end_of_returned_pieces(order_id=order.id, now=BOUGHT)


def test_a_plan_of_a_piece_that_goes_back_at_that_moment_never_stays(fresh_database):
    orders, placed = paid_plans(4)

    def move(number):
        if number % 2:
            give_back(orders[number // 2])
        else:
            actions.activate_coverages(plan_order_id=placed[number // 2].order.pk, now=BOUGHT)

    outcome = all_at_once(8, move)

    assert not outcome.raised
    assert set(Coverage.objects.values_list("state", "refunded_minor")) == {(CoverageState.ENDED, 900)}


def test_control_activating_without_holding_the_orders_leaves_plans_of_nothing(fresh_database):
    orders, placed = paid_plans(4)

    def naive_activate(each):
        with transaction.atomic():
            coverage = Coverage.objects.get(plan_order=each.order)
            line = OrderLine.objects.get(pk=coverage.order_line_id)
            time.sleep(THINKING_SECONDS)
            if coverage.piece <= line.quantity - line.refunded_quantity:
                Coverage.objects.filter(pk=coverage.pk, state=CoverageState.PENDING).update(
                    state=CoverageState.ACTIVE, activated_at=BOUGHT
                )

    def move(number):
        if number % 2:
            give_back(orders[number // 2])
        else:
            naive_activate(placed[number // 2])

    all_at_once(8, move)

    assert Coverage.objects.filter(state=CoverageState.ACTIVE).exists()
