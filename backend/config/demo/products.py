"""Shelves, products, stock, banners and hot searches of the demo."""

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from backend.catalogue.actions import (
    create_category,
    create_product,
    publish_product,
    put_up_banner,
    set_opening_figures,
)
from backend.catalogue.models import Product
from backend.config.demo.merchandise import Furnished, furnish
from backend.config.demo.shelf import Good, Shelf
from backend.inventory.actions import stock_up
from backend.search.actions.indexing import index_everything

PROMISES = {
    "fresh": ("坏果包赔", "壞果包賠", "Bad fruit refunded"),
    "cold": ("冷链配送", "冷鏈配送", "Shipped chilled"),
    "pot": ("坏一盆赔一盆", "壞一盆賠一盆", "Broken pots replaced"),
    "day7": ("7 天无理由退货", "7 天鑑賞期", "Seven days to return"),
    "h24": ("24 小时发货", "24 小時出貨", "Ships within 24 hours"),
    "h48": ("48 小时发货", "48 小時出貨", "Ships within 48 hours"),
    "test": ("附检测报告", "附檢驗報告", "Test report enclosed"),
    "size": ("首次换码免运费", "首次換尺寸免運費", "First size exchange free"),
    "year1": ("一年质保", "一年保固", "One-year warranty"),
    "year2": ("两年质保", "兩年保固", "Two-year warranty"),
    "allergy": ("过敏包退", "過敏可退", "Refund if it irritates"),
    "best": ("保质期过半不发", "效期過半不出貨", "Never past half its shelf life"),
    "spare": ("缺件补寄", "缺件補寄", "Missing parts sent"),
    "trial": ("不吃可退", "不吃可退", "Refund if your pet refuses it"),
}
BANNERS = (
    (
        "🪴+🌷+🌿 sand",
        "/c/plants",
        (
            "阳台小花园\n一起买，刚刚好",
            "陽臺小花園\n一起買，剛剛好",
            "A garden for the balcony,\nbetter bought together",
        ),
        ("绿植拼团，坏一盆赔一盆", "綠植拼團，壞一盆賠一盆", "Plants for groups; a broken pot is replaced"),
        ("去逛逛", "去逛逛", "Have a look"),
        12,
    ),
    (
        "🍓+🍊+🥝 rose",
        "/c/fruit",
        ("当季水果\n产地早上摘", "當季水果\n產地早上摘", "Fruit of the season,\npicked this morning"),
        ("坏果拍照就赔", "壞果拍照就賠", "A photo of a bad one is enough"),
        ("看看有什么", "看看有什麼", "See what is ripe"),
        None,
    ),
    (
        "☕+🍫+🥜 peach",
        "/c/snacks",
        ("下午四点\n泡一杯慢的", "下午四點\n泡一杯慢的", "Four o'clock:\nbrew a slow one"),
        ("挂耳咖啡和家常点心", "濾掛咖啡和家常點心", "Drip coffee and plain biscuits"),
        ("去挑一包", "去挑一包", "Choose a bag"),
        None,
    ),
)
HOT_SEARCHES = (
    ("丹东草莓", "丹東草莓", "strawberries"),
    ("羊毛中筒袜", "羊毛中筒襪", "wool socks"),
    ("挂耳咖啡", "濾掛咖啡", "drip coffee"),
    ("双人帐篷", "雙人帳篷", "tent"),
    ("氨基酸洁面", "胺基酸洗面乳", "cleanser"),
    ("多肉", "多肉", "succulents"),
    ("猫砂", "貓砂", "cat litter"),
)


def texts(words: tuple[str, str, str]) -> dict[str, str]:
    """A text in the three languages of the shop."""
    return dict(zip(("zh-Hans", "zh-Hant", "en"), words, strict=True))


def recipes_of(shelves: Iterable[Shelf]) -> set[str]:
    """Every picture that the shelves need."""
    return {shelf.recipe for shelf in shelves} | {
        recipe for shelf in shelves for good in shelf.goods for recipe in good.recipes
    }


def fill_shelves(
    *, shelves: Iterable[Shelf], pictures: Mapping[str, UUID], dice: random.Random, now: datetime
) -> dict[str, Product]:
    """Make every category and product with its stock, as they were put up over the past year."""
    made: dict[str, Product] = {}
    for position, shelf in enumerate(shelves):
        opened_at = now - timedelta(days=400 - position)
        category = create_category(
            slug=shelf.slug, name=shelf.name, picture_id=pictures[shelf.recipe], position=position, now=opened_at
        )
        furnished = furnish(category, now=opened_at)
        for good in shelf.goods:
            at = now - timedelta(days=dice.randint(95, 360), minutes=dice.randint(0, 900))
            made[good.slug] = _put_up(good, furnished, pictures=pictures, dice=dice, at=at, now=now)
    index_everything()
    return made


def hang_banners(*, pictures: Mapping[str, UUID], now: datetime) -> None:
    """Put up the themes of the home page."""
    for position, (recipe, path, title, subtitle, action, days) in enumerate(BANNERS):
        put_up_banner(
            title=texts(title),
            subtitle=texts(subtitle),
            action=texts(action),
            path=path,
            picture_id=pictures[recipe],
            starts_at=now - timedelta(days=3),
            ends_at=now + timedelta(days=days) if days else None,
            position=position,
            now=now,
        )


def _put_up(
    good: Good, furnished: Furnished, *, pictures: Mapping[str, UUID], dice: random.Random, at: datetime, now: datetime
) -> Product:
    entry = good.entry
    product = create_product(
        slug=good.slug,
        category_id=furnished.place_of(good.slug),
        brand_id=None if int(entry["sold"]) % 5 == 4 else furnished.brand_id,
        title=entry["title"],
        subtitle=entry["subtitle"],
        description=entry["description"],
        options=good.options(),
        variants=good.variants(),
        picture_ids=[pictures[recipe] for recipe in good.recipes],
        promises=[texts(PROMISES[key]) for key in entry["promises"]],
        facts=entry["facts"],
        now=at,
    )
    publish_product(product_id=product.id, now=at)
    quantities = {variant.pk: dice.choice((36, 80, 140, 300, 600)) for variant in product.variants.all()}
    if len(quantities) > 2 and dice.random() < 0.4:
        quantities[dice.choice(sorted(quantities)[1:])] = dice.choice((0, 3, 7))
    stock_up(quantities=quantities, now=at)
    _open_books(good, product, dice=dice, now=now)
    return product


def _open_books(good: Good, product: Product, *, dice: random.Random, now: datetime) -> None:
    """Carry over what an older shop knew: sales and ratings."""
    ratings = int(good.entry["ratings"])
    set_opening_figures(
        product_id=product.id,
        sold_count=int(good.entry["sold"]),
        rating_total=round(float(good.entry["rating"]) * ratings),
        rating_count=ratings,
        now=now,
    )
