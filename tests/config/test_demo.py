"""The goods, people and talk of the demo are whole, honest and in three languages; the time machine leaves no trace."""

import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backend.accounts.rules import FACES
from backend.config.demo import channels, people, posts, products, shelf, stamp, wanted
from backend.config.demo.campaigns import FRESH_SHELVES
from backend.config.demo.composing import PHOTOS, TILES
from backend.config.demo.play import Play
from backend.config.demo.time_machine import living_at, time_machine
from backend.core.errors import NotFound
from backend.core.languages import LOCALES
from tests.factories.catalogue import make_product

SHELVES = shelf.read_shelves()
GOODS = [good for each in SHELVES for good in each.goods]


def every_text(value):
    if isinstance(value, dict) and set(LOCALES) & value.keys():
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from every_text(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from every_text(inner)


def test_there_are_enough_goods_and_no_address_is_used_twice():
    slugs = Counter(good.slug for good in GOODS)
    skus = Counter(variant.sku for good in GOODS for variant in good.variants())

    assert len(SHELVES) >= 12
    assert len(GOODS) >= 120
    assert max(slugs.values()) == 1
    assert max(skus.values()) == 1


def test_nobody_has_the_name_of_somebody_else():
    names = [account.name for account in people.ACCOUNTS] + [name for name, *_ in people.NEIGHBOURS]

    assert [name for name, count in Counter(names + channels.NAMES.split()).items() if count > 1] == []


@pytest.mark.parametrize("good", GOODS, ids=lambda good: good.slug)
def test_every_word_of_a_good_is_said_in_three_languages(good):
    said = list(every_text(good.entry))

    assert len(said) >= 5
    assert all(set(text) == set(LOCALES) and all(text.values()) for text in said)
    assert set(good.entry["promises"]) <= products.PROMISES.keys()


@pytest.mark.parametrize("good", GOODS, ids=lambda good: good.slug)
def test_a_group_pays_less_than_somebody_alone(good):
    assert all(0 < good.group_price(each.price_minor) < each.price_minor for each in good.variants())


def test_no_description_is_used_twice():
    described = Counter(good.entry["description"]["en"] for good in GOODS)

    assert max(described.values()) == 1


def test_what_shoppers_want_is_on_the_shelves():
    named = {slug for each in (*wanted.CARTS, *wanted.LIKED) for slug in each}

    assert named <= {good.slug for good in GOODS}


def test_recipes_name_photos_and_tiles_that_are_known():
    recipes = products.recipes_of(SHELVES) | posts.recipes_of_topics()

    for recipe in recipes:
        if recipe.startswith("@"):
            assert recipe[1:].partition(":")[0] in PHOTOS
        else:
            assert recipe.partition(" ")[2] in TILES


def test_there_are_forty_people_with_known_faces_and_different_names():
    names = [each.name for each in people.ACCOUNTS] + [name for name, *_ in people.NEIGHBOURS]
    faces = [each.face for each in people.ACCOUNTS] + [face for _name, face, *_ in people.NEIGHBOURS]

    assert len(names) >= 40
    assert len(set(names)) == len(names)
    assert set(faces) <= FACES


def test_posts_are_written_by_people_about_goods_on_topics():
    written = tomllib.loads(posts.POSTS.read_text(encoding="utf-8"))["posts"]
    topics = {slug for slug, *_ in posts.TOPICS}

    assert {each["topic"] for each in written} <= topics
    assert {each["product"] for each in written if "product" in each} <= {good.slug for good in GOODS}


def test_shelves_of_the_campaigns_are_shelves():
    assert {each.slug for each in SHELVES} >= FRESH_SHELVES


def test_the_time_machine_moves_only_its_own_connection_and_leaves_no_trace(transactional_db):
    past = datetime(2026, 1, 1, tzinfo=UTC)
    with time_machine():
        with living_at(past), connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            played = cursor.fetchone()[0]
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            real = cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'demo_time'")
        assert cursor.fetchone()[0] == 0
    assert played == past
    assert real - past > timedelta(days=1)


def test_a_play_takes_steps_in_the_order_of_time_and_lets_refusals_be(transactional_db):
    until = datetime(2026, 3, 1, tzinfo=UTC)
    play = Play(until=until)
    taken = []

    def refuse(_at):
        raise NotFound

    play.plan(until - timedelta(hours=1), taken.append)
    play.plan(until - timedelta(hours=3), taken.append)
    play.plan(until - timedelta(hours=2), refuse)
    play.plan(until + timedelta(hours=1), taken.append)
    with time_machine():
        play.run()

    assert taken == [until - timedelta(hours=3), until - timedelta(hours=1)]
    assert play.refusals == 1


@pytest.mark.django_db
def test_a_database_that_holds_a_shop_is_left_alone():
    product = make_product()

    with pytest.raises(CommandError, match="already holds a shop"):
        call_command("demo")

    product.refresh_from_db()
    assert stamp.loaded_sum() is None


@pytest.mark.django_db
def test_a_loaded_demo_is_known_by_its_mark(capsys):
    stamp.mark(stamp.BEGUN, "sum")
    assert stamp.is_half_made()

    stamp.mark(stamp.DONE, stamp.recipe_sum())
    call_command("demo")

    assert not stamp.is_half_made()
    assert f"ali@{people.DOMAIN}" in capsys.readouterr().out
