"""Keyset pages: lists that stay fast and steady however far a shopper scrolls.

`keyset_page` pages a queryset. `Keyset` gives the SQL pieces to a selector that writes its own statement.
A cursor is signed and belongs to one order of one list, so it can be neither forged nor carried over.
"""

import base64
import datetime as dt
import decimal
import hashlib
import hmac
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput

DEFAULT_FIRST = 20
LARGEST_FIRST = 100
_SIGNATURE_BYTES = 9


@dataclass(frozen=True, slots=True)
class Edge:
    """One row of a page and the cursor that continues after it."""

    node: Any
    cursor: str


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Whether more rows follow, and where this page begins and ends."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, in the shape of a Relay connection."""

    edges: list[Edge]
    page_info: PageInfo

    @property
    def nodes(self) -> list[Any]:
        """The rows alone."""
        return [edge.node for edge in self.edges]


def check_first(first: int | None) -> int:
    """Give the page size, or refuse one outside 1 to 100.

    Raises: InvalidInput.
    """
    if first is None:
        return DEFAULT_FIRST
    if not 1 <= first <= LARGEST_FIRST:
        raise InvalidInput("first", _("Ask for 1 to 100 rows at a time."))
    return first


class Keyset:
    """The order of one list, and the place in it where the page begins.

    `order` names columns, newest first with a minus: `("-created_at", "-id")`. The last one must be unique.
    A column may be an SQL expression when `columns` maps its name to one.
    """

    def __init__(
        self,
        *order: str,
        first: int | None = None,
        after: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> None:
        self.order = order
        self.first = check_first(first)
        self.names = tuple(name.lstrip("-") for name in order)
        self._columns = columns or {}
        self.after = read_cursor(after, order=order) if after else None

    @property
    def limit(self) -> int:
        """One row more than asked for, to know whether another page follows."""
        return self.first + 1

    def where(self) -> tuple[str, list[Any]]:
        """Give the SQL condition that starts the page, and its parameters."""
        if self.after is None:
            return "TRUE", []
        alternatives: list[str] = []
        parameters: list[Any] = []
        for position, name in enumerate(self.order):
            parts = [f"{self._column(same)} = %s" for same in self.names[:position]]
            parameters += self.after[:position]
            parts.append(f"{self._column(name.lstrip('-'))} {'<' if name.startswith('-') else '>'} %s")
            parameters.append(self.after[position])
            alternatives.append("(" + " AND ".join(parts) + ")")
        return "(" + " OR ".join(alternatives) + ")", parameters

    def order_by(self) -> str:
        """Give the SQL order of the list."""
        return ", ".join(
            f"{self._column(name.lstrip('-'))} {'DESC' if name.startswith('-') else 'ASC'}" for name in self.order
        )

    def page(self, rows: Iterable[Any]) -> Page:
        """Make the page from at most `limit` rows in order; each row holds the ordering columns by name."""
        found = list(rows)
        shown = found[: self.first]
        edges = [Edge(node=row, cursor=self._cursor(row)) for row in shown]
        return Page(
            edges=edges,
            page_info=PageInfo(
                has_next_page=len(found) > self.first,
                has_previous_page=self.after is not None,
                start_cursor=edges[0].cursor if edges else None,
                end_cursor=edges[-1].cursor if edges else None,
            ),
        )

    def _column(self, name: str) -> str:
        return self._columns.get(name, name)

    def _cursor(self, row: Any) -> str:
        return write_cursor([_value(row, name) for name in self.names], order=self.order)


def keyset_page(
    queryset: QuerySet[Any, Any], *, order: Sequence[str], first: int | None = None, after: str | None = None
) -> Page:
    """Read one page of a queryset of rows or of `.values()`, in one statement.

    Raises: InvalidInput.
    """
    keyset = Keyset(*order, first=first, after=after)
    if keyset.after is not None:
        queryset = queryset.filter(_after(keyset.order, keyset.names, keyset.after))
    return keyset.page(queryset.order_by(*order)[: keyset.limit])


def write_cursor(values: Sequence[Any], *, order: Sequence[str]) -> str:
    """Sign the place of a row in a list."""
    body = orjson.dumps([_pack(value) for value in values])
    return base64.urlsafe_b64encode(_signature(body, order) + body).decode().rstrip("=")


def read_cursor(cursor: str, *, order: Sequence[str]) -> list[Any]:
    """Read the place that a cursor of this list names.

    Raises: InvalidInput.
    """
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not constant_time_compare(signature, _signature(body, order)):
            raise ValueError("signature")
        return [_unpack(kind, value) for kind, value in orjson.loads(body)]
    except (ValueError, TypeError) as error:
        raise InvalidInput(
            "after", _("This place in the list is no longer valid. Start again from the top.")
        ) from error


def _signature(body: bytes, order: Sequence[str]) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY, ",".join(order)), body, "sha256")[:_SIGNATURE_BYTES]


@lru_cache(maxsize=256)
def _key(secret: str, order: str) -> bytes:
    return hashlib.sha256(f"backend.core.paging\0{secret}\0{order}".encode()).digest()


def _after(order: Sequence[str], names: Sequence[str], values: Sequence[Any]) -> Q:
    condition = Q()
    for position, name in enumerate(order):
        same = Q(**dict(zip(names[:position], values[:position], strict=True)))
        comparison = "lt" if name.startswith("-") else "gt"
        condition |= same & Q(**{f"{names[position]}__{comparison}": values[position]})
    return condition


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


def _pack(value: Any) -> tuple[str, Any]:
    match value:
        case None | bool() | int() | float() | str():
            return "", value
        case dt.datetime():
            return "t", value.isoformat()
        case dt.date():
            return "d", value.isoformat()
        case uuid.UUID():
            return "u", value.hex
        case decimal.Decimal():
            return "n", str(value)
    raise TypeError(f"a cursor cannot hold {type(value).__name__}")


def _unpack(kind: str, value: Any) -> Any:
    match kind:
        case "t":
            return dt.datetime.fromisoformat(value)
        case "d":
            return dt.date.fromisoformat(value)
        case "u":
            return uuid.UUID(value)
        case "n":
            return decimal.Decimal(value)
    return value
