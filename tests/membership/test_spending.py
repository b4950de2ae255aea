"""Points: used soonest-lapsing first, back to where they came from, owed when what they were given for goes back."""

from datetime import datetime, timedelta

import pytest

from backend.core.clock import business_day
from backend.core.ids import new_id
from backend.core.money import Points
from backend.ledger.selectors import balance
from membership import actions, rules, selectors
from membership.errors import PointsTooFew
from membership.models import LotState, PointAllocation, PointDebt, PointLot, PointSpend
from membership.rules import Pieces, points_of_pieces, points_offer
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, make_person

pytestmark = pytest.mark.django_db
RULE = "spending:1"


def usable(person, at: datetime = NOON) -> int:
    return selectors.points_available(person.id, now=at).amount


def spend(person, points: int, *, order=None, at: datetime = NOON) -> PointSpend:
    return actions.spend_points(
        user_id=person.id, points=Points(points), source=("order", order or new_id()), rule_version=RULE, now=at
    )


def left_in(*lots: PointLot) -> list[int]:
    return [PointLot.objects.get(pk=lot.pk).remaining for lot in lots]


def test_what_lapses_soonest_is_used_first():
    bob = make_person()
    late = give_points(bob, 100, lasts=timedelta(days=90))
    soon = give_points(bob, 50, lasts=timedelta(days=10))

    spend(bob, 70)

    assert left_in(soon, late) == [0, 80]
    assert usable(bob) == 80
    assert selectors.lots_that_disagree() == []


def test_the_same_order_uses_points_once():
    bob, order = make_person(), new_id()
    give_points(bob, 100)

    assert spend(bob, 30, order=order) == spend(bob, 30, order=order)

    assert usable(bob) == 70


def test_more_than_there_is_is_refused_and_nothing_is_written():
    bob = make_person()
    lot = give_points(bob, 20)

    with pytest.raises(PointsTooFew) as refused:
        spend(bob, 21)

    assert refused.value.available == 20
    assert left_in(lot) == [20]
    assert not PointSpend.objects.exists()


def test_points_that_have_lapsed_cannot_be_used_even_before_anybody_swept_them():
    bob = make_person()
    give_points(bob, 20, lasts=timedelta(days=1))

    with pytest.raises(PointsTooFew):
        spend(bob, 1, at=NOON + timedelta(days=1))


def test_what_comes_back_goes_to_the_lots_it_came_from():
    bob, order = make_person(), new_id()
    soon, late = give_points(bob, 50, lasts=timedelta(days=10)), give_points(bob, 100, lasts=timedelta(days=90))
    spend(bob, 70, order=order)

    assert actions.return_points(source=("order", order), total=Points(30), now=NOON) == 30
    assert left_in(soon, late) == [10, 100]
    assert actions.return_points(source=("order", order), total=Points(30), now=NOON) == 0

    actions.return_points(source=("order", order), now=NOON)

    assert left_in(soon, late) == [50, 100]
    assert selectors.lots_that_disagree() == []


def test_points_of_a_lot_that_lapsed_come_back_with_thirty_days_of_grace():
    bob, order = make_person(), new_id()
    old = give_points(bob, 50, lasts=timedelta(days=10))
    spend(bob, 40, order=order)
    later = NOON + timedelta(days=20)
    actions.expire_points(now=later)

    actions.return_points(source=("order", order), now=later)

    fresh = PointLot.objects.get(source_type="point_return")
    assert left_in(old) == [0]
    assert (fresh.remaining, fresh.expires_at) == (40, rules.day_ends(business_day(later) + timedelta(days=30)))
    assert usable(bob, later) == 40
    assert selectors.lots_that_disagree() == []


def test_an_order_that_is_paid_late_uses_its_points_again():
    bob, order = make_person(), new_id()
    give_points(bob, 100)
    first = spend(bob, 60, order=order)
    actions.return_points(source=("order", order), now=NOON)

    again = spend(bob, 60, order=order)

    assert (first.attempt, again.attempt) == (1, 2)
    assert usable(bob) == 40
    assert selectors.lots_that_disagree() == []


def test_points_that_go_back_after_they_were_spent_are_owed_and_other_lots_left_alone():
    bob = make_person()
    earned = give_points(bob, 50, lasts=timedelta(days=10))
    other = give_points(bob, 100, lasts=timedelta(days=90))
    spend(bob, 30)

    actions.take_back_points(lot_id=earned.id, keep=Points(0), now=NOON)
    actions.take_back_points(lot_id=earned.id, keep=Points(0), now=NOON)

    assert left_in(earned, other) == [0, 100]
    assert selectors.points_owed(bob.id) == Points(30)
    assert usable(bob) == 70
    assert balance(kind="points_debt", owner_id=bob.id) == -30
    assert selectors.lots_that_disagree() == []


def test_what_is_earned_next_repays_what_is_owed():
    bob = make_person()
    earned = give_points(bob, 50)
    spend(bob, 50)
    actions.take_back_points(lot_id=earned.id, keep=Points(0), now=NOON)

    give_points(bob, 30)
    assert (usable(bob), selectors.points_owed(bob.id)) == (0, Points(20))
    give_points(bob, 30)

    assert (usable(bob), selectors.points_owed(bob.id)) == (10, Points(0))
    assert PointDebt.objects.get().repaid == 50
    assert selectors.lots_that_disagree() == []


def test_points_that_come_back_repay_what_is_owed_first():
    bob, order = make_person(), new_id()
    earned = give_points(bob, 50)
    spend(bob, 50, order=order)
    actions.take_back_points(lot_id=earned.id, keep=Points(20), now=NOON)
    assert selectors.points_owed(bob.id) == Points(30)

    actions.return_points(source=("order", order), now=NOON)

    assert (usable(bob), selectors.points_owed(bob.id)) == (20, Points(0))
    assert selectors.lots_that_disagree() == []


def test_buying_earning_refunding_leaves_nothing_over():
    bob, order = make_person(), new_id()
    give_points(bob, 100)
    spend(bob, 100, order=order)
    earned = give_points(bob, 40)
    spend(bob, 40)

    actions.return_points(source=("order", order), now=NOON)
    actions.take_back_points(lot_id=earned.id, keep=Points(0), now=NOON)

    assert usable(bob) == 60
    assert selectors.lots_that_disagree() == []


def test_lots_that_ran_dry_lapse_without_a_trace():
    bob = make_person()
    lot = give_points(bob, 10, lasts=timedelta(days=1))
    spend(bob, 10)

    assert actions.expire_points(now=NOON + timedelta(days=2)) == 1

    lot.refresh_from_db()
    assert lot.state == LotState.EXPIRED
    assert balance(kind="points_expired") == 0
    assert PointAllocation.objects.get().restored == 0


@pytest.mark.parametrize(
    ("caps", "available", "per_yuan", "minor", "points"),
    [
        (5_000, 10_000, 100, 5_000, 5_000),
        (5_000, 1_234, 100, 1_234, 1_234),
        (999, 500, 30, 999, 300),
        (0, 9, 100, 0, 0),
    ],
)
def test_points_pay_whole_fen_and_never_cost_more_than_they_are_worth(caps, available, per_yuan, minor, points):
    offer = points_offer(caps_minor=caps, available=available, points_per_yuan=per_yuan)

    assert (offer.minor, offer.points) == (minor, points)


def test_pieces_give_their_points_back_pro_rata_and_the_last_one_the_rest():
    line = new_id()

    back = [
        points_of_pieces(points=100, per_line={line: 100}, pieces={line: Pieces(bought=3, given_up=gone)})
        for gone in range(4)
    ]

    assert back == [0, 33, 66, 100]
