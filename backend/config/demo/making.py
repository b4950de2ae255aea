"""Making the demo: each part in order, and the events of each part delivered before the next begins."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import connection

from backend.config.demo import campaigns, groups, invites, orders, people, pictures, posts, products, reports, shelf
from backend.config.demo.packages import open_kitchen
from backend.config.demo.play import Play, deliver_everything
from backend.config.demo.time_machine import time_machine
from backend.config.demo.trade import Market

SEED = 20261124
Told = Callable[[str], None]


def make_demo(*, modules: Path, now: datetime, tell: Told) -> None:
    """Fill an empty shop.

    Raises: PicturesMissing.
    """
    kitchen = open_kitchen(modules)
    shelves = shelf.read_shelves()
    tell("Composing and storing the pictures")
    stored = pictures.store_all(
        kitchen=kitchen,
        recipes=products.recipes_of(shelves) | posts.recipes_of_topics(),
        banners=[recipe for recipe, *_ in products.BANNERS],
        now=now,
    )
    pictures.store_faces(kitchen=kitchen)
    tell("Filling the shelves")
    dice = random.Random(SEED)  # noqa: S311 - the demo is the same each time on purpose
    with time_machine():
        _commit_quickly()
        made = products.fill_shelves(shelves=shelves, pictures=stored, dice=dice, now=now)
        products.hang_banners(pictures=stored, now=now)
        tell("Inviting the people")
        everybody = people.invite_people(dice=dice, now=now)
        deliver_everything()
        tell("Playing the last ninety days")
        play = Play(until=now)
        market = Market(products=made, dice=dice, play=play)
        goods = [good for each in shelves for good in each.goods]
        campaigns.plan_campaigns(play=play, goods=goods, products=made, grower=everybody.staff("growth"))
        orders.plan_orders(market=market, shoppers=everybody.shoppers)
        groups.plan_groups(market=market, shoppers=everybody.shoppers)
        invites.plan_invites(market=market, shoppers=everybody.shoppers)
        posts.open_topics(pictures=stored)
        told = posts.plan_posts(market=market, shoppers=everybody.shoppers, kitchen=kitchen)
        reports.plan_reports(market=market, told=told, moderator=everybody.staff("moderator"))
        play.run()
    groups.remember_at_provider()


def _commit_quickly() -> None:
    """A demo that is lost with the power is made anew; it need not wait for the disk at every step."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
