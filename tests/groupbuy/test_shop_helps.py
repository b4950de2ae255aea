"""What the shop adds: seats that it pays for openly, a reward for who opens, limits, and second accounts."""

from datetime import timedelta

import pytest

from backend.accounts.models import Address
from backend.core.errors import InvalidInput
from backend.ledger.models import Account
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from backend.promotions.models import Campaign
from groupbuy.actions import (
    expire_due_groups,
    promise_leader_benefit,
    reduce_leader_benefit,
    settle_leader_benefits,
)
from groupbuy.errors import LimitReached
from groupbuy.models import BenefitState, GroupOrder, GroupState, LeaderBenefit, Seat
from membership.models import PointLot
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product, order_opening
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def neighbour(name, number):
    """A buyer who lives somewhere else and has a number of their own."""
    buyer = make_buyer(name, now=this_moment())
    Address.objects.filter(user=buyer).update(line=f"文三路 {number} 号", phone=f"+86138000001{number:02d}")
    return buyer


def full_group(size=3, **params):
    """A full group of people who live apart."""
    product = make_offered_product(size=size, **params)
    group = make_group(product, leader=neighbour("Lea", 1))
    for number in range(2, size + 1):
        join(group, buyer=neighbour("Guest", number))
    return group


def delivered(group, *, days_ago):
    """Let the parcels of a group be handed over some days ago."""
    orders = Seat.objects.filter(group=group).values("order_id")
    Order.objects.filter(pk__in=orders).update(
        state=OrderState.COMPLETED, delivered_at=this_moment() - timedelta(days=days_ago)
    )


def give_back(group, *numbers):
    """Let seats have sent their goods back."""
    orders = Seat.objects.filter(group=group, number__in=numbers).values("order_id")
    Order.objects.filter(pk__in=orders).update(state=OrderState.REFUNDED)


def test_the_shop_pays_for_the_seats_that_lack_and_books_what_they_cost(deliver_outbox):
    group = make_group(size=4, platformSeatMax=1, campaign={"budget_minor": 100_000})
    join(group)
    join(group)
    spent = Campaign.objects.get(pk=group.campaign_id).spent_minor
    let_pass(group)

    expire_due_groups(now=this_moment())
    deliver_outbox()

    group.refresh_from_db()
    assert (group.state, group.platform_seats, group.platform_minor) == (GroupState.CONFIRMED, 1, 4792)
    assert Seat.objects.filter(group=group).count() == 3
    assert Campaign.objects.get(pk=group.campaign_id).spent_minor == spent + 4792
    assert Account.objects.get(kind="platform_seats").balance == 4792
    assert conservation()["difference"] == 0


def test_more_than_the_promised_seats_are_not_added():
    group = make_group(size=4, platformSeatMax=1)
    join(group)
    let_pass(group)

    expire_due_groups(now=this_moment())

    group.refresh_from_db()
    assert (group.state, group.platform_seats) == (GroupState.EXPIRED, 0)


def test_without_budget_no_seat_is_added():
    group = make_group(size=3, platformSeatMax=1, campaign={"budget_minor": 3_000})
    join(group)
    let_pass(group)

    expire_due_groups(now=this_moment())

    group.refresh_from_db()
    assert (group.state, group.platform_seats) == (GroupState.EXPIRED, 0)
    assert not Account.objects.filter(kind="platform_seats").exists()


def test_a_leader_earns_when_the_seats_have_kept_their_goods(deliver_outbox):
    group = full_group(leaderPoints=90)
    deliver_outbox()
    delivered(group, days_ago=8)
    assert settle_leader_benefits(now=this_moment()) == 0
    delivered(group, days_ago=10)

    assert settle_leader_benefits(now=this_moment()) == 1

    lot = PointLot.objects.get(cause="leader_benefit")
    assert (lot.user_id, lot.earned) == (group.leader_id, 90)
    assert LeaderBenefit.objects.get().state == BenefitState.GRANTED
    assert settle_leader_benefits(now=this_moment()) == 0


@pytest.mark.parametrize(("spare", "earned"), [(1, 90), (0, 60)])
def test_a_seat_that_went_back_costs_its_share_unless_it_is_spared(deliver_outbox, spare, earned):
    group = full_group(leaderPoints=90, leaderSpare=spare)
    deliver_outbox()
    delivered(group, days_ago=10)
    give_back(group, 2)

    settle_leader_benefits(now=this_moment())

    assert PointLot.objects.get(cause="leader_benefit").earned == earned


def test_a_seat_that_goes_back_later_takes_its_share_along(deliver_outbox):
    group = full_group(leaderPoints=90)
    deliver_outbox()
    delivered(group, days_ago=10)
    settle_leader_benefits(now=this_moment())
    give_back(group, 3)
    order_id = Seat.objects.get(group=group, number=3).order_id

    first = reduce_leader_benefit(order_id=order_id, now=this_moment())
    again = reduce_leader_benefit(order_id=order_id, now=this_moment())

    assert (first, again) == (True, False)
    assert PointLot.objects.get(cause="leader_benefit").remaining == 60


def test_who_only_took_over_earns_nothing():
    group = full_group(leaderPoints=90)
    heir = Seat.objects.get(group=group, number=2)
    group.leader_id = heir.buyer_id
    group.save(update_fields=["leader_id"])

    assert promise_leader_benefit(group_id=group.id, now=this_moment()) is None
    assert not LeaderBenefit.objects.exists()


def test_two_accounts_of_one_household_fill_a_group_but_earn_its_leader_nothing(deliver_outbox):
    product = make_offered_product(size=2, leaderPoints=90)
    group = make_group(product, leader=neighbour("Lea", 1))
    join(group, buyer=neighbour("Lea", 1))
    deliver_outbox()
    delivered(group, days_ago=10)

    settle_leader_benefits(now=this_moment())

    group.refresh_from_db()
    assert group.state == GroupState.CONFIRMED
    assert list(Seat.objects.order_by("number").values_list("is_flagged", flat=True)) == [False, True]
    assert PointLot.objects.get(cause="leader_benefit").earned == 45


def test_a_newcomer_at_a_known_address_gets_the_seat_and_a_flag(deliver_outbox):
    full_group()
    deliver_outbox()
    group = make_group(joiners="new", leader=neighbour("Lee", 50))

    newton = neighbour("Newton", 2)
    Address.objects.filter(user=newton).update(phone="+8613800000177")
    join(group, buyer=newton)

    seat = Seat.objects.get(group=group, number=2)
    assert (seat.state, seat.is_flagged) == ("PAID", True)


def test_pieces_of_one_person_are_limited_over_the_campaign():
    product = make_offered_product(perUserQuantity=3)
    buyer = make_buyer("Busy")
    order_opening(product, buyer=buyer, quantity=2)

    with pytest.raises(LimitReached) as refused:
        order_opening(product, buyer=buyer, quantity=2)

    assert refused.value.limit == 3
    assert GroupOrder.objects.count() == 1


def test_pieces_of_one_order_are_limited():
    group = make_group(perOrderMax=2)

    with pytest.raises(InvalidInput) as refused:
        hold(group, quantity=3)

    assert refused.value.field == "quantity"
    assert Seat.objects.count() == 1
