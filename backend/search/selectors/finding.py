# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""Finding: one statement gives a page of finds, their number, and the counts of every filter."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.catalogue.ports import product_conditions
from backend.core.paging import Keyset, Page
from backend.search.rules import scoring
from backend.search.rules.conditions import is_question, seeks_goods
from backend.search.rules.folding import query_of
from backend.search.rules.lexemes import any_of
from backend.search.rules.narrowing import ORDERS, Narrowing
from backend.search.rules.segmenting import pairs, signs
from backend.search.rules.wishes import Group, Help, Wish
from backend.search.selectors import counting
from backend.search.selectors.understanding import guessed, meant_besides, understand

MOST_FINDS = 2_000
FEW = 4
MOST_MENTIONED = 4
SHORT_TEXTS = "ABC"
NOWHERE = "'—'"
SECONDS_PER_DAY = 86_400
_KEYS = {name: f"shown.{name}" for name in ("score", "subject_id", "price_minor", "sold_count", "rating_tenths")}
_COLUMNS = ", ".join(
    f"document.{name}"
    for name in (
        "subject_id", "head", "standing", "price_minor", "sold_count", "rating_tenths", "published_at", "brand",
        "categories", "attributes",
    )
)  # fmt: skip
_KEYS["published_at"] = "shown.published_at"
_LEFT_OUT = " AND NOT document.head @@ %s::tsquery"
_LEARNT = "LEFT JOIN search_learnt learnt ON learnt.asked = %s AND learnt.product_id = document.subject_id"


