"""What a rule of a flash sale may say, and how it is told."""

import pytest
from django.utils import translation

from backend.core.ids import new_id
from backend.flash.actions.flash_price import FLASH_PRICE
from tests.factories.catalogue import make_product, make_variant
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def items(variant, **changes):
    return {"items": [{"variantId": str(variant.pk), "priceMinor": 100, "quota": 5, **changes}]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": []}, "items"),
        ({"items": "all"}, "items"),
        ({"items": [{"variantId": "x", "priceMinor": 1, "quota": 1}]}, "items"),
        ({"items": [{"variantId": str(new_id()), "priceMinor": 1, "quota": 1}]}, "items"),
        ({"perPerson": 0}, "perPerson"),
        ({"perPerson": True}, "perPerson"),
        ({"earlyAccessHours": {"peach": 25}}, "earlyAccessHours"),
        ({"earlyAccessHours": [1]}, "earlyAccessHours"),
        ({"flagHouseholds": "no"}, "flagHouseholds"),
    ],
)
def test_a_rule_says_what_is_wrong_with_it(changes, field):
    variant = make_variant(price_minor=5990)

    problems = FLASH_PRICE.validate({**items(variant), **changes})

    assert [(problem.severity, problem.field) for problem in problems] == [("error", field)]
    assert FLASH_PRICE.preview({"items": []}, None, this_moment()) == {"productIds": [], "products": []}


@pytest.mark.parametrize("changes", [{"priceMinor": 5990}, {"priceMinor": 0}, {"quota": 0}, {"quota": -1}])
def test_a_rule_refuses_no_price_and_no_pieces(changes):
    variant = make_variant(price_minor=5990)

    assert [problem.severity for problem in FLASH_PRICE.validate(items(variant, **changes))] == ["error"]


def test_a_rule_refuses_a_kind_twice_and_what_is_not_on_the_shelf():
    variant = make_variant()
    hidden = make_product(published=False).variants.get()
    twice = {"items": items(variant)["items"] * 2}

    assert FLASH_PRICE.validate(twice)[0].severity == "error"
    assert FLASH_PRICE.validate(items(hidden))[0].severity == "error"


def test_a_rule_warns_of_missing_stock_and_is_told_in_three_languages():
    variant = make_variant(stock=3)
    params = {**items(variant), "earlyAccessHours": {"peach": 2}}

    assert [problem.severity for problem in FLASH_PRICE.validate(params)] == ["warning"]
    with translation.override("en"):
        said = [FLASH_PRICE.describe(params, locale) for locale in ("zh-Hans", "zh-Hant", "en")]
    assert said == [
        "1 款，¥1 起，共 5 件，每人限 1 件；会员最早可提前 2 小时",
        "1 款，¥1 起，共 5 件，每人限 1 件；會員最早可提前 2 小時",
        "1 kinds from ¥1, 5 pieces, 1 per person; members may begin up to 2 hours earlier",
    ]
    assert FLASH_PRICE.preview(params, None, this_moment())["products"][0]["singlePriceMinor"] == variant.price_minor
