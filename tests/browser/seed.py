"""A small shop for the browser tests, made by the shop's own actions: `python -m tests.browser.seed`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import django

django.setup()

from django.conf import settings

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.config.demo import people, pictures, posts, products
from backend.config.demo.composing import Kitchen
from backend.config.demo.packages import open_kitchen
from backend.config.demo.shelf import Shelf, read_shelves
from backend.core.ids import new_id
from backend.core.outbox import deliver_pending
from backend.core.pictures.storing import store_picture
from backend.payments.actions import grant_store_credit
from backend.promotions.actions import RuleDraft
from community.forum.actions import add_comment, create_post
from tests.browser.cast import ALONE, COFFEE, DRAWN, FOUND, PAIR, RETURNED, SLOW, STEPS, TINTED
from tests.factories.contests import contest_rule
from tests.factories.groupbuy import join, make_group
from tests.factories.membership import make_mall_coupon
from tests.factories.promotions import group_rule, make_running_campaign, this_moment


def main() -> None:
    """Fill the shop."""
    now = this_moment()
    dice = random.Random(7)
    kitchen = open_kitchen(settings.FRONTEND_MODULES)
    shelves = short_shelves()
    stored = pictures.store_all(
        kitchen=kitchen,
        recipes=products.recipes_of(shelves) | posts.recipes_of_topics(),
        banners=[recipe for recipe, *_ in products.BANNERS[:1]],
        now=now,
    )
    pictures.store_faces(kitchen=kitchen)
    made = products.fill_shelves(shelves=shelves, pictures=stored, dice=dice, now=now)
    posts.open_topics(pictures=stored)
    cast = people.invite_people(dice=dice, now=now).accounts
    run_campaigns(made, now=now)
    deliver_everything()
    make_mall_coupon(points=2, now=now)
    thanks = {"zh-Hans": "谢谢你", "zh-Hant": "謝謝你", "en": "Thank you"}
    ali = cast["ali"].id
    grant_store_credit(user_id=ali, amount_minor=100_000, reason=thanks, source=("seed", ali), now=now)
    make_group(made[COFFEE], leader=cast["chen"], now=now)
    for slug in (STEPS, DRAWN):
        join(make_group(made[slug], leader=cast["chen"], now=now), buyer=cast["xiaoman"], now=now)
    talk(cast["chen"], cast["xiaoman"], product=made[COFFEE], kitchen=kitchen, now=now)
    deliver_everything()


def short_shelves() -> list[Shelf]:
    """Every shelf with one product: the one that a test is about, where there is one."""
    wanted = {PAIR, SLOW, ALONE, COFFEE, RETURNED, FOUND, STEPS, DRAWN, TINTED}
    short = []
    for shelf in read_shelves():
        chosen = [good for good in shelf.goods if good.slug in wanted] or shelf.goods[:1]
        short.append(replace(shelf, goods=chosen))
    return short


def run_campaigns(made: dict[str, Product], *, now: datetime) -> None:
    """Two for a pair, three for what will not fill in time, nothing yet for the product of the growth team."""
    pair = [product for slug, product in made.items() if slug not in {SLOW, ALONE, STEPS, DRAWN}]
    make_running_campaign([group_rule(pair, size=2)], now=now)
    make_running_campaign([group_rule([made[SLOW]], size=3, ttlHours=1)], now=now)
    steps = [{"size": 2, "discountBps": 1000}, {"size": 3, "discountBps": 2000}]
    make_running_campaign([group_rule([made[STEPS]], size=None, discountBps=None, ladder=steps)], now=now)
    draw = {"size": 3, "discountBps": 9000, "winners": 1, "consolationPoints": 30}
    make_running_campaign([group_rule([made[DRAWN]], **draw)], now=now)
    reward = {"inviterPoints": 300, "inviteePoints": 200, "windowDays": 30}
    make_running_campaign([RuleDraft(kind="invite_reward", params=reward)], now=now)
    make_running_campaign([contest_rule(topic="unboxing")], now=now, budget_points=1_000)


def talk(author: User, other: User, *, product: Product, kitchen: Kitchen, now: datetime) -> None:
    """A post that is there already."""
    post = create_post(
        author_id=author.id,
        topic="kitchen-table",
        title="挂耳咖啡喝到第三盒",
        body="中烘的最稳，早上一包刚好。水别太烫，九十二度。",
        picture_ids=own_pictures(author, ["☕+🫘 peach"], kitchen, now=now),
        product_id=product.id,
        idempotency_key=new_id(),
        now=now - timedelta(hours=3),
    )
    add_comment(author_id=other.id, post_id=post.id, body="我也是中烘，闷半分钟。", idempotency_key=new_id(), now=now)


def own_pictures(owner: User, recipes: Sequence[str], kitchen: Kitchen, *, now: datetime) -> list[UUID]:
    """Pictures that a post of this person may show."""
    return [
        store_picture(data=kitchen.picture(recipe), owner_id=owner.id, now=now, trusted=True).id for recipe in recipes
    ]


def deliver_everything() -> None:
    """Let the events arrive."""
    while deliver_pending(limit=1000):
        pass


if __name__ == "__main__":
    main()
