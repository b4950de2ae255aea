"""A group that does not fill is refunded by itself; a stopped one too."""

import pytest

from backend.core.outbox.models import OutboxEvent
from backend.ledger.selectors import conservation
from backend.orders.models import OrderState
from backend.payments.actions import settle_refund
from backend.payments.models import Refund
from backend.promotions.actions import end_campaign, pause_campaign
from backend.promotions.models import Campaign
from groupbuy.actions import cancel_stopped_groups, expire_due_groups
from groupbuy.errors import GroupClosed, OfferEnded
from groupbuy.models import Group, GroupState, Seat, SeatState
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product, order_opening
from tests.factories.payments import pay
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def stop(group, manner="CANCEL_AND_REFUND"):
    """End the campaign of a group."""
    campaign = Campaign.objects.get(pk=group.campaign_id)
    return end_campaign(campaign_id=campaign.id, stop_manner=manner, actor_id=campaign.created_by_id, now=this_moment())


def test_every_paid_seat_gets_one_refund_in_the_same_transaction():
    group = make_group(size=4)
    placed = join(group)
    held, _unpaid = hold(group)
    let_pass(group)

    assert expire_due_groups(now=this_moment()) == 1

    group.refresh_from_db()
    placed.order.refresh_from_db()
    held.refresh_from_db()
    assert group.state == GroupState.EXPIRED
    assert Refund.objects.count() == 2
    assert placed.order.state == OrderState.CANCELLED
    assert held.state == SeatState.RELEASED
    assert conservation()["difference"] == 0


def test_a_second_sweep_finds_nothing():
    group = make_group()
    let_pass(group)
    expire_due_groups(now=this_moment())

    assert expire_due_groups(now=this_moment()) == 0

    assert Refund.objects.count() == 1
    assert OutboxEvent.objects.filter(name="GroupExpired").count() == 1


def test_a_group_has_failed_only_when_every_refund_has_arrived(deliver_outbox):
    group = make_group()
    join(group)
    let_pass(group)
    expire_due_groups(now=this_moment())
    deliver_outbox()
    first, second = Refund.objects.order_by("pk")

    settle_refund(refund_id=first.id, now=this_moment())
    deliver_outbox()
    group.refresh_from_db()
    assert group.state == GroupState.REFUNDING

    settle_refund(refund_id=second.id, now=this_moment())
    deliver_outbox()
    group.refresh_from_db()
    assert group.state == GroupState.FAILED
    assert set(Seat.objects.values_list("state", flat=True)) == {SeatState.REFUNDED}
    assert conservation()["difference"] == 0


def test_a_stopped_campaign_refunds_its_forming_groups_and_leaves_full_ones_alone():
    product = make_offered_product(size=2)
    full = make_group(product)
    join(full)
    forming = make_group(product)
    stop(forming)

    assert cancel_stopped_groups(now=this_moment()) == 1

    full.refresh_from_db()
    forming.refresh_from_db()
    assert (full.state, forming.state) == (GroupState.FILLED, GroupState.CANCELLED)
    assert Refund.objects.count() == 1


def test_an_ended_campaign_may_let_its_groups_finish():
    group = make_group(size=2)
    stop(group, manner="LET_FINISH")

    join(group)

    group.refresh_from_db()
    assert group.state == GroupState.FILLED
    with pytest.raises(OfferEnded):
        order_opening(group.product)


def test_nobody_joins_a_group_of_a_stopped_campaign():
    group = make_group()
    stop(group)

    with pytest.raises(GroupClosed):
        hold(group)

    assert Seat.objects.count() == 1


def test_a_pause_is_obeyed_by_the_next_order_and_kept_promises_stay():
    product = make_offered_product()
    placed = order_opening(product)
    campaign = Campaign.objects.get(pk=placed.order.campaign_id)
    pause_campaign(
        campaign_id=campaign.id, version=campaign.version, actor_id=campaign.created_by_id, now=this_moment()
    )

    with pytest.raises(OfferEnded):
        order_opening(product)

    pay(placed, now=this_moment())
    assert Group.objects.get().state == GroupState.FORMING
