"""What the merchandising desk of the demo did: brands, shelves in shelves, data sheets, reports, prices over time."""

import dataclasses
import io
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.catalogue.actions import (
    answer_report,
    carry_over_content,
    change_price,
    create_category,
    decide_revision,
    define_attribute,
    report_information,
    save_brand,
    save_revision,
    store_file,
    submit_revision,
)
from backend.catalogue.models import Category, Product
from backend.catalogue.rules import NewChoice
from backend.catalogue.selectors.content import current_content
from backend.config.demo.films import film_of
from backend.config.demo.laboratory import stool_model, test_report
from backend.config.demo.play import Play
from backend.config.demo.sheets import ATTRIBUTES, BRANDS, LEVELS, REPORTED, SHEETS, TESTED, TRIED_ON
from backend.core.videos.making import make_due_videos

UP_DAYS, DOWN_DAYS = 75, 16
RAISED = ("wool-socks", "longjing-tea", "mechanical-keyboard", "yoga-mat", "iron-pan", "cotton-towels", "nut-daily")
MODELLED = "beech-stool"
FILMED: dict[str, tuple[str, str, str]] = {
    "cloud-runner": ("鞋面、鞋底和侧面", "鞋面、鞋底和側面", "Upper, sole and side"),
    "teal-pendant-lamp": ("灯罩近看", "燈罩近看", "The shade up close"),
    "blue-armchair": ("扶手椅近看", "扶手椅近看", "The armchair up close"),
}
WAITING, CHECKED = "honey-linden", "amino-cleanser"


def texts(words: tuple[str, str, str]) -> dict[str, str]:
    """A text in the three languages of the shop."""
    return dict(zip(("zh-Hans", "zh-Hant", "en"), words, strict=True))


@dataclasses.dataclass(frozen=True)
class Furnished:
    """A shelf with the shelves in it, and the brand whose goods stand there."""

    category_id: UUID
    places: Mapping[str, UUID]
    brand_id: UUID | None

    def place_of(self, slug: str) -> UUID:
        """On which shelf a product stands."""
        return self.places.get(slug, self.category_id)


def furnish(category: Category, *, now: datetime) -> Furnished:
    """Put shelves into a shelf, say what is stated there, and write down who makes its goods."""
    made = {category.slug: category}
    places: dict[str, UUID] = {}
    for parent, slug, words, members in LEVELS:
        if parent == category.slug:
            made[slug] = create_category(
                slug=slug,
                name=texts(words),
                picture_id=category.picture_id,
                parent_id=category.id,
                position=len(made),
                try_on=TRIED_ON.get(slug),
                now=now,
            )
            places.update(dict.fromkeys(members, made[slug].id))
    for place, (shelf, key, kind, words, unit, choices) in enumerate(ATTRIBUTES):
        if shelf in made:
            define_attribute(
                category_id=made[shelf].id,
                key=key,
                name=texts(words),
                type=kind,
                unit=unit,
                choices=[NewChoice(key=choice, label=texts(label)) for choice, label in choices],
                position=place,
                now=now,
            )
    brand = next(((slug, words) for slug, (words, shelf) in BRANDS.items() if shelf == category.slug), None)
    brand_id = save_brand(slug=brand[0], name=texts(brand[1]), now=now).id if brand else None
    return Furnished(category.id, places, brand_id)


def dress_shelves(*, products: Mapping[str, Product], now: datetime) -> None:
    """Give goods their data sheets, test reports and a model."""
    since = now - timedelta(days=95)
    for slug, product in products.items():
        changes = _changes(slug, product, now=now)
        if changes:
            carry_over_content(product_id=product.id, changes=changes, now=since)


