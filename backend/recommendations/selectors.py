"""What is suggested: to a person, beside a product, beside a cart. Only what can be had, never what was just bought."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from backend.cart.models import Favourite
from backend.catalogue.ports import product_conditions
from backend.orders.models import OrderLine
from backend.orders.rules import KEPT
from backend.recommendations.models import Pair, Refill, Seen, Tie
from backend.recommendations.rules import (
    JUST_BOUGHT,
    LOOKS_BACK,
    MOST_SEEDS,
    TIE_WORTH,
    Because,
    Candidate,
    Link,
    Seed,
    spread,
    weigh,
)
from backend.search.models import Look
from backend.search.selectors.suggesting import habit_of

POPULAR_LOOKED_AT = 200
BECAUSE_OF: Mapping[str, Because] = {"BOUGHT": "BOUGHT", "SEEN": "SEEN", "ALIKE": "ALIKE"}


def picks_for(
    *, person_id: UUID | None, without: Collection[UUID] = (), first: int, now: datetime
) -> tuple[list[Candidate], bool]:
    """What a person may like, the best first, and whether it is their own; what others like fills the rest."""
    seeds = seeds_of(person_id, now=now) if person_id else []
    hidden = {*without, *_just_bought(person_id, now=now)} if person_id else set(without)
    found = _to_be_had(weigh(seeds, _links([seed.product_id for seed in seeds]), now=now), without=hidden)
    own = spread(found[0], found[1])[:first]
    if len(own) < first:
        shown = hidden | {each.product_id for each in own} | {seed.product_id for seed in seeds}
        own += popular(without=shown, first=first - len(own))
    return own, bool(found[0])


def beside_product(*, product_id: UUID, tie: Tie, first: int) -> list[Candidate]:
    """What goes together with a product by what people bought, or by what they opened and what looks alike."""
    ties = [Tie.BOUGHT] if tie == Tie.BOUGHT else [Tie.SEEN, Tie.ALIKE]
    rows = Pair.objects.filter(product_id=product_id, tie__in=ties)
    best: dict[UUID, Candidate] = {}
    for row in rows.order_by("-score", "other_id"):
        score = row.score * TIE_WORTH[row.tie]
        if row.other_id not in best or score > best[row.other_id].score:
            best[row.other_id] = Candidate(row.other_id, score, BECAUSE_OF[row.tie], of_id=product_id)
    ranked = sorted(best.values(), key=lambda each: (-each.score, each.product_id))
    found, _shelves = _to_be_had(ranked, without={product_id})
    return found[:first]


def beside_products(*, product_ids: Sequence[UUID], first: int, now: datetime) -> list[Candidate]:
    """What goes together with all of these, such as a cart; none of them again."""
    seeds = [Seed("BOUGHT", product_id, now) for product_id in product_ids[:MOST_SEEDS]]
    found = _to_be_had(weigh(seeds, _links(product_ids[:MOST_SEEDS]), now=now), without=set(product_ids))
    chosen = spread(found[0], found[1])[:first]
    if len(chosen) < first:
        shown = {*product_ids, *(each.product_id for each in chosen)}
        chosen += popular(without=shown, first=first - len(chosen))
    return chosen


def popular(*, without: Collection[UUID], first: int) -> list[Candidate]:
    """What others like and what is new, for who has done nothing yet."""
    statement = (
        "SELECT product.id, product.category_id FROM catalogue_product product"  # noqa: S608 - a condition of our own
        f" WHERE product.state = 'PUBLISHED' AND {product_conditions['in_stock']}"
        " AND NOT product.id = ANY(%s) ORDER BY product.rank DESC, product.id DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(without), POPULAR_LOOKED_AT])
        rows = cursor.fetchall()
    shelves = {product_id: str(shelf) for product_id, shelf in rows}
    return spread([Candidate(product_id, 0.0, "POPULAR") for product_id in shelves], shelves)[:first]


def seeds_of(person_id: UUID, *, now: datetime) -> list[Seed]:
    """What a person bought, liked and opened lately; nothing where they switched their own order off."""
    if not habit_of(person_id).is_personal:
        return []
    since = now - LOOKS_BACK
    bought = OrderLine.objects.filter(order__buyer_id=person_id, order__state__in=KEPT, order__placed_at__gte=since)
    liked = Favourite.objects.filter(user_id=person_id, added_at__gte=since)
    seeds = [
        Seed("BOUGHT", product_id, at)
        for product_id, at in bought.order_by("-order__placed_at").values_list("product_id", "order__placed_at")[
            :MOST_SEEDS
        ]
    ]
    seeds += [
        Seed("LIKED", *row) for row in liked.order_by("-added_at").values_list("product_id", "added_at")[:MOST_SEEDS]
    ]
    for model in (Seen, Look):
        opened = model._default_manager.filter(person_id=person_id, at__gte=since).order_by("-at")
        seeds += [Seed("SEEN", *row) for row in opened.values_list("product_id", "at")[:MOST_SEEDS]]
    return seeds


def _links(product_ids: Collection[UUID]) -> list[Link]:
    rows = Pair.objects.filter(product_id__in=product_ids)
    return [Link(*row) for row in rows.values_list("product_id", "other_id", "tie", "score")]


def _just_bought(person_id: UUID, *, now: datetime) -> set[UUID]:
    """What the person has bought and will not want again so soon."""
    lines = OrderLine.objects.filter(
        order__buyer_id=person_id, order__state__in=KEPT, order__placed_at__gte=now - JUST_BOUGHT
    )
    bought = set(lines.values_list("product_id", flat=True))
    return bought - set(Refill.objects.filter(product_id__in=bought).values_list("product_id", flat=True))


def _to_be_had(
    candidates: Sequence[Candidate], *, without: Collection[UUID]
) -> tuple[list[Candidate], dict[UUID, str]]:
    """Those that are on the shelf and in stock, and the shelf of each."""
    wanted = [each for each in candidates if each.product_id not in without]
    statement = (
        "SELECT product.id, product.category_id FROM catalogue_product product"  # noqa: S608 - a condition of our own
        f" WHERE product.id = ANY(%s) AND product.state = 'PUBLISHED' AND {product_conditions['in_stock']}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [[each.product_id for each in wanted]])
        shelves = {product_id: str(shelf) for product_id, shelf in cursor.fetchall()}
    return [each for each in wanted if each.product_id in shelves], shelves