@dataclasses.dataclass(frozen=True, slots=True)
class Finds:
    """A page of finds, and how they came about. `found_count` is what there is before narrowing, at most 2,000.

    `also` are other wishes that people meant by this one, whose finds stand after those that fit it.
    """

    wish: Wish
    page: Page
    help: Help
    count: int
    found_count: int
    exact_count: int
    counts: dict[str, Any]
    also: tuple[Wish, ...] = ()

    @property
    def ids(self) -> list[UUID]:
        """The ids of the things on the page, in order."""
        return [row["subject_id"] for row in self.page.nodes]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the index besides the words."""

    narrowing: Narrowing = dataclasses.field(default_factory=Narrowing)
    sort: str = "RELEVANCE"
    first: int | None = None
    after: str | None = None
    is_exact: bool = False
    has_counts: bool = False
    kind: str = "product"


def finds(*, text: str, asked: Asked, now: datetime) -> Finds:
    """What a shopper finds with these words. Where nothing fits, what comes near is found instead, and said so.

    Raises: InvalidInput.
    """
    is_of_goods = asked.kind == "product"
    is_asking = is_of_goods and is_question(query_of(text))
    wish = understand(text, is_exact=asked.is_exact or is_asking, is_of_goods=is_of_goods)
    if is_asking and not (wish.names_need and seeks_goods(query_of(text))):
        return _mentioned(wish, asked, now)
    is_open = is_of_goods and asked.sort == "RELEVANCE" and not asked.is_exact
    also = meant_besides(wish) if is_open else []
    found = _with_associated(wish, also, asked, now) if also else _fitting(wish, asked, now)
    if found.count or not found.found_count or not found.wish.is_bounded or asked.narrowing != Narrowing():
        return found
    return dataclasses.replace(_fitting(found.wish.unbounded(), asked, now), help="OUTSIDE")


def _fitting(wish: Wish, asked: Asked, now: datetime) -> Finds:
    """What fits the wish, or comes near it."""
    if wish.is_empty:
        return _found(wish, "", asked, now, "NONE" if not wish.typed or wish.narrows else "POPULAR")
    strict = _found(wish, wish.needs_all(), asked, now, "NONE")
    if strict.found_count >= FEW:
        return strict
    if strict.found_count:
        return _widened(wish, strict, asked, now)
    if not asked.is_exact and (other := guessed(wish)) and is_found(other.needs_all(), asked.kind, other.left_out):
        return _found(other, other.needs_all(), asked, now, "NONE")
    return _nearest(wish, asked, now)


def _with_associated(wish: Wish, also: Sequence[Wish], asked: Asked, now: datetime) -> Finds:
    """What fits the wish, and after it what fits the others that people meant by it."""
    query = " | ".join(f"({each.needs_all()})" for each in (wish, *also))
    fits = is_found(wish.needs_all(), asked.kind, wish.left_out)
    found = _found(wish, query, asked, now, "NONE" if fits else "LEARNT", also=also)
    return dataclasses.replace(found, also=tuple(also)) if found.found_count else _fitting(wish, asked, now)


def _mentioned(wish: Wish, asked: Asked, now: datetime) -> Finds:
    """What a question is about: a few things that bear its words in the name, the shelf or the short facts.

    Every second long text speaks of sending and returning, so words there say nothing about the thing.
    """
    asked = dataclasses.replace(asked, first=min(asked.first or MOST_MENTIONED, MOST_MENTIONED))
    queries = (wish.needs(number, SHORT_TEXTS) for number in range(len(wish.groups), 0, -1))
    query = next((each for each in queries if is_found(each, asked.kind, wish.left_out)), NOWHERE)
    found = _found(wish, query, asked, now, "MENTIONED")
    info = dataclasses.replace(found.page.page_info, has_next_page=False)
    page = dataclasses.replace(found.page, page_info=info)
    return dataclasses.replace(found, page=page, count=len(page.edges), exact_count=0)


def _widened(wish: Wish, strict: Finds, asked: Asked, now: datetime) -> Finds:
    """The few that fit, and after them what fewer of the words find, or else what stands on the same shelf."""
    if asked.is_exact or asked.sort != "RELEVANCE":
        return strict
    wider = strict
    for number in range(len(wish.groups) - 1, 0, -1):
        if wider.found_count < FEW:
            wider = _found(wish, wish.needs(number), asked, now, "FEW")
    if wider.found_count < FEW:
        shelves = sorted({shelf for row in strict.page.nodes for shelf in row["categories"]})
        wider = _found(wish, wish.needs_all(), asked, now, "FEW", shelves)
    return wider if wider.found_count > strict.found_count else strict


def _nearest(wish: Wish, asked: Asked, now: datetime) -> Finds:
    """Fewer of the words, then parts of words, then what is popular."""
    for number in range(len(wish.groups) - 1, 0, -1):
        if is_found(query := wish.needs(number), asked.kind, wish.left_out):
            found = _found(wish, query, asked, now, "FEWER_WORDS")
            if found.found_count >= FEW or number == 1:
                return found
    for parts in (pairs(wish.text), signs(wish.text)):
        rows = tuple((part,) for part in dict.fromkeys(parts))
        if rows and is_found(any_of(rows), asked.kind, wish.left_out):
            near = dataclasses.replace(wish, groups=(Group(text=wish.text, exact=(), also=rows),), asked_as=wish.asked)
            return _found(near, near.needs_all(), asked, now, "RELATED")
    return _found(dataclasses.replace(wish, groups=(), asked_as=wish.asked), "", asked, now, "POPULAR")


def is_found(query: str, kind: str, left_out: str = "") -> bool:
    """Whether anything of this kind satisfies a tsquery and holds nothing that is not wanted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM search_searchdocument WHERE kind = %s AND everything @@ %s::tsquery"
            " AND NOT head @@ %s::tsquery LIMIT 1",
            [kind, query, left_out],
        )
        return cursor.fetchone() is not None


def _found(
    wish: Wish,
    query: str,
    asked: Asked,
    now: datetime,
    help_: Help,
    beside: Sequence[str] = (),
    also: Sequence[Wish] = (),
) -> Finds:
    keyset = Keyset(*ORDERS[asked.sort], first=asked.first, after=asked.after, columns=_KEYS)
    statement, parameters = statement_for(wish, query, asked, keyset, now, beside, also)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found_count, count, exact_count, rows, counts = cursor.fetchone()
    read = [{**row, "subject_id": UUID(row["subject_id"])} for row in orjson.loads(rows)]
    for row in read:
        row["published_at"] = datetime.fromisoformat(row["published_at"])
    return Finds(wish, keyset.page(read), help_, count, found_count, exact_count, orjson.loads(counts))


