"""Making the demo: each part in order, and the events of each part delivered before the next begins."""

import logging
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from backend.catalogue.models import Product
from backend.config.demo import (
    after_sales,
    ahead,
    campaigns,
    caring,
    channels,
    contests,
    creators,
    desk,
    flash,
    groups,
    helping,
    invites,
    judging,
    kinds_of_groups,
    members,
    merchandise,
    orders,
    payments,
    people,
    pictures,
    posts,
    products,
    promotions,
    reports,
    reviews,
    searches,
    shelf,
    wanted,
    warehouse,
)
from backend.config.demo.composing import Kitchen
from backend.config.demo.packages import open_kitchen
from backend.config.demo.play import Play, deliver_everything
from backend.config.demo.time_machine import time_machine
from backend.config.demo.trade import Market
from backend.core.outbox.registry import unsubscribe
from backend.search.actions.indexing import index_everything

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
        _spare_what_nobody_hears()
        made = products.fill_shelves(shelves=shelves, pictures=stored, dice=dice, now=now)
        merchandise.dress_shelves(products=made, now=now)
        products.hang_banners(pictures=stored, now=now)
        tell("Inviting the people")
        everybody = people.invite_people(dice=dice, now=now)
        deliver_everything()
        tell("Playing the last ninety days")
        play = Play(until=now)
        market = Market(products=made, dice=dice, play=play)
        _plan(market, everybody, shelves=shelves, stored=stored, kitchen=kitchen)
        play.run()
        reviews.write_reviews(
            market=market, shoppers=everybody.shoppers, support=everybody.staff("support"), kitchen=kitchen
        )
        deliver_everything()
        _show(everybody, made=made, kitchen=kitchen, dice=dice, now=now)
    groups.remember_at_provider()


def _show(
    everybody: people.People, *, made: Mapping[str, Product], kitchen: Kitchen, dice: random.Random, now: datetime
) -> None:
    """Give every desk something to look at."""
    shoppers, agent, grower = everybody.shoppers, everybody.staff("support"), everybody.staff("growth")
    own = random.Random(SEED)  # noqa: S311 - the demo is the same each time on purpose
    payments.show_payments(shoppers=shoppers, desk_id=agent.pk, now=now)
    deliver_everything()
    index_everything()
    searches.search_for_things(dice=dice, now=now)
    helping.look_around(shoppers=shoppers, products=made, dice=own, now=now)
    helping.ask_for_help(shoppers=shoppers, agent=agent, now=now)
    judging.say_how_it_was(dice=own, now=now)
    judging.look_at_service(agent=agent, lead=everybody.staff("senior"), dice=own, now=now)
    judging.make_better(people=[agent, grower], now=now)
    deliver_everything()
    picture = kitchen.picture("⛺ mint")
    caring.show_care(shoppers=shoppers, grower=grower, agent=agent, picture=picture, now=now)
    ahead.send_ahead(shoppers=shoppers[1:], agent=agent, now=now)
    ahead.go_away(agent=agent, stand_in=everybody.staff("admin"), now=now)
    wanted.want_things(shoppers=shoppers, products=made, now=now)


def _plan(
    market: Market,
    everybody: people.People,
    *,
    shelves: Sequence[shelf.Shelf],
    stored: Mapping[str, UUID],
    kitchen: Kitchen,
) -> None:
    """Plan what happened in the last ninety days."""
    play, made, now = market.play, market.products, market.play.until
    goods = [good for each in shelves for good in each.goods]
    grower, agent = everybody.staff("growth"), everybody.staff("support")
    merchandise.plan_prices(play=play, products=made, now=now)
    merchandise.plan_desk(
        play=play,
        products=made,
        growth=grower,
        admin=everybody.staff("admin"),
        shoppers=everybody.shoppers,
        now=now,
    )
    plain = [good for good in goods if good.slug not in kinds_of_groups.OTHER_KINDS]
    campaigns.plan_campaigns(play=play, goods=plain, products=made, grower=grower)
    promotions.plan_promotions(play=play, goods=goods, products=made, shoppers=everybody.shoppers, grower=grower)
    members.plan_members(play=play, products=made, shoppers=everybody.shoppers, grower=grower)
    flash.plan_flash(market=market, shoppers=everybody.shoppers, grower=grower)
    orders.plan_orders(market=market, shoppers=everybody.shoppers)
    desk.plan_desk(market=market, shoppers=everybody.shoppers, support=agent)
    warehouse.plan_warehouse(play=market.play, keeper=agent)
    groups.plan_groups(market=market, shoppers=everybody.shoppers)
    kinds_of_groups.plan_other_kinds(market=market, shoppers=everybody.shoppers, grower=grower)
    invites.plan_invites(market=market, shoppers=everybody.shoppers)
    own = random.Random(SEED)  # noqa: S311 - the demo is the same each time on purpose
    aside = Market(products=made, dice=own, play=play)
    channels.plan_channels(market=aside, shoppers=everybody.shoppers, grower=grower)
    posts.open_topics(pictures=stored)
    posts.open_provinces(pictures=stored)
    creators.plan_creators(market=market, shoppers=everybody.shoppers, grower=grower, second=everybody.staff("admin"))
    told = posts.plan_posts(market=market, shoppers=everybody.shoppers, kitchen=kitchen)
    reports.plan_reports(market=market, told=told, moderator=everybody.staff("moderator"))
    after_sales.plan_after_sales(market=market, shoppers=everybody.shoppers, agent=agent)
    contests.plan_contests(market=market, shoppers=everybody.shoppers, grower=grower)


def _commit_quickly() -> None:
    """A demo that is lost with the power is made anew; it need not wait for the disk at every step."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def _spare_what_nobody_hears() -> None:
    """The index is built once at the end; the alarms of the play are seen at the desk, not by who starts the shop."""
    unsubscribe("backend.search.handlers.follow_product")
    logging.getLogger("backend.payments.handlers").setLevel(logging.CRITICAL)
