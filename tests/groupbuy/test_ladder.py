"""Ladder groups: everybody pays the highest price, and what the group comes to is decided when it closes."""

import pytest

from backend.checkout.actions import cancel_paid_orders
from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderLine, OrderState
from backend.payments.actions import settle_refund
from backend.payments.models import Refund
from backend.promotions.errors import CampaignNotReady
from backend.promotions.models import Campaign
from groupbuy import handlers
from groupbuy.actions import expire_due_groups, leave_group, return_difference
from groupbuy.models import Group, GroupOrder, GroupState, Seat, SeatState
from membership.models import PointLot
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db

LADDER = [
    {"size": 2, "discountBps": 1000},
    {"size": 3, "discountBps": 2000},
    {"size": 5, "discountBps": 3000},
]


def ladder_product(ladder=LADDER, **options):
    """A product whose price falls in steps."""
    return make_offered_product(ladder=ladder, size=None, discountBps=None, **options)


def refunds_of(group):
    """What was sent back, by seat number."""
    sent = {}
    for seat in Seat.objects.filter(group=group).order_by("number"):
        sent[seat.number] = sum(Refund.objects.filter(order=seat.order).values_list("amount_minor", flat=True))
    return sent


def test_everybody_pays_the_highest_price_first():
    product = ladder_product()

    group = make_group(product)

    order = Order.objects.get()
    assert order.total_minor - order.shipping_minor == 5391
    assert (group.size, group.may_lack, group.reached_size) == (5, 3, None)


def test_at_the_deadline_the_reached_step_decides_and_the_difference_goes_back(deliver_outbox):
    group = make_group(ladder_product())
    join(group)
    join(group)
    let_pass(group)

    expire_due_groups(now=this_moment())
    deliver_outbox()

    group.refresh_from_db()
    assert (group.state, group.reached_size) == (GroupState.CONFIRMED, 3)
    assert refunds_of(group) == {1: 599, 2: 599, 3: 599}
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.PAID}
    assert conservation()["difference"] == 0


def test_the_last_step_closes_the_group_at_once(deliver_outbox):
    group = make_group(ladder_product())
    for _person in range(4):
        join(group)

    deliver_outbox()

    group.refresh_from_db()
    assert (group.state, group.reached_size) == (GroupState.CONFIRMED, 5)
    assert set(refunds_of(group).values()) == {5391 - 4193}


def test_a_ladder_at_its_first_step_has_filled_and_sends_nothing_back(deliver_outbox):
    group = make_group(ladder_product())
    join(group)
    held, _unpaid = hold(group)
    let_pass(group)

    expire_due_groups(now=this_moment())
    deliver_outbox()

    group.refresh_from_db()
    held.refresh_from_db()
    assert (group.state, group.reached_size, group.seats_taken) == (GroupState.CONFIRMED, 2, 2)
    assert held.state == SeatState.RELEASED
    assert not Refund.objects.exists()


def test_a_ladder_below_its_first_step_expires_like_any_group(deliver_outbox):
    group = make_group(ladder_product())
    let_pass(group)

    expire_due_groups(now=this_moment())
    deliver_outbox()

    group.refresh_from_db()
    assert group.state == GroupState.REFUNDING
    assert refunds_of(group) == {1: Order.objects.get().total_minor}


def test_who_leaves_before_the_close_lowers_the_step(deliver_outbox):
    group = make_group(ladder_product())
    join(group)
    leaver = join(group)
    leave_group(group_id=group.id, buyer_id=leaver.order.buyer_id, idempotency_key=new_id(), now=this_moment())
    let_pass(group)

    expire_due_groups(now=this_moment())
    deliver_outbox()

    group.refresh_from_db()
    assert group.reached_size == 2
    assert refunds_of(group) == {1: 0, 2: 0, 3: leaver.order.total_minor}


def test_after_the_close_nothing_is_priced_again(deliver_outbox):
    group = make_group(ladder_product())
    other = join(group)
    join(group)
    let_pass(group)
    expire_due_groups(now=this_moment())
    deliver_outbox()

    cancel_paid_orders(order_ids=[other.order.id], reason="left", cause="after sale", now=this_moment())
    deliver_outbox()

    group.refresh_from_db()
    assert group.reached_size == 3
    assert refunds_of(group) == {1: 599, 2: other.order.total_minor, 3: 599}


