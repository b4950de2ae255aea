"""Offers by a price list, the way of a thing, the budget of a month, and what time makes of each step."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.ledger.models import Account
from backend.tradein import actions, errors, rules
from backend.tradein.models import MonthBudget, PriceListVersion, TradeIn, TradeInState
from backend.tradein.privacy import TradeInPrivacy
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import texts
from tests.factories.orders import LATER, make_buyer
from tests.factories.tradein import GOOD, QUESTIONS, arrived, ask, inspect, make_list, take

DAY = timedelta(days=1)
S = TradeInState


def credit_of(user_id):
    return Account.objects.filter(kind="store_credit", owner_id=user_id).values_list("balance", flat=True).first() or 0


def budget(limit_minor=100_000, now=LATER):
    return actions.set_budget(limit_minor=limit_minor, now=now)


@given(
    st.integers(min_value=2, max_value=200_000),
    st.integers(min_value=1, max_value=50_000),
    st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=20)), min_size=1, max_size=8),
)
def test_an_offer_is_the_base_less_its_steps_and_its_lines_add_up(base, step, taken):
    questions = [
        {"key": str(place), "ask": {}, "answers": [{"key": "a", "label": {}, "steps": steps}]}
        for place, steps in enumerate(taken)
    ]

    worth = rules.worth_of(
        title={}, base_minor=base, step_minor=step, questions=questions,
        answers={each["key"]: "a" for each in questions},
    )  # fmt: skip

    assert worth is not None
    assert sum(each.minor for each in worth.steps) == worth.offered_minor
    assert worth.offered_minor == max(0, base - step * sum(each or 0 for each in taken))
    assert worth.is_taken == (None not in taken and worth.offered_minor > 0)


def test_an_offer_follows_from_the_answers_and_keeps_its_price_list(db):
    price_list = make_list()

    trade_in = ask(price_list)
    newer = actions.ListText(title=texts("旧帐篷"), base_minor=5000, step_minor=100, questions=QUESTIONS)
    actions.save_list(
        kind_id=price_list.kind_id, category_id=price_list.kind.category_id, seen_number=1, text=newer,
        editor_id=make_buyer().id, now=LATER,
    )  # fmt: skip

    trade_in.refresh_from_db()
    assert (trade_in.offered_minor, trade_in.price_list_id) == (8000, price_list.pk)
    assert [line["minor"] for line in trade_in.arithmetic] == [10_000, 0, -2000]
    assert trade_in.deadline_at == LATER + 14 * DAY
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceListVersion.objects.filter(pk=price_list.pk).update(base_minor=1)


def test_open_questions_bad_things_and_kinds_that_are_not_taken_get_no_offer(db):
    price_list = make_list()

    with pytest.raises(errors.AnswersMissing):
        ask(price_list, answers={"works": "yes"})
    with pytest.raises(errors.ThingNotTaken):
        ask(price_list, answers={**GOOD, "works": "no"})
    actions.open_list(kind_id=price_list.kind_id, is_open=False, now=LATER)
    with pytest.raises(errors.KindNotTaken):
        ask(price_list)
    assert not TradeIn.objects.exists()


def test_the_same_key_answers_the_first_offer_and_five_are_open_at_most(db):
    price_list, person, key = make_list(), make_buyer(), new_id()
    first = ask(price_list, person, key=key)
    for _ in range(4):
        ask(price_list, person)

    assert ask(price_list, person, key=key) == first
    with pytest.raises(errors.TooManyTradeIns):
        ask(price_list, person)
    assert TradeIn.objects.count() == 5


def test_a_confirmed_thing_is_credited_once_out_of_its_month(db):
    budget()
    agent, trade_in = make_agent(), ask(make_list())
    arrived(trade_in, agent)
    assert MonthBudget.objects.get().promised_minor == 8000

    inspect(trade_in, agent, 8000)

    trade_in.refresh_from_db()
    row = MonthBudget.objects.get()
    assert (trade_in.state, credit_of(trade_in.person_id)) == (S.CREDITED, 8000)
    assert (row.promised_minor, row.given_minor) == (0, 8000)
    with pytest.raises(errors.TradeInMovedOn):
        inspect(trade_in, agent, 8000)
    assert credit_of(trade_in.person_id) == 8000


def test_a_lower_price_needs_reasons_and_a_picture_and_waits_for_an_answer(db):
    budget()
    agent, trade_in = make_agent(), ask(make_list())
    arrived(trade_in, agent)
    trade_in.refresh_from_db()
    with pytest.raises(errors.ReasonsNeeded):
        actions.inspect_trade_in(
            trade_in_id=trade_in.pk, agent_id=agent.id, version=trade_in.version, amount_minor=5000, note="bent",
            picture_ids=(), now=LATER,
        )  # fmt: skip
    with pytest.raises(errors.AboveOffer):
        inspect(trade_in, agent, 8001)

    inspect(trade_in, agent, 5000)
    assert credit_of(trade_in.person_id) == 0
    actions.answer_price(trade_in_id=trade_in.pk, person_id=trade_in.person_id, accepts=True, now=LATER + 6 * DAY)

    row = MonthBudget.objects.get()
    assert credit_of(trade_in.person_id) == 5000
    assert (row.promised_minor, row.given_minor) == (0, 5000)


def test_a_declined_price_sends_the_thing_back_free(db):
    budget()
    agent, trade_in = make_agent(), ask(make_list())
    arrived(trade_in, agent)
    inspect(trade_in, agent, 5000)

    actions.answer_price(trade_in_id=trade_in.pk, person_id=trade_in.person_id, accepts=False, now=LATER)
    back = actions.return_trade_in(trade_in_id=trade_in.pk, agent_id=agent.id, carrier="SF", tracking="SF2", now=LATER)

    assert (back.state, back.back_tracking, credit_of(trade_in.person_id)) == (S.RETURNED, "SF2", 0)
    assert MonthBudget.objects.get().promised_minor == 0


def test_time_ends_an_offer_a_thing_that_does_not_come_and_a_price_without_an_answer(db):
    budget()
    agent, price_list = make_agent(), make_list()
    offered, waiting, lowered = ask(price_list), ask(price_list), ask(price_list)
    take(waiting)
    arrived(lowered, agent)
    inspect(lowered, agent, 5000)

    with pytest.raises(errors.TradeInTimeOver):
        actions.answer_price(trade_in_id=lowered.pk, person_id=lowered.person_id, accepts=True, now=LATER + 7 * DAY)
    with pytest.raises(errors.TradeInTimeOver):
        take(offered, now=LATER + 14 * DAY)
    assert actions.keep_deadlines(now=LATER + 14 * DAY) == 3

    states = [TradeIn.objects.get(pk=each.pk).state for each in (offered, waiting, lowered)]
    assert states == [S.EXPIRED, S.CLOSED, S.GOING_BACK]
    assert MonthBudget.objects.get().promised_minor == 0
    assert actions.keep_deadlines(now=LATER + 14 * DAY) == 0


def test_a_month_promises_no_more_than_its_budget_and_the_next_begins_with_the_same(db):
    price_list = make_list()
    first, second = ask(price_list), ask(price_list)
    with pytest.raises(errors.BudgetUsedUp):
        take(first)
    budget(8000)
    take(first)

    with pytest.raises(errors.BudgetUsedUp):
        take(second)
    with pytest.raises(errors.BudgetBelowPromised):
        budget(7999)
    second.refresh_from_db()
    assert (second.state, MonthBudget.objects.get().promised_minor) == (S.OFFERED, 8000)
    later = ask(price_list, now=LATER + 31 * DAY)
    take(later, now=LATER + 31 * DAY)
    assert MonthBudget.objects.count() == 2


def test_strangers_and_inspectors_of_their_own_things_are_refused(db):
    budget()
    price_list, agent = make_list(), make_agent()
    mine = ask(price_list, agent)
    take(mine)

    with pytest.raises(errors.OwnTradeIn):
        actions.receive_trade_in(trade_in_id=mine.pk, agent_id=agent.id, now=LATER)
    with pytest.raises(NotFound):
        actions.withdraw_trade_in(trade_in_id=mine.pk, person_id=make_buyer("Mallory").id, now=LATER)
    assert TradeIn.objects.get(pk=mine.pk).state == S.TO_SEND


def test_a_withdrawn_thing_frees_the_month_and_a_bad_number_is_refused(db):
    budget()
    trade_in = ask(make_list())
    take(trade_in)
    with pytest.raises(InvalidInput):
        actions.send_trade_in(
            trade_in_id=trade_in.pk, person_id=trade_in.person_id, carrier="S", tracking="", now=LATER
        )

    actions.withdraw_trade_in(trade_in_id=trade_in.pk, person_id=trade_in.person_id, now=LATER)

    assert MonthBudget.objects.get().promised_minor == 0


def test_a_person_takes_their_words_and_address_with_them(db):
    budget()
    trade_in = ask(make_list(), words="有一根杆子弯了")
    take(trade_in)
    privacy = TradeInPrivacy()
    assert len(privacy.export(user_id=trade_in.person_id)["trade_ins"]) == 1

    privacy.erase(user_id=trade_in.person_id, now=LATER)

    trade_in.refresh_from_db()
    assert (trade_in.words, trade_in.address) == ("", {})
