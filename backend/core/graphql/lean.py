"""Lean execution: no awaiting, and leaves read straight from the row.

Anything unusual (a null where none may be, a value that a scalar refuses) takes the library's own way,
so that answers and errors stay the library's; a test compares both.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    Undefined,
    is_leaf_type,
    is_non_null_type,
)
from graphql.pyutils import Path
from graphql.type import GraphQLNonNull

Reader = Callable[[Any], Any]
_KNOWN = "leaf_readers"


class OutOfTime(Exception):
    """The operation ran longer than one request may."""


class LeanContext(ExecutionContext):
    """Looks at the clock before each object and reads leaves without ceremony."""

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: dict[str, list[FieldNode]]
    ) -> dict[str, Any]:
        """Read the leaves; run every other field the library's way."""
        readers = leaf_readers(parent_type)
        results: dict[str, Any] = {}
        for response_name, field_nodes in fields.items():
            reader = readers.get(field_nodes[0].name.value)
            value = Undefined if reader is None else reader(source_value)
            if value is Undefined:
                inner = Path(path, response_name, parent_type.name)
                value = self.execute_field(parent_type, source_value, field_nodes, inner)
            if value is not Undefined:
                results[response_name] = value
        return results

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_nodes: list[FieldNode], path: Path
    ) -> Any:
        """Run one field unless the time of the request is over."""
        deadline = self.context_value.deadline
        if deadline is not None and time.monotonic() > deadline:
            raise OutOfTime
        return super().execute_field(parent_type, source, field_nodes, path)


def leaf_readers(parent: GraphQLObjectType) -> Mapping[str, Reader]:
    """Give how the leaves of a type are read that come unchanged from their row."""
    known: dict[str, Reader] | None = parent.extensions.get(_KNOWN)
    if known is None:
        known = {"__typename": lambda _source: parent.name}
        for name, field in parent.fields.items():
            if (reader := _reader_of(field)) is not None:
                known[name] = reader
        parent.extensions[_KNOWN] = known
    return known


def _reader_of(field: GraphQLField) -> Reader | None:
    resolve, type_ = field.resolve, field.type
    bare: Any = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if not is_leaf_type(bare) or field.args:
        return None
    value_of = _value_of(resolve)
    if value_of is None:
        return None
    for_null = Undefined if is_non_null_type(type_) else None
    serialize = bare.serialize

    def read(source: Any) -> Any:
        try:
            value = value_of(source)
            if value is None:
                return for_null
            written = serialize(value)
        except Exception:  # noqa: BLE001 - the library meets it again and tells it
            return Undefined
        return Undefined if written is None else written

    return read


def _value_of(resolve: Any) -> Reader | None:
    told: Reader | None = getattr(resolve, "reads_leaf", None)
    if told is not None:
        return told
    if not isinstance(resolve, partial) or resolve.func is not dict_or_attr_resolver:
        return None
    name, default = resolve.args
    return lambda source: source.get(name, default) if isinstance(source, dict) else getattr(source, name, default)


def leaf(value_of: Reader) -> Callable[[Any, Any], Any]:
    """Make a resolver of a leaf that needs nothing but its row, so that it is read without ceremony."""

    def resolve(root: Any, info: Any) -> Any:
        return value_of(root)

    vars(resolve)["reads_leaf"] = value_of
    return resolve