def test_the_difference_of_a_seat_goes_back_once():
    group = make_group(ladder_product())
    join(group)
    join(group)
    let_pass(group)
    expire_due_groups(now=this_moment())
    seat = Seat.objects.get(group=group, number=2)

    first = return_difference(seat_id=seat.id, now=this_moment())
    again = return_difference(seat_id=seat.id, now=this_moment())

    assert (first, again) == (True, False)
    assert Refund.objects.filter(order=seat.order).count() == 1
    assert OrderLine.objects.get(order=seat.order).refunded_minor == 599


def test_two_pieces_get_twice_the_difference(deliver_outbox):
    group = make_group(ladder_product())
    join(group, quantity=2)
    join(group)
    let_pass(group)

    expire_due_groups(now=this_moment())
    deliver_outbox()

    assert refunds_of(group) == {1: 599, 2: 1198, 3: 599}


def test_the_page_of_a_group_hears_that_the_difference_has_come_back(deliver_outbox, monkeypatch):
    group = make_group(ladder_product())
    join(group)
    join(group)
    let_pass(group)
    expire_due_groups(now=this_moment())
    deliver_outbox()
    told = []
    monkeypatch.setattr(handlers, "publish", lambda topic, payload: told.append(topic))

    for refund in Refund.objects.all():
        settle_refund(refund_id=refund.id, now=this_moment())
    deliver_outbox()

    assert f"group:{group.id}" in told


def test_points_follow_the_final_price(deliver_outbox):
    group = make_group(ladder_product())
    join(group)
    join(group)
    let_pass(group)
    expire_due_groups(now=this_moment())
    deliver_outbox()

    for refund in Refund.objects.all():
        settle_refund(refund_id=refund.id, now=this_moment())
    deliver_outbox()

    lots = PointLot.objects.filter(source_type="order")
    assert {lot.earned for lot in lots} == {53}
    assert {lot.remaining for lot in lots} == {47}


def test_of_the_budget_only_the_reached_price_is_spent(deliver_outbox):
    product = ladder_product(campaign={"budget_minor": 100_000})
    group = make_group(product)
    join(group)
    join(group)
    lowest = 3 * (5990 - 4193)
    assert Campaign.objects.get(pk=group.campaign_id).spent_minor == lowest
    let_pass(group)

    expire_due_groups(now=this_moment())
    deliver_outbox()

    campaign = Campaign.objects.get(pk=group.campaign_id)
    assert (campaign.spent_minor, campaign.reserved_minor) == (3 * (5990 - 4792), 0)
    assert set(GroupOrder.objects.values_list("discount_minor", flat=True)) == {5990 - 4792}


@pytest.mark.parametrize(
    "ladder",
    [
        [{"size": 3, "discountBps": 1000}],
        [{"size": 3, "discountBps": 1000}, {"size": 3, "discountBps": 2000}],
        [{"size": 5, "discountBps": 1000}, {"size": 3, "discountBps": 2000}],
        [{"size": 2, "discountBps": 2000}, {"size": 3, "discountBps": 1000}],
        [{"size": 2, "discountBps": 2000}, {"size": 3, "priceMinor": 1000}],
        [{"size": 2, "discountBps": 2000}, {"size": 3, "discountBps": 12000}],
        [{"size": 2}, {"size": 3}],
        [{"size": "2", "discountBps": 1000}, {"size": 3, "discountBps": 2000}],
        [None, None],
        "steps",
        [{"size": 2, "priceMinor": 5990}, {"size": 3, "priceMinor": 4000}],
    ],
)
def test_a_ladder_that_is_not_sound_starts_nothing(ladder):
    with pytest.raises(CampaignNotReady) as refused:
        ladder_product(ladder)

    assert {str(each["field"]).split(".")[-1] for each in refused.value.problems} <= {"ladder", "priceMinor"}
    assert not Group.objects.exists()


def test_steps_and_a_size_at_once_are_refused():
    with pytest.raises(CampaignNotReady):
        make_offered_product(ladder=LADDER)

    assert not Order.objects.exists()
