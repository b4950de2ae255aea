"""A small shop to search in."""

import pytest

from backend.catalogue.models import Product
from backend.search.actions.indexing import index_everything
from tests.factories.catalogue import make_category, make_product, texts


@pytest.fixture
def shop(db) -> dict[str, Product]:
    """Six products on three shelves, indexed; the first of a shelf sells best."""
    fruit, clothes, lamps = (make_category(slug=slug) for slug in ("fruit", "clothes", "lamps"))
    names = {
        "strawberries": (fruit, texts("丹东草莓", "丹東草莓", "Dandong strawberries"), 7900),
        "apples": (fruit, texts("阿克苏苹果", "阿克蘇蘋果", "Aksu apples"), 5500),
        "dress": (clothes, texts("亚麻连衣裙", "亞麻洋裝", "Linen dress"), 22900),
        "scarf": (clothes, texts("羊毛围巾", "羊毛圍巾", "Wool scarf"), 9900),
        "lantern": (lamps, texts("露营灯 暖光", "露營燈 暖光", "Camping lantern"), 7800),
        "pendant": (lamps, texts("铝罩吊灯", "鋁罩吊燈", "Pendant lamp"), 15900),
    }
    made = {
        slug: make_product(slug=slug, category=shelf, title=title, price_minor=price)
        for slug, (shelf, title, price) in names.items()
    }
    for place, product in enumerate(reversed(made.values())):
        Product.objects.filter(pk=product.pk).update(sold_count=100 * (place + 1))
    index_everything()
    return made
