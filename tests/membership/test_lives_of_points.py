"""How points end: told before, lapsed once, brought back, forgiven; and what staff give."""

from datetime import timedelta

import pytest

from backend.core.clock import business_day
from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.core.money import Points
from backend.core.outbox.models import OutboxEvent
from backend.ledger.selectors import balance
from membership import actions, rules, selectors
from membership.actions.vest_points import vest_lot
from membership.errors import DebtSettled, GrantDecided, LapsedTooLongAgo, SecondPersonNeeded
from membership.models import DebtPardon, GrantState, PointDebt, PointGrant, PointLot
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, make_person, put_on_tier

pytestmark = pytest.mark.django_db


def lot_that_lapses(person, points: int, *, in_days: int) -> PointLot:
    lot = actions.promise_points(
        user_id=person.id,
        points=Points(points),
        cause="returned",
        source=("test", new_id()),
        rule_version="test",
        facts={"points": points, "returned_at": NOON.isoformat()},
        now=NOON,
    )
    assert lot is not None
    life = {**rules.grace_life(NOON), "days": in_days}
    vest_lot(lot, life=life, now=NOON)
    return lot


def told() -> int:
    return OutboxEvent.objects.filter(name="PointsExpiring").count()


def test_the_last_day_is_the_shops_day_and_may_be_the_last_of_the_month():
    late = NOON.replace(day=10, hour=17)
    ends = rules.expires_at(vested_at=late, days=0, expiry="DAY_END")
    month = rules.expires_at(vested_at=late, days=0, expiry="MONTH_END")

    assert rules.last_day(ends) == business_day(late)
    assert rules.last_day(month) == (business_day(late).replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(
        days=1
    )


@pytest.mark.parametrize(("in_days", "notices"), [(31, 0), (30, 1), (8, 1), (7, 1), (1, 1), (0, 1)])
def test_people_are_told_thirty_seven_and_one_days_before_each_time_once(in_days, notices):
    lot_that_lapses(make_person(), 50, in_days=in_days)

    for _ in range(2):
        actions.tell_of_expiry(now=NOON)

    assert told() == notices


def test_each_of_the_three_distances_is_told():
    bob = make_person()
    lot_that_lapses(bob, 50, in_days=30)
    for days in range(31):
        actions.tell_of_expiry(now=NOON + timedelta(days=days))

    assert told() == 3


def test_a_higher_level_lets_points_live_longer():
    bob = make_person()
    put_on_tier(bob, "gold")

    actions.check_in(user_id=bob.id, now=NOON)

    lot = PointLot.objects.get(cause="check_in")
    assert (lot.life["extra_days"], rules.last_day(lot.expires_at)) == (60, business_day(NOON) + timedelta(days=425))
    assert selectors.lots_that_disagree() == []


def test_lapsed_points_come_back_once_within_thirty_days():
    bob, agent = make_person(), make_person("Agent")
    lot = lot_that_lapses(bob, 50, in_days=0)
    midnight = rules.day_ends(business_day(NOON))
    actions.expire_points(now=midnight)

    for _ in range(2):
        actions.reinstate_points(lot_id=lot.id, reason="你好", actor_id=agent.id, now=midnight + timedelta(days=30))

    assert selectors.points_available(bob.id, now=midnight + timedelta(days=30)).amount == 50
    assert selectors.lots_that_disagree() == []


def test_points_that_lapsed_too_long_ago_stay_lapsed():
    bob, agent = make_person(), make_person("Agent")
    lot = lot_that_lapses(bob, 50, in_days=0)
    midnight = rules.day_ends(business_day(NOON))
    actions.expire_points(now=midnight)

    with pytest.raises(LapsedTooLongAgo):
        actions.reinstate_points(lot_id=lot.id, reason="late", actor_id=agent.id, now=midnight + timedelta(days=31))

    assert PointLot.objects.count() == 1


def test_a_debt_is_forgiven_with_a_name_and_a_reason():
    bob, agent = make_person(), make_person("Agent")
    lot = give_points(bob, 50)
    actions.spend_points(user_id=bob.id, points=Points(50), source=("order", new_id()), rule_version="test", now=NOON)
    actions.take_back_points(lot_id=lot.id, keep=Points(0), now=NOON)
    debt = PointDebt.objects.get()

    actions.forgive_debt(debt_id=debt.id, reason="包裹丢了", actor_id=agent.id, now=NOON)

    pardon = DebtPardon.objects.get()
    assert (pardon.points, pardon.by_id, pardon.reason) == (50, agent.id, "包裹丢了")
    assert (selectors.points_owed(bob.id), balance(kind="points_debt", owner_id=bob.id)) == (Points(0), 0)
    assert selectors.lots_that_disagree() == []
    with pytest.raises(DebtSettled):
        actions.forgive_debt(debt_id=debt.id, reason="again", actor_id=agent.id, now=NOON)


def ask(person, points: int, *, by) -> PointGrant:
    return actions.ask_grant(
        user_id=person.id, points=points, reason="抱歉让你久等", actor_id=by.id, idempotency_key=new_id(), now=NOON
    )


def test_a_small_grant_is_given_at_once():
    bob, agent = make_person(), make_person("Agent")

    assert ask(bob, rules.GRANT_LIMIT.amount, by=agent).state == GrantState.GIVEN

    assert selectors.points_available(bob.id, now=NOON).amount == 1_000
    assert selectors.lots_that_disagree() == []


def test_a_large_grant_waits_for_somebody_else():
    bob, agent, boss = make_person(), make_person("Agent"), make_person("Boss")
    grant = ask(bob, 1_001, by=agent)
    assert (grant.state, selectors.points_available(bob.id, now=NOON).amount) == (GrantState.ASKED, 0)

    with pytest.raises(SecondPersonNeeded):
        actions.decide_grant(grant_id=grant.id, is_given=True, actor_id=agent.id, now=NOON)
    actions.decide_grant(grant_id=grant.id, is_given=True, actor_id=boss.id, now=NOON)
    with pytest.raises(GrantDecided):
        actions.decide_grant(grant_id=grant.id, is_given=True, actor_id=boss.id, now=NOON)

    assert selectors.points_available(bob.id, now=NOON).amount == 1_001


def test_a_grant_without_a_reason_is_refused_and_writes_nothing():
    bob, agent = make_person(), make_person("Agent")

    with pytest.raises(InvalidInput):
        actions.ask_grant(user_id=bob.id, points=5, reason=" ", actor_id=agent.id, idempotency_key=new_id(), now=NOON)

    assert not PointGrant.objects.exists()


def test_the_forecast_adds_up_what_lapses_month_by_month():
    bob, carol = make_person("Bob"), make_person("Carol")
    lot_that_lapses(bob, 250, in_days=0)
    lot_that_lapses(carol, 50, in_days=0)
    lot_that_lapses(bob, 1_000, in_days=100)

    months = selectors.liability(now=NOON)

    assert [(month.points, month.minor, month.people) for month in months] == [(300, 300, 2), (1_000, 1_000, 1)]
