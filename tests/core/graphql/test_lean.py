"""The lean execution gives what the library's own execution gives, errors included."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import graphene
import pytest
from graphql import ExecutionContext, execute_sync, parse

from backend.core.graphql import BigInt, DateTime, MoneyType, ObjectType
from backend.core.graphql.lean import LeanContext
from backend.core.money import Money


class Strange:
    """An object whose attributes misbehave."""

    text = "from an attribute"
    needed = None

    @property
    def number(self) -> int:
        raise ZeroDivisionError


class RowType(ObjectType):
    """A row with every kind of leaf."""

    text = graphene.String(description="Text.")
    needed = graphene.String(required=True, description="Never null.")
    number = graphene.Int(description="Number.")
    big = graphene.Field(BigInt, description="Large number.")
    at = graphene.Field(DateTime, description="Moment.")
    color = graphene.Field(graphene.Enum("Color", [("RED", "red"), ("BLUE", "blue")]), description="Colour.")
    many = graphene.List(graphene.Int, description="Numbers.")
    price = graphene.Field(MoneyType, description="Price.")
    loud = graphene.String(description="Computed.")
    inner = graphene.Field(lambda: RowType, description="Another.")

    @staticmethod
    def resolve_loud(root: Any, info: Any) -> str:
        return f"{info.field_name}!"


ROWS: dict[str, Any] = {
    "full": {
        "text": "x", "needed": "y", "number": 3, "big": 2**40, "at": datetime(2026, 1, 1, tzinfo=UTC), "color": "red",
        "many": [1, None, 2], "price": Money(5), "inner": {"needed": "z", "text": 7},
    },
    "empty": {},
    "nulls": {"text": None, "needed": "y", "number": None, "inner": None},
    "null where none may be": {"text": "x", "needed": None},
    "null deep inside": {"needed": "y", "inner": {"needed": None}},
    "values that scalars refuse": {"needed": "y", "number": 2**40, "big": 1.5, "at": 7, "color": "green"},
    "wrong kinds": {"needed": 5, "text": True, "number": "8", "many": "no list"},
    "an object": SimpleNamespace(text="x", needed="y", number=1, inner=None),
    "an object that misbehaves": Strange(),
}  # fmt: skip
FIELDS = "__typename text needed number big at color many price { minor currency } loud alias: text"
TEXT = "{ row { FIELDS inner { FIELDS } ...more } } fragment more on Row { number text }".replace("FIELDS", FIELDS)


def run(row: Any, context_class: type[ExecutionContext]) -> tuple[Any, list[dict[str, Any]]]:
    query = type("Query", (graphene.ObjectType,), {"row": graphene.Field(RowType, resolver=lambda root, info: row)})
    result = execute_sync(
        graphene.Schema(query=query).graphql_schema,
        parse(TEXT),
        context_value=SimpleNamespace(deadline=None),
        execution_context_class=context_class,
    )
    return result.data, [dict(error.formatted) for error in result.errors or []]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_the_lean_answer_is_the_librarys(row: Any) -> None:
    assert run(row, LeanContext) == run(row, ExecutionContext)


def test_the_rows_reach_data_and_errors() -> None:
    answers = [run(row, LeanContext) for row in ROWS.values()]

    assert sum(bool(errors) for _data, errors in answers) >= 4
    assert answers[0][0]["row"]["big"] == 2**40
