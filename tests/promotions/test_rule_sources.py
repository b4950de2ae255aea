"""Line promotions, full reductions and gifts in real orders: offered, counted, given back."""

from datetime import timedelta

import pytest

from backend.checkout.actions import cancel_order, close_order
from backend.checkout.models import OrderAdjustment
from backend.checkout.rules import NOT_PAID
from backend.core.ids import new_id
from backend.inventory.models import StockItem
from backend.orders.models import OrderLine
from backend.promotions.actions import pause_campaign
from backend.promotions.errors import BudgetExhausted, OfferTaken
from backend.promotions.models import Campaign, PromotionUse, UseState
from backend.promotions.selectors import price_basket
from backend.promotions.selectors.places import lines_of
from tests.factories.catalogue import make_category, make_product, make_variant
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay
from tests.factories.promotions import (
    gift_rule,
    line_rule,
    make_running_campaign,
    reduction_rule,
    this_moment,
    three_for_two,
)

pytestmark = pytest.mark.django_db


def price_of(*wanted, buyer=None):
    now = this_moment()
    quantities = {variant.pk: quantity for variant, quantity in wanted}
    return price_basket(lines=lines_of(quantities), choices={}, buyer_id=buyer and buyer.pk, now=now)


def taken(priced):
    return [(each.kind, each.amount_minor) for each in priced.adjustments]


def counts(campaign):
    return Campaign.objects.values_list("reserved_minor", "spent_minor", "reserved_count", "spent_count").get(
        pk=campaign.pk
    )


def test_each_layer_sees_what_the_earlier_one_left():
    make_running_campaign([line_rule(), reduction_rule((9_000, 1_000))])
    variant = make_variant(price_minor=6_000)

    assert taken(price_of((variant, 2))) == [("line_promotion", 3_000), ("full_reduction", 1_000)]
    cheaper = make_variant(price_minor=5_900)
    assert taken(price_of((cheaper, 2))) == [("line_promotion", 2_950)], "88.50 are left, too few for the reduction"


def test_of_two_reductions_of_one_class_the_better_one_is_taken():
    make_running_campaign([reduction_rule((5_000, 1_000)), reduction_rule((5_000, 1_200))])
    assert taken(price_of((make_variant(price_minor=6_000), 1))) == [("full_reduction", 1_200)]


def test_reductions_of_different_classes_work_together():
    make_running_campaign([reduction_rule((5_000, 1_000)), reduction_rule((5_000, 500), stackClass="platform")])
    assert sorted(taken(price_of((make_variant(price_minor=6_000), 1)))) == [
        ("full_reduction", 500),
        ("full_reduction", 1_000),
    ]


def test_all_discounts_together_stay_within_the_guard():
    make_running_campaign([line_rule(offBps=10_000), reduction_rule((1_000, 1_000), maxTotalDiscountBps=6_000)])
    priced = price_of((make_variant(price_minor=1_000), 2))
    assert priced.discount_minor == 1_200
    assert priced.total_minor - priced.shipping_minor == 800


def test_a_shelf_and_a_brand_bound_what_is_meant():
    shelf = make_category()
    inside = make_product(category=shelf, price_minor=6_000)
    outside = make_variant(price_minor=6_000)
    make_running_campaign([reduction_rule((5_000, 1_000), scope={"categoryIds": [str(shelf.pk)]})])

    assert taken(price_of((outside, 1))) == []
    priced = price_of((outside, 1), (inside.variants.get(), 1))
    assert {key: amount for each in priced.adjustments for key, amount in each.per_line.items()} == {
        inside.variants.get().pk: 1_000
    }


def test_a_newcomers_offer_is_for_newcomers():
    make_running_campaign([reduction_rule()], audience={"who": "new"})
    old, variant = make_buyer(now=this_moment()), make_variant(price_minor=6_000)
    placed = make_order(buyer=old, variants=[(variant, 1)], now=this_moment())
    pay(placed, now=this_moment())

    assert taken(price_of((variant, 1), buyer=make_buyer(now=this_moment()))) == [("full_reduction", 1_000)]
    assert taken(price_of((variant, 1), buyer=old)) == []


def test_a_pause_is_obeyed_at_once():
    campaign = make_running_campaign([reduction_rule()])
    variant = make_variant(price_minor=6_000)
    assert taken(price_of((variant, 1)))
    pause_campaign(
        campaign_id=campaign.pk, version=campaign.version, actor_id=campaign.created_by_id, now=this_moment()
    )
    assert not taken(price_of((variant, 1)))


def test_a_use_is_promised_then_spent_then_given_back_once():
    campaign = make_running_campaign([reduction_rule()], budget_minor=10_000, budget_count=5)
    buyer = make_buyer(now=this_moment())
    placed = make_order(buyer=buyer, variants=[(make_variant(price_minor=6_000), 1)], now=this_moment())
    assert counts(campaign) == (1_000, 0, 1, 0)

    pay(placed, now=this_moment())
    assert counts(campaign) == (0, 1_000, 0, 1)

    for _again in range(2):
        cancel = {"order_id": placed.order.id, "buyer_id": buyer.pk, "now": this_moment()}
        if not _again:
            cancel_order(**cancel, idempotency_key=new_id())
    assert counts(campaign) == (0, 0, 0, 0)
    assert PromotionUse.objects.get().state == UseState.RELEASED


