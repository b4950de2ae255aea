"""What becomes of open groups when prices, shelves, campaigns and budgets change around them."""

import pytest

from backend.catalogue.models import Product, ProductState, Variant
from backend.checkout.errors import ProductUnavailable
from backend.orders.models import Order
from backend.promotions.actions import end_campaign
from backend.promotions.errors import BudgetExhausted, CampaignNotReady
from backend.promotions.models import Campaign
from groupbuy.actions import cancel_stopped_groups, expire_due_groups
from groupbuy.errors import GroupClosed, OfferEnded
from groupbuy.models import Group, GroupState, Seat
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product, order_opening
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db

LADDER = [{"size": 2, "discountBps": 1000}, {"size": 3, "discountBps": 2000}]


def end(group, manner):
    """Let the growth team end the campaign of a group."""
    campaign = Campaign.objects.get(pk=group.campaign_id)
    end_campaign(campaign_id=campaign.pk, stop_manner=manner, actor_id=campaign.created_by_id, now=this_moment())


def test_a_price_that_rises_leaves_the_promised_one():
    group = make_group()
    Variant.objects.filter(product=group.product).update(price_minor=7990)

    placed = join(group)

    assert placed.order.total_minor - placed.order.shipping_minor == 4792


def test_a_product_off_the_shelf_is_not_joined_and_its_group_is_refunded(deliver_outbox):
    group = make_group()
    Product.objects.filter(pk=group.product_id).update(state=ProductState.RETIRED)
    orders = Order.objects.count()

    with pytest.raises(ProductUnavailable):
        hold(group)

    assert (Order.objects.count(), Seat.objects.count()) == (orders, 1)
    let_pass(group)
    expire_due_groups(now=this_moment())
    group.refresh_from_db()
    assert group.state == GroupState.EXPIRED


def test_an_ended_offer_opens_nothing_and_lets_what_is_open_finish():
    group = make_group()
    end(group, "LET_FINISH")

    with pytest.raises(OfferEnded):
        order_opening(group.product)

    assert Order.objects.count() == 1
    assert join(group).order.state == "AWAITING_GROUP"


@pytest.mark.parametrize("ladder", [None, LADDER])
def test_a_campaign_that_is_called_off_refunds_even_a_ladder_that_had_enough(deliver_outbox, ladder):
    params = {"ladder": ladder, "size": None, "discountBps": None} if ladder else {}
    group = make_group(make_offered_product(**params))
    join(group)
    end(group, "CANCEL_AND_REFUND")
    orders = Order.objects.count()

    with pytest.raises(GroupClosed):
        hold(group)
    cancel_stopped_groups(now=this_moment())
    deliver_outbox()

    group.refresh_from_db()
    assert (group.state, group.reached_size) == (GroupState.CANCELLED, None)
    assert Order.objects.count() == orders
    assert set(Order.objects.values_list("state", flat=True)) == {"CANCELLED"}


def test_a_budget_that_is_too_small_opens_nothing():
    product = make_offered_product(campaign={"budget_minor": 100})

    with pytest.raises(BudgetExhausted):
        order_opening(product)

    assert not Order.objects.exists()
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    "params",
    [
        {"discountBps": 12_000},
        {"discountBps": 0},
        {"size": 1},
        {"size": 51},
        {"perOrderMax": 0},
        {"perUserQuantity": "3"},
        {"platformSeatMax": 2},
        {"platformSeatMax": -1},
        {"winners": 1, "platformSeatMax": 1},
        {"leaderPoints": -5},
        {"leaderPoints": 10, "leaderSpare": 3},
        {"winners": 1, "leaderPoints": 10},
        {"allowMerge": "yes"},
        {"winners": 1, "allowMerge": True},
        {"allows": ["everything"]},
        {"joiners": "NEW"},
    ],
)
def test_a_rule_that_is_not_sound_starts_nothing(params):
    with pytest.raises(CampaignNotReady):
        make_offered_product(**params)

    assert not Order.objects.exists()
