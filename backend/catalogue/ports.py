"""What upper apps may add to the rows of this one.

A product page and a list are each read in one statement. Stock, search and groups stand above this app, so they
hand in the SQL of their part here, once, when their app is ready; it becomes one more column of that statement.
What cannot be said in SQL is loaded once per page through `ProductBatch`.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")
Condition = tuple[str, list[Any]]

variant_parts: dict[str, str] = {}
home_parts: dict[str, Callable[[str], str]] = {}
product_conditions: dict[str, str] = {}
_matchers: list[Callable[[str], Condition]] = []


def add_variant_part(name: str, sql: str) -> None:
    """Add a value to each variant row: an SQL expression over `variant`, the row of `catalogue_variant`."""
    variant_parts[name] = sql


def add_home_part(name: str, sql_for: Callable[[str], str]) -> None:
    """Add a value to the home row: a function from the locale to an SQL expression."""
    home_parts[name] = sql_for


def add_product_condition(name: str, sql: str) -> None:
    """Say in SQL over `product`, the row of `catalogue_product`, when a named filter holds, such as `has_group`."""
    product_conditions[name] = sql


def use_matcher(matcher: Callable[[str], Condition]) -> None:
    """Say how words become an SQL condition over `product`. The last one given is used."""
    _matchers[:] = [matcher]


def match(words: str) -> Condition:
    """The condition for these words; without a matcher nothing is found."""
    return _matchers[0](words) if _matchers else ("FALSE", [])


@dataclasses.dataclass(eq=False, slots=True)
class ProductBatch:
    """The products that were read together, so that an upper app adds to all of them with one statement.

    `row["batch"].load("offers", offers_of_products).get(row["id"])` asks once, however many rows there are.
    """

    product_ids: Sequence[UUID]
    _kept: dict[str, Mapping[UUID, Any]] = dataclasses.field(default_factory=dict)

    def load(self, name: str, fetch: Callable[[Sequence[UUID]], Mapping[UUID, T]]) -> Mapping[UUID, T]:
        """Call `fetch` with the ids of all products of the batch, once per name."""
        if name not in self._kept:
            self._kept[name] = fetch(self.product_ids)
        return self._kept[name]
