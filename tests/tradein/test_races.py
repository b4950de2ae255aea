"""Many answers at once: one credit, one end of an offer, and never more than the month may give."""

import time
from datetime import timedelta

from django.db import transaction

from backend.core.errors import DomainError
from backend.ledger.models import Account
from backend.tradein import actions
from backend.tradein.actions import pass_deadline
from backend.tradein.models import MonthBudget, TradeIn, TradeInState
from tests.factories.aftersales import make_agent
from tests.factories.orders import LATER
from tests.factories.tradein import arrived, ask, inspect, make_list, take
from tests.support.races import all_at_once

THINKING_SECONDS = 0.05


def credited():
    return sum(Account.objects.filter(kind="store_credit", owner_id__isnull=False).values_list("balance", flat=True))


def refused(outcome):
    return [each for each in outcome.raised if isinstance(each, DomainError)]


def test_a_price_that_is_accepted_many_times_is_credited_once(fresh_database):
    actions.set_budget(limit_minor=100_000, now=LATER)
    agent, trade_in = make_agent(), ask(make_list())
    arrived(trade_in, agent)
    inspect(trade_in, agent, 5000)

    outcome = all_at_once(
        6,
        lambda _number: actions.answer_price(
            trade_in_id=trade_in.pk, person_id=trade_in.person_id, accepts=True, now=LATER
        ),
    )

    row = MonthBudget.objects.get()
    assert (len(outcome.answers), len(refused(outcome))) == (1, 5)
    assert (credited(), row.promised_minor, row.given_minor) == (5000, 0, 5000)


def test_control_answering_without_holding_the_thing_counts_it_many_times(fresh_database):
    actions.set_budget(limit_minor=100_000, now=LATER)
    agent, trade_in = make_agent(), ask(make_list())
    arrived(trade_in, agent)
    inspect(trade_in, agent, 5000)

    def accept(_number):
        with transaction.atomic():
            row = TradeIn.objects.get(pk=trade_in.pk)
            if row.state != TradeInState.LOWERED:
                return
            month = MonthBudget.objects.get()
            time.sleep(THINKING_SECONDS)
            MonthBudget.objects.filter(pk=month.pk).update(given_minor=month.given_minor + 5000)
            spent.append(1)
            TradeIn.objects.filter(pk=trade_in.pk).update(state=TradeInState.CREDITED)

    spent: list[int] = []
    all_at_once(6, accept)

    assert len(spent) > 1


def test_an_offer_is_either_taken_or_runs_out(fresh_database):
    actions.set_budget(limit_minor=1_000_000, now=LATER)
    price_list = make_list()
    offers = [ask(price_list) for _ in range(5)]
    over = offers[0].deadline_at
    just_in_time = over - timedelta(seconds=1)

    def move(number):
        each = offers[number // 2]
        if number % 2:
            return pass_deadline(trade_in_id=each.pk, now=over)
        return take(each, now=just_in_time)

    outcome = all_at_once(10, move)

    states = list(TradeIn.objects.values_list("state", flat=True))
    taken = states.count(TradeInState.TO_SEND)
    assert set(states) <= {TradeInState.TO_SEND, TradeInState.EXPIRED}
    assert MonthBudget.objects.get().promised_minor == taken * 8000
    assert len(outcome.raised) == len(refused(outcome)) == 5 - taken


def test_control_taking_without_holding_the_offer_promises_for_one_that_ran_out(fresh_database):
    actions.set_budget(limit_minor=1_000_000, now=LATER)
    offers = [ask(make_list()) for _ in range(5)]
    over = offers[0].deadline_at

    def naive_take(each):
        with transaction.atomic():
            row = TradeIn.objects.get(pk=each.pk)
            if row.state != TradeInState.OFFERED:
                return
            time.sleep(THINKING_SECONDS)
            promised.append(each.pk)
            TradeIn.objects.filter(pk=each.pk).update(state=TradeInState.TO_SEND)

    def move(number):
        each = offers[number // 2]
        if not number % 2:
            naive_take(each)
        elif pass_deadline(trade_in_id=each.pk, now=over):
            expired.append(each.pk)

    promised: list[object] = []
    expired: list[object] = []
    all_at_once(10, move)

    assert set(promised) & set(expired)


def test_the_last_of_the_budget_goes_to_as_many_as_it_reaches_for(fresh_database):
    actions.set_budget(limit_minor=3 * 8000 + 7999, now=LATER)
    price_list = make_list()
    offers = [ask(price_list) for _ in range(8)]

    outcome = all_at_once(8, lambda number: take(offers[number]))

    row = MonthBudget.objects.get()
    assert (len(outcome.answers), len(refused(outcome))) == (3, 5)
    assert row.promised_minor == 3 * 8000


def test_control_looking_at_the_budget_first_promises_too_much(fresh_database):
    actions.set_budget(limit_minor=3 * 8000 + 7999, now=LATER)

    def promise(_number):
        with transaction.atomic():
            row = MonthBudget.objects.get()
            if row.promised_minor + 8000 > row.limit_minor:
                return False
            time.sleep(THINKING_SECONDS)
            MonthBudget.objects.filter(pk=row.pk).update(promised_minor=row.promised_minor + 8000)
            return True

    outcome = all_at_once(8, promise)

    assert outcome.answers.count(True) > 3
