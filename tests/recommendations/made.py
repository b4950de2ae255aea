"""A shop in which people with tastes buy, written past the actions: what is measured is learning from it.

Each person likes two shelves and, on each, a part of the goods; one purchase in five is by chance. Popular goods are
bought more often by everybody, so that popularity is a strong baseline.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from backend.core.ids import new_id
from tests.factories.catalogue import make_category, make_product

SORTS = 3
_COLUMNS = [
    *("id", "number", "buyer_id", "kind", "state", "currency", "items_minor", "discount_minor", "shipping_minor"),
    *("total_minor", "placed_at", "pay_deadline_at"),
]


@dataclass(frozen=True, slots=True)
class Made:
    """The goods by shelf, and what each person buys in the last month, which nobody may learn from."""

    shelves: Mapping[int, Sequence[UUID]]
    held_out: Mapping[UUID, set[UUID]]


def make_trade(*, now: datetime, shelves: int, goods: int, people: int, seed: int = 7) -> Made:
    """Goods on shelves, five months of orders, and a sixth month that is only remembered."""
    dice = random.Random(seed)
    categories = {number: make_category(slug=f"taste-{number}", now=now) for number in range(shelves)}
    made = {
        number: [make_product(category=categories[number], now=now).id for _ in range(goods)] for number in categories
    }
    held_out: dict[UUID, set[UUID]] = {}
    rows = []
    for number in range(people):
        person = new_id()
        tastes = [(dice.randrange(shelves), dice.randrange(SORTS)) for _ in range(2)]
        bought = list(dict.fromkeys(_choose(dice, made, tastes) for _ in range(dice.randint(5, 12))))
        later = max(1, len(bought) // 4)
        held_out[person] = set(bought[-later:])
        rows.append((person, number, [(each, _day(dice, now)) for each in bought[:-later]]))
    _write(rows, now)
    return Made(made, held_out)


def _choose(dice: random.Random, made: Mapping[int, Sequence[UUID]], tastes: Sequence[tuple[int, int]]) -> UUID:
    if dice.random() < 0.2:
        shelf = made[dice.randrange(len(made))]
        return shelf[min(int(dice.expovariate(0.25)), len(shelf) - 1)]
    number, sort = dice.choice(tastes)
    liked = made[number][sort::SORTS]
    return liked[min(int(dice.expovariate(0.35)), len(liked) - 1)]


def _day(dice: random.Random, now: datetime) -> datetime:
    return now - timedelta(days=dice.randint(31, 150), minutes=dice.randint(0, 1000))


def _write(rows: Sequence[tuple[UUID, int, list[tuple[UUID, datetime]]]], now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'orders_order'"
            " AND is_nullable = 'NO' AND column_default IS NULL AND NOT column_name = ANY(%s)",
            [_COLUMNS],
        )
        rest = cursor.fetchall()
        blank = {"jsonb": "'{}'::jsonb", "boolean": "false", "character varying": "''", "text": "''"}
        more = "".join(f", {name}" for name, _kind in rest)
        values = "".join(f", {blank.get(kind, '0')}" for _name, kind in rest)
        for person, number, bought in rows:
            cursor.execute(
                "INSERT INTO accounts_user (id, password, email, is_active, date_joined) VALUES (%s, '', %s, true, %s)",
                [person, f"taste{number}@example.com", now],
            )
            for place, (product_id, at) in enumerate(bought):
                order_id = new_id()
                cursor.execute(
                    "INSERT INTO orders_order (id, number, buyer_id, kind, state, currency, items_minor,"
                    f" discount_minor, shipping_minor, total_minor, placed_at, pay_deadline_at{more})"
                    f" VALUES (%s, %s, %s, 'SINGLE', 'COMPLETED', 'CNY', 5990, 0, 0, 5990, %s, %s{values})",
                    [order_id, f"T{number:06d}{place:03d}", person, at, at],
                )
                cursor.execute(
                    "INSERT INTO orders_orderline (id, order_id, position, variant_id, product_id, product_slug, title,"
                    " option_title, quantity, unit_minor, discount_minor, total_minor)"
                    " SELECT %s, %s, 0, variant.id, variant.product_id, '', '{}', '{}', 1, 5990, 0, 5990"
                    " FROM catalogue_variant variant WHERE variant.product_id = %s LIMIT 1",
                    [new_id(), order_id, product_id],
                )