def statement_for(
    wish: Wish,
    query: str,
    asked: Asked,
    keyset: Keyset,
    now: datetime,
    beside: Sequence[str] = (),
    also: Sequence[Wish] = (),
) -> tuple[str, list[Any]]:
    """The statement of one search, and its parameters. `beside` names shelves of which everything is let in too, `also`
    other wishes whose finds stand after those of this one.
    """
    is_strict = query == wish.needs_all() and not beside
    others = [scoring.associated(wish, other) for other in also]
    added = "".join(f" + {sql}" for sql, _parameters in others)
    scored, score_parameters = scoring.score(wish, is_strict=is_strict)
    hour = now.replace(minute=0, second=0, microsecond=0)
    narrowing = narrowed_by(asked.narrowing, wish)
    flags, flag_parameters = narrowing.flags(product_conditions)
    place, place_parameters = keyset.where()
    is_live = narrowing.is_live or asked.has_counts
    learns = asked.sort == "RELEVANCE" and bool(wish.groups)
    joins = "JOIN catalogue_product product ON product.id = document.subject_id" if is_live else ""
    joins += f" {_LEARNT}" if learns else ""
    named = ", ".join(f"{sql} AS is_{part}" for part, sql in flags.items())
    everything = " AND ".join(f"is_{part}" for part in flags)
    live = counting.live_sql(product_conditions) if asked.has_counts else ""
    counts = counting.counts_sql(product_conditions) if asked.has_counts else "'{}'"
    statement = (
        f"WITH candidates AS MATERIALIZED (SELECT {_COLUMNS}{'' if is_strict else ', document.everything'}"
        " FROM search_searchdocument document"
        f" WHERE document.kind = %s AND {_let_in(query, beside)}{_LEFT_OUT if wish.without else ''}"
        f" ORDER BY document.standing DESC, document.subject_id DESC LIMIT {MOST_FINDS}),"
        f" found AS MATERIALIZED (SELECT document.subject_id, document.price_minor, document.sold_count,"
        " document.rating_tenths, document.published_at, document.brand, document.categories, document.attributes,"
        f" {scored}{' + COALESCE(learnt.worth, 0)' if learns else ''}{added} AS score{live}, {named}"
        f" FROM candidates document {joins}),"
        f" shown AS (SELECT * FROM found WHERE {everything})"
        " SELECT (SELECT count(*) FROM found), (SELECT count(*) FROM shown),"
        f" (SELECT count(*) FROM shown WHERE score >= {scoring.ALL_GROUPS}),"
        " COALESCE((SELECT json_agg(page) FROM (SELECT subject_id, score, price_minor, sold_count, rating_tenths,"
        f" published_at, categories, brand FROM shown WHERE {place} ORDER BY {keyset.order_by()}"
        f" LIMIT {keyset.limit:d}) AS page), '[]')::text, ({counts})::text"
    )
    parameters: list[Any] = [asked.kind, *([query] if query else []), *([list(beside)] if beside else [])]
    parameters += [*([wish.left_out] if wish.without else []), *score_parameters]
    parameters += [hour, scoring.NEWNESS_DAYS * SECONDS_PER_DAY]
    parameters += [value for _sql, values in others for value in values]
    return statement, [*parameters, *flag_parameters, *([wish.asked] if learns else []), *place_parameters]


def _let_in(query: str, beside: Sequence[str]) -> str:
    """The condition by which the index is read."""
    words = "document.everything @@ %s::tsquery" if query else "TRUE"
    return f"({words} OR document.categories && %s::varchar[])" if beside else words


def narrowed_by(narrowing: Narrowing, wish: Wish) -> Narrowing:
    """Prices, ratings and sales that the words named, unless the shopper chose others."""
    if narrowing.price_min is None and narrowing.price_max is None:
        narrowing = dataclasses.replace(narrowing, price_min=wish.lowest, price_max=wish.highest)
    return dataclasses.replace(
        narrowing,
        rating_min=narrowing.rating_min or wish.rating_min,
        sold_min=narrowing.sold_min or wish.sold_min,
    )
