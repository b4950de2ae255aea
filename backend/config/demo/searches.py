"""What people searched for lately: enough for hot words, one person's history, a few wishes that found nothing, and
what was opened, from which the order learns."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from backend.catalogue.models import Product
from backend.config.demo.posts import person_named
from backend.search.actions.hot import choose_hot_words
from backend.search.actions.learning import learn_order
from backend.search.actions.placing import open_placement
from backend.search.actions.remembering import note_opening, note_search

# In each language: the words, and by how many people. Fewer than five people make nothing hot.
SEARCHED = {
    "zh-Hans": {
        "丹东草莓": 8, "羊毛袜": 8, "挂耳咖啡": 7, "双人帐篷": 7, "洗面奶": 6, "多肉": 6, "猫砂": 5, "瑜伽垫": 5,
        "100元以下的灯": 3, "送妈妈的生日礼物": 2, "榴莲": 4, "投影仪": 3,
    },
    "zh-Hant": {"丹東草莓": 6, "洋裝": 6, "藍芽耳機": 5, "洗面乳": 5, "氣炸鍋": 2},
    "en": {"strawberries": 6, "wool socks": 6, "drip coffee": 5, "tent": 5, "projector": 2},
}  # fmt: skip
# What visitors opened from these searches; enough of them that the order learns.
OPENED = {
    "灯": {"desk-lamp-clamp": 7, "night-light": 3, "teal-pendant-lamp": 1},
    "玩具": {"wooden-train": 6, "building-blocks": 2},
}
# What visitors gave up on, for what they searched next, what they opened, and how many of them did.
TURNED = (("脱皮护理", "护手霜", "hand-cream-set", 7), ("围巾", "羊毛袜", "wool-socks", 6))
# What the shop has placed among the finds: the product, for which words, for how many days, for how many openings.
PLACED = (("aloe-white-pot", ["绿植", "plants"], 30, 500), ("dark-chocolate", ["零食", "snacks"], 14, None))
PLACED_BY = "周策"
KEPT_BY = "阿梨"
KEPT = (
    ("多肉", "succulent-yard"),
    ("挂耳咖啡", "yunnan-drip-coffee"),
    ("羊毛围巾", "knit-scarf"),
    ("送妈妈的生日礼物", "red-orchid"),
)


def search_for_things(*, dice: random.Random, now: datetime) -> None:
    """Have visitors search during the last six days, and one person whose history is kept."""
    products = dict(Product.objects.values_list("slug", "pk"))
    for locale, searched in SEARCHED.items():
        for words, people in searched.items():
            for visitor in range(people):
                at = now - timedelta(minutes=dice.randint(30, 6 * 24 * 60))
                note_search(words=words, locale=locale, person_id=None, visitor=f"demo-{locale}-{visitor}", now=at)
    _keep_history(person_named(KEPT_BY), products, now=now)
    _open_finds(products, dice=dice, now=now)
    _turn_to_other_words(products, now=now)
    _place_among_finds(products, now=now)
    choose_hot_words(now=now)
    learn_order(now=now)


def _open_finds(products: dict[str, UUID], *, dice: random.Random, now: datetime) -> None:
    for words, opened in OPENED.items():
        slugs = [slug for slug, people in opened.items() for _ in range(people)]
        for visitor, slug in enumerate(slugs):
            at = now - timedelta(minutes=dice.randint(30, 5 * 24 * 60))
            somebody = f"demo-opens-{visitor}"
            note_search(words=words, locale="zh-Hans", person_id=None, visitor=somebody, now=at)
            note_opening(words=words, product_id=products[slug], person_id=None, visitor=somebody, now=at)


def _turn_to_other_words(products: dict[str, UUID], *, now: datetime) -> None:
    for words, meant, slug, people in TURNED:
        for visitor in range(people):
            at = now - timedelta(hours=3, minutes=7 * visitor)
            then, somebody = at + timedelta(minutes=1), f"demo-turns-{visitor}"
            note_search(words=words, locale="zh-Hans", person_id=None, visitor=somebody, now=at)
            note_search(words=meant, locale="zh-Hans", person_id=None, visitor=somebody, now=then)
            note_opening(words=meant, product_id=products[slug], person_id=None, visitor=somebody, now=then)


def _place_among_finds(products: dict[str, UUID], *, now: datetime) -> None:
    grower = person_named(PLACED_BY)
    for slug, words, days, limit in PLACED:
        open_placement(
            product_id=products[slug],
            words=words,
            category_slug=None,
            starts_at=now,
            ends_at=now + timedelta(days=days),
            openings_limit=limit,
            actor_id=grower,
            now=now,
        )


def _keep_history(person_id: UUID, products: dict[str, UUID], *, now: datetime) -> None:
    for hours, (words, slug) in enumerate(reversed(KEPT), 1):
        at = now - timedelta(hours=3 * len(KEPT) - 2 * hours)
        note_search(words=words, locale="zh-Hans", person_id=person_id, visitor=None, now=at)
        note_opening(words=words, product_id=products[slug], person_id=person_id, visitor=None, now=at)
