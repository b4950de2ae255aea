"""What belongs to orders and lives in upper apps, read once for all orders of a page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

V = TypeVar("V")


def load_for_orders(
    row: Mapping[str, Any], info: Any, name: str, fetch: Callable[[Sequence[UUID]], Mapping[UUID, V]]
) -> V | None:
    """Give what belongs to one order; the first call of a page reads it for every order of the page."""
    loaded: dict[UUID, V | None] = info.context.loaders.setdefault(f"orders.{name}", {})
    if row["id"] not in loaded:
        loaded.update(dict.fromkeys(row["siblings"]))
        loaded.update(fetch(row["siblings"]))
    return loaded[row["id"]]