def test_an_unpaid_order_gives_its_use_back():
    campaign = make_running_campaign([reduction_rule()], budget_count=1)
    variant = make_variant(price_minor=6_000)
    placed = make_order(variants=[(variant, 1)], now=this_moment())
    assert taken(price_of((variant, 1))) == [], "the last use is promised"

    close_order(order_id=placed.order.id, reason=NOT_PAID, now=this_moment() + timedelta(minutes=20))
    assert counts(campaign) == (0, 0, 0, 0)
    assert taken(price_of((variant, 1))) == [("full_reduction", 1_000)]


def test_the_same_checkout_tried_again_takes_the_use_once():
    campaign = make_running_campaign([reduction_rule()], budget_count=5)
    buyer, key, variant = make_buyer(now=this_moment()), new_id(), make_variant(price_minor=6_000)
    for _again in range(3):
        make_order(buyer=buyer, variants=[(variant, 1)], key=key, now=this_moment())
    assert counts(campaign)[2] == 1
    assert PromotionUse.objects.count() == 1


def test_a_late_payment_finds_its_use_again_or_goes_back():
    campaign = make_running_campaign([reduction_rule()], budget_count=1)
    variant = make_variant(price_minor=6_000)
    late = make_order(variants=[(variant, 1)], now=this_moment())
    close_order(order_id=late.order.id, reason=NOT_PAID, now=this_moment())
    pay(late, now=this_moment())
    assert counts(campaign) == (0, 1_000, 0, 1)

    late.order.refresh_from_db()
    assert late.order.state == "PAID"


def test_one_person_has_it_only_so_often():
    make_running_campaign([reduction_rule(perPerson=1)])
    buyer, variant = make_buyer(now=this_moment()), make_variant(price_minor=6_000, stock=20)
    placed = make_order(buyer=buyer, variants=[(variant, 1)], now=this_moment())
    assert taken(price_of((variant, 1), buyer=buyer)) == []
    assert taken(price_of((variant, 1), buyer=make_buyer(now=this_moment())))
    adjustment = OrderAdjustment.objects.get()
    other = make_order(buyer=buyer, variants=[(variant, 1)], now=this_moment()).order

    from_source = pytest.importorskip("backend.promotions.adjustments").source_of("full_reduction")
    with pytest.raises(OfferTaken):
        from_source.commit(order=other, adjustment=adjustment, now=this_moment())
    assert PromotionUse.objects.get().order_id == placed.order.id


def test_the_budget_decides_at_the_last_moment(monkeypatch):
    campaign = make_running_campaign([reduction_rule()], budget_minor=1_500)
    variant = make_variant(price_minor=6_000)
    make_order(variants=[(variant, 1)], now=this_moment())
    monkeypatch.setattr("backend.promotions.actions.rule_sources.can_afford", lambda campaign, amount: True)
    with pytest.raises(BudgetExhausted):
        make_order(variants=[(variant, 1)], now=this_moment())
    assert counts(campaign)[0] == 1_000


def test_a_gift_is_a_line_that_costs_nothing_and_takes_its_piece():
    toy = make_variant(price_minor=900, stock=3)
    make_running_campaign([gift_rule(toy)])
    placed = make_order(variants=[(make_variant(price_minor=6_000), 1)], now=this_moment())

    gift = OrderLine.objects.get(order=placed.order, is_gift=True)
    assert (gift.variant_id, gift.quantity, gift.total_minor, gift.discount_minor) == (toy.pk, 1, 0, 900)
    assert StockItem.objects.get(variant_id=toy.pk).reserved == 1


def test_a_gift_that_ran_out_is_replaced_by_the_one_that_stands_in():
    gone, other = make_variant(price_minor=900, stock=0), make_variant(price_minor=700, stock=3)
    make_running_campaign([gift_rule(gone, other)])
    priced = price_of((make_variant(price_minor=6_000), 1))
    assert [line.variant_id for line in priced.lines if line.is_gift] == [other.pk]


def test_the_last_piece_is_sold_rather_than_given():
    variant = make_variant(price_minor=6_000, stock=2)
    make_running_campaign([gift_rule(variant)])
    assert any(line.is_gift for line in price_of((variant, 1)).lines)
    assert not any(line.is_gift for line in price_of((variant, 2)).lines)


def test_a_bought_piece_and_a_given_one_are_counted_together():
    variant = make_variant(price_minor=6_000, stock=2)
    make_running_campaign([gift_rule(variant)])
    placed = make_order(variants=[(variant, 1)], now=this_moment())
    assert OrderLine.objects.filter(order=placed.order).count() == 2
    assert StockItem.objects.get(variant_id=variant.pk).reserved == 2


def test_a_gift_falls_away_below_its_amount():
    make_running_campaign([gift_rule(make_variant(stock=3)), three_for_two()])
    cheap = make_variant(price_minor=2_000)
    assert [kind for kind, _amount in taken(price_of((cheap, 3)))] == ["line_promotion"], "40.00 are left"
