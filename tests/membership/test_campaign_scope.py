"""A campaign that multiplies points of chosen goods: each line by its own rate, and refunds by what is left of it."""

import pytest
from django.utils.translation import override

from backend.catalogue.models import Brand, Product
from backend.core.money import Money
from backend.orders.actions import refund_lines
from backend.orders.models import Order, OrderLine
from backend.promotions.actions import RuleDraft
from backend.promotions.models import Campaign
from backend.promotions.ports import rule_kind
from backend.promotions.selectors import facts_of
from membership import actions, rules, selectors
from membership.models import OrderBenefits, PointLot
from membership.wording import why_made
from tests.factories.catalogue import NOON, make_variant, texts
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay
from tests.factories.promotions import make_running_campaign

pytestmark = pytest.mark.django_db


def double(scope, **draft):
    rule = RuleDraft(kind="points_multiplier", params={"timesBps": 20_000, "scope": scope})
    return make_running_campaign([rule], now=NOON, **draft)


def bought(*wanted, buyer=None):
    """A paid order of so many pieces of variants, with its points promised."""
    placed = make_order(buyer=buyer or make_buyer("Bob", now=NOON), variants=wanted, now=NOON)
    pay(placed, now=NOON)
    actions.note_benefits(order_id=placed.order.id, now=NOON)
    actions.count_order(order_id=placed.order.id, now=NOON)
    return Order.objects.get(pk=placed.order.id)


def two_goods():
    return make_variant(price_minor=4_000), make_variant(price_minor=1_000)


def lot_of(order):
    return PointLot.objects.get(source_id=order.pk, cause="order")


@pytest.mark.parametrize("kind", ["productIds", "categoryIds", "exceptProductIds"])
def test_only_the_chosen_goods_earn_more(kind):
    tea, cup = two_goods()
    product, other = tea.product, cup.product
    scope = {
        "productIds": {"productIds": [str(product.pk)]},
        "categoryIds": {"categoryIds": [str(product.category_id)], "exceptProductIds": [str(other.pk)]},
        "exceptProductIds": {"exceptProductIds": [str(other.pk)]},
    }[kind]
    double(scope)

    order = bought((tea, 1), (cup, 1))

    assert lot_of(order).earned == 40 * 2 + 10
    assert len(OrderBenefits.objects.get(pk=order.pk).campaign_lines) == 1
    assert selectors.lots_that_disagree() == []


def test_a_brand_is_a_scope_too():
    tea, cup = two_goods()
    brand = Brand.objects.create(slug="yunwu", name=texts("云雾", "雲霧", "Cloud"))
    Product.objects.filter(pk=tea.product_id).update(brand=brand)
    double({"brandIds": [str(brand.pk)]})

    assert lot_of(bought((tea, 1), (cup, 1))).earned == 90


def test_an_order_without_chosen_goods_earns_as_ever_and_costs_no_budget():
    tea, cup = two_goods()
    campaign = double({"productIds": [str(tea.product_id)]}, budget_points=100)

    order = bought((cup, 2))

    assert lot_of(order).earned == 20
    assert OrderBenefits.objects.get(pk=order.pk).campaign_id is None
    assert Campaign.objects.get(pk=campaign.pk).spent_points == 0


def test_the_budget_pays_only_what_is_added():
    tea, cup = two_goods()
    campaign = double({"productIds": [str(tea.product_id)]}, budget_points=60)

    first, second = bought((tea, 1), (cup, 1)), bought((tea, 1), (cup, 1))

    assert (lot_of(first).earned, lot_of(second).earned) == (90, 50)
    assert Campaign.objects.get(pk=campaign.pk).spent_points == 40


def test_of_two_campaigns_the_one_counts_that_adds_most_to_this_order():
    tea, cup = two_goods()
    double({"productIds": [str(cup.product_id)]})
    best = double({"productIds": [str(tea.product_id)]})

    order = bought((tea, 1), (cup, 1))

    assert OrderBenefits.objects.get(pk=order.pk).campaign_id == best.pk
    assert lot_of(order).earned == 90


@pytest.mark.parametrize(("which", "left"), [("tea", 10), ("cup", 80)])
def test_a_refund_takes_the_points_of_its_own_line(which, left):
    tea, cup = two_goods()
    double({"productIds": [str(tea.product_id)]})
    order = bought((tea, 1), (cup, 1))
    variant = {"tea": tea, "cup": cup}[which]
    line = OrderLine.objects.get(order=order, variant=variant)

    refund_lines(order_id=order.pk, pieces=[(line.pk, 1, line.total_minor)], now=NOON)
    actions.reduce_order(order_id=order.pk, refunded=Money(line.total_minor), now=NOON)

    lot = lot_of(order)
    assert lot.earned - lot.reversed == left
    assert selectors.lots_that_disagree() == []


@pytest.mark.parametrize(
    ("raised", "others", "left", "still"),
    [(4_000, 1_000, 5_000, 4_000), (4_000, 1_000, 2_500, 2_000), (4_000, 0, 0, 0), (0, 1_000, 500, 0)],
)
def test_a_refund_that_names_no_line_is_taken_from_all_in_proportion(raised, others, left, still):
    assert rules.raised_after_refund(raised_minor=raised, others_minor=others, left=Money(left)) == Money(still)


def test_each_line_says_what_it_earns():
    tea, cup = two_goods()
    double({"productIds": [str(tea.product_id)]})
    order = bought((tea, 1), (cup, 1))

    with override("en"):
        steps = why_made(lot_of(order))

    details = [str(step.detail) for step in steps]
    assert "2 times the points on chosen goods" in details
    assert details[-3:] == [
        "¥40.00 × 2 points",
        "¥10.00 × 1 points",
        "All lines together: 90 points, rounded down once",
    ]


def test_the_kind_names_its_goods_and_refuses_what_is_no_scope():
    tea, _cup = two_goods()
    campaign = double({"productIds": [str(tea.product_id)]})
    kind = rule_kind("points_multiplier")
    params = {"timesBps": 15_000, "scope": {"productIds": [str(tea.product_id)]}}

    assert kind.describe(params, "en") == "1.5 times the points on chosen goods"
    assert kind.preview(params, facts_of(campaign), NOON)["productIds"] == [str(tea.product_id)]
    assert [each.field for each in kind.validate({"timesBps": 15_000, "scope": {"productIds": ["?"]}})] == ["scope"]