def plan_prices(*, play: Play, products: Mapping[str, Product], now: datetime) -> None:
    """Ask a little more for some goods for two months, and the old price again since a fortnight."""
    for slug in RAISED:
        for variant in products[slug].variants.all():
            play.plan(now - timedelta(days=UP_DAYS), _asking(variant.id, variant.price_minor * 108 // 1000 * 10))
            play.plan(now - timedelta(days=DOWN_DAYS), _asking(variant.id, variant.price_minor))


def plan_desk(
    *, play: Play, products: Mapping[str, Product], growth: User, admin: User, shoppers: list[User], now: datetime
) -> None:
    """Hand two revisions in, one of them checked once; have shoppers say what is wrong, and answer one of them."""
    play.plan(now - timedelta(days=2), lambda at: _hand_in(products[WAITING], by=admin, at=at))
    play.plan(now - timedelta(days=3), lambda at: _hand_in(products[CHECKED], by=growth, at=at, checked_by=admin))
    for place, (slug, part, text, answer) in enumerate(REPORTED):
        reporter = shoppers[place % len(shoppers)]
        reporting = _reporting(
            products[slug], part=part, text=text, answer=answer, reporter=reporter, answered_by=growth
        )
        play.plan(now - timedelta(days=6 - place, hours=3), reporting)


def _changes(slug: str, product: Product, *, now: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if slug in SHEETS:
        changes["attributes"] = SHEETS[slug]
    if slug in TESTED:
        changes["reports"] = [_report_file(slug, product, now=now)]
    if slug == MODELLED:
        file = store_file(content=io.BytesIO(stool_model()), owner_id=None, now=now)
        words = texts(("榉木方凳 3D 模型", "櫸木方凳 3D 模型", "The beech stool in 3-D"))
        changes["media"] = [{"file_id": str(file.id), "title": words, "poster_id": None}]
    if slug in FILMED:
        file = store_file(content=io.BytesIO(film_of(product)), owner_id=None, now=now)
        make_due_videos(clock=lambda: now)
        changes["media"] = [{"file_id": str(file.id), "title": texts(FILMED[slug]), "poster_id": None}]
    return changes


def _report_file(slug: str, product: Product, *, now: datetime) -> dict[str, Any]:
    words, issuer, number = TESTED[slug]
    issued_on = (now - timedelta(days=150)).date()
    lines = [
        "Test report (demo)", f"Number: {number}", f"Laboratory: {issuer}", f"Sample: {product.title['en']}",
        f"Tested for: {words[2]}", f"Date: {issued_on.isoformat()}", "Result: within the limits of the standard.",
        "This document belongs to a demo shop and states nothing about a real product.",
    ]  # fmt: skip
    file = store_file(content=io.BytesIO(test_report(lines=lines)), owner_id=None, now=now)
    return {
        "file_id": str(file.id),
        "title": texts(words),
        "issuer": issuer,
        "number": number,
        "issued_on": issued_on.isoformat(),
        "valid_until": (now + timedelta(days=215)).date().isoformat(),
    }


def _asking(variant_id: UUID, price_minor: int) -> Any:
    return lambda at: change_price(variant_id=variant_id, price_minor=price_minor, now=at)


def _hand_in(product: Product, *, by: User, at: datetime, checked_by: User | None = None) -> None:
    content = current_content(product.id)
    words = texts(
        ("新一批到店，批次与日期见瓶身", "新一批到店，批次與日期見瓶身", "A new batch; number and date on the bottle")
    )
    content["subtitle"] = words
    content["facts"] = [
        *content["facts"],
        {
            "name": texts(("保质期", "保存期限", "Keeps")),
            "value": texts(("24 个月", "24 個月", "24 months")),
        },
    ]
    revision = save_revision(product_id=product.id, content=content, author_id=by.id, now=at)
    submit_revision(revision_id=revision.id, author_id=by.id, now=at)
    if checked_by is not None:
        decide_revision(
            revision_id=revision.id, seen_state="FIRST_CHECK", decider_id=checked_by.id, verdict="APPROVED", now=at
        )


def _reporting(
    product: Product, *, part: str, text: str, answer: str, reporter: User, answered_by: User
) -> Callable[[datetime], None]:
    def report(at: datetime) -> None:
        told = report_information(product_id=product.id, reporter_id=reporter.id, part=part, text=text, now=at)
        if answer:
            answer_report(report_id=told.id, answered_by=answered_by.id, was_right=True, answer=answer, now=at)

    return report
