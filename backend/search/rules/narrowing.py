"""What a list of finds is narrowed down to, and in which orders it can stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PRICE_STEPS_MINOR = (0, 5_000, 10_000, 20_000, 50_000, 100_000)
RATING_STEPS = (45, 40, 35)
SOLD_STEPS = (10_000, 1_000, 100)
MOST_CHOICES = 20
ORDERS: Mapping[str, tuple[str, ...]] = {
    "RELEVANCE": ("-score", "-subject_id"),
    "PRICE_ASC": ("price_minor", "subject_id"),
    "PRICE_DESC": ("-price_minor", "-subject_id"),
    "SALES": ("-sold_count", "-subject_id"),
    "RATING": ("-rating_tenths", "-sold_count", "-subject_id"),
    "NEWEST": ("-published_at", "-subject_id"),
}
# Each part of the filter has its own flag, so that the counts of a part leave that part's own choice out.
PARTS = ("category", "brand", "price", "rating", "sold", "attributes", "in_stock", "has_group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a shopper narrows the finds down to. Empty fields narrow nothing."""

    categories: Sequence[str] | None = None
    brands: Sequence[str] | None = None
    price_min: int | None = None
    price_max: int | None = None
    rating_min: float | None = None
    sold_min: int | None = None
    attributes: Sequence[str] | None = None
    in_stock: bool | None = None
    has_group: bool | None = None

    @property
    def is_live(self) -> bool:
        """Whether it asks for what is true only at this moment and therefore not in the index."""
        return bool(self.in_stock or self.has_group)

    def flags(self, live: Mapping[str, str]) -> tuple[dict[str, str], list[Any]]:
        """An SQL condition for each part over `document`, and their parameters in the order of `PARTS`."""
        parameters: list[Any] = []

        def given(sql: str, *values: Any) -> str:
            parameters.extend(values)
            return sql

        sql = {
            "category": given("document.categories && %s::varchar[]", _few(self.categories))
            if self.categories
            else "TRUE"
        }
        sql["brand"] = given("document.brand = ANY(%s)", _few(self.brands)) if self.brands else "TRUE"
        prices = [
            given(f"document.price_minor {sign} %s", value)
            for sign, value in ((">=", self.price_min), ("<=", self.price_max))
            if value is not None
        ]
        sql["price"] = " AND ".join(prices) or "TRUE"
        sql["rating"] = (
            given("document.rating_tenths >= %s", round(self.rating_min * 10)) if self.rating_min else "TRUE"
        )
        sql["sold"] = given("document.sold_count >= %s", self.sold_min) if self.sold_min else "TRUE"
        kept = [given("document.attributes && %s::varchar[]", tokens) for tokens in _by_key(self.attributes)]
        sql["attributes"] = " AND ".join(kept) or "TRUE"
        sql["in_stock"] = live.get("in_stock", "TRUE") if self.in_stock else "TRUE"
        sql["has_group"] = live.get("has_group", "FALSE") if self.has_group else "TRUE"
        return sql, parameters


def _few(values: Sequence[str]) -> list[str]:
    return [str(value)[:120] for value in values][:MOST_CHOICES]


def _by_key(tokens: Sequence[str] | None) -> list[list[str]]:
    """Values of one attribute stand for each other; different attributes must all hold."""
    found: dict[str, list[str]] = defaultdict(list)
    for token in _few(tokens or ()):
        found[token.partition("=")[0]].append(token)
    return list(found.values())
