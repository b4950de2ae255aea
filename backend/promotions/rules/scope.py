"""Which lines a rule or a coupon is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.basket import BasketLine

MOST_NAMED = 500
LISTS = ("productIds", "categoryIds", "brandIds", "exceptProductIds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Products, shelves and brands, each list empty for all; shelves include what hangs below them."""

    product_ids: frozenset[UUID] = frozenset()
    category_ids: frozenset[UUID] = frozenset()
    brand_ids: frozenset[UUID] = frozenset()
    except_product_ids: frozenset[UUID] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.product_ids or self.category_ids or self.brand_ids or self.except_product_ids)

    def holds(self, line: BasketLine) -> bool:
        """Say whether a line is meant."""
        if line.product_id in self.except_product_ids:
            return False
        if not (self.product_ids or self.category_ids or self.brand_ids):
            return True
        return (
            line.product_id in self.product_ids
            or line.brand_id in self.brand_ids
            or line.category_id in self.category_ids
            or not self.category_ids.isdisjoint(line.category_ids)
        )


def read_scope(raw: Mapping[str, Any] | None) -> Scope:
    """Read the stored form."""
    given = raw or {}
    products, categories, brands, without = (
        frozenset(UUID(str(each)) for each in given.get(name) or ()) for name in LISTS
    )
    return Scope(product_ids=products, category_ids=categories, brand_ids=brands, except_product_ids=without)


def eligible(lines: Iterable[BasketLine], scope: Scope) -> list[BasketLine]:
    """The lines that are meant and still cost something."""
    return [line for line in lines if scope.holds(line) and line.left_minor > 0]


def scope_problems(raw: Any) -> Iterator[tuple[str, str | Promise]]:
    """Say what is wrong with the stored form."""
    if raw is not None and not isinstance(raw, Mapping):
        yield "scope", _("Choose products, shelves or brands, or nothing for everything.")
        return
    for name in LISTS:
        listed = (raw or {}).get(name)
        if listed is not None and not is_id_list(listed):
            yield "scope", _("Choose products, shelves or brands, or nothing for everything.")


def is_id_list(value: object, *, least: int = 0, most: int = MOST_NAMED) -> bool:
    """Say whether a value is a list of ids of a sensible length."""
    return isinstance(value, list) and least <= len(value) <= most and all(is_id(each) for each in value)


def is_id(value: object) -> bool:
    """Say whether a value names a row."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def is_whole(value: object, least: int, most: int) -> bool:
    """Say whether a value is a whole number within its bounds."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
