"""Rows in and out by statements that are worked out once per table, for paths that many people walk at once."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=Model)


def insert_rows(rows: Sequence[M]) -> Sequence[M]:
    """Write new rows of one table in one statement; columns that the database fills stay to the database."""
    if rows:
        _insert(rows, "")
    return rows


def insert_row(row: M) -> M:
    """Write one new row."""
    return insert_rows([row])[0]


def insert_row_once(row: Model) -> bool:
    """Write one new row, unless a row with the same unique columns is there; say whether it was written.

    It waits for another transaction that is writing the same one.
    """
    return bool(_insert([row], "ON CONFLICT DO NOTHING"))


def rows_where(model: type[M], condition: str, values: Sequence[Any]) -> list[M]:
    """Read rows by a condition that is written in code and ends the statement."""
    fields = columns_of(model)
    with connection.cursor() as cursor:
        cursor.execute(f"{select_from(model)} {condition}", values)
        found = cursor.fetchall()
    names = [str(field.attname) for field in fields]
    converters = [
        (index, convert) for index, field in enumerate(fields) if (convert := getattr(field, "from_db_value", None))
    ]
    rows = []
    for one in found:
        values_of_row = list(one)
        for index, convert in converters:
            values_of_row[index] = convert(one[index], None, connection)
        rows.append(model.from_db(connection.alias, names, values_of_row))
    return rows


def keys_of(model: type[Model], pks: Sequence[object]) -> list[Any]:
    """Keys in the type of the column, so that an array of them may stand in a statement."""
    column = model._meta.pk
    return [pk if isinstance(pk, UUID) else column.to_python(pk) for pk in pks]


def _insert(rows: Sequence[Model], ending: str) -> int:
    fields = columns_of(type(rows[0]))
    places, values = [], []
    for row in rows:
        given = [field.pre_save(row, add=True) for field in fields]
        places.append(f"({', '.join('DEFAULT' if isinstance(each, DatabaseDefault) else '%s' for each in given)})")
        values += [
            field.get_db_prep_save(each, connection)
            for field, each in zip(fields, given, strict=True)
            if not isinstance(each, DatabaseDefault)
        ]
    with connection.cursor() as cursor:
        cursor.execute(f"{_insert_into(type(rows[0]))} VALUES {', '.join(places)} {ending}", values)
        written: int = cursor.rowcount
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return written


@cache
def columns_of(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    """The columns of a table, in their order."""
    return tuple(model._meta.concrete_fields)


@cache
def select_from(model: type[Model]) -> str:
    """The beginning of a statement that reads whole rows."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in columns_of(model))
    return f"SELECT {columns} FROM {quoted(model._meta.db_table)}"  # noqa: S608 - names of our own tables


@cache
def _insert_into(model: type[Model]) -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in columns_of(model))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns})"
