"""How well picks tell what people buy in the month that was held out, beside what is popular."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from backend.recommendations.selectors import picks_for, popular
from tests.recommendations.made import Made

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of one: people for whom one was right, what was foretold of all, goods ever shown, shelves shown."""

    hit_rate: float
    recall: float
    coverage: float
    diversity: float


def quality_of(made: Made, show: Callable[[UUID], Sequence[UUID]]) -> Quality:
    """Show each person ten things and look at what they bought later."""
    shelf_of = {product_id: number for number, goods in made.shelves.items() for product_id in goods}
    shown = {person: list(show(person)) for person in made.held_out}
    hits = {person: made.held_out[person] & set(shown[person]) for person in shown}
    return Quality(
        hit_rate=_mean([bool(each) for each in hits.values()]),
        recall=_mean([len(hits[person]) / len(made.held_out[person]) for person in hits]),
        coverage=len({each for row in shown.values() for each in row}) / len(shelf_of),
        diversity=_mean(
            [len({shelf_of[each] for each in row}) / min(len(row), len(made.shelves)) for row in shown.values()]
        ),
    )


def compared(made: Made, *, now: datetime) -> Mapping[str, Quality]:
    """Picks, and beside them what everybody is shown."""
    _rank_by_sales()
    everybody = [each.product_id for each in popular(without=(), first=SHOWN)]
    return {
        "picks": quality_of(
            made, lambda person: [each.product_id for each in picks_for(person_id=person, first=SHOWN, now=now)[0]]
        ),
        "popular": quality_of(made, lambda person: everybody),
    }


def _rank_by_sales() -> None:
    """Popular is what was bought most, as the shop's own order would have it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_product SET rank = sold.times FROM (SELECT product_id, count(*) AS times"
            " FROM orders_orderline GROUP BY product_id) sold WHERE sold.product_id = catalogue_product.id"
        )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
