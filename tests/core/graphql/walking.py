"""Walking the one real schema: its fields, their permissions, the actions behind its mutations."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

from backend.core.errors import DomainError
from backend.core.graphql.fields import ApiField
from backend.core.graphql.joining import facts_of, installed_schema
from backend.core.graphql.mutations import ALWAYS_POSSIBLE, Mutation

ROOTS = ("Query", "Mutation", "Subscription")
SCALARS = {
    "String": "x",
    "Int": 1,
    "Float": 1.0,
    "Boolean": True,
    "BigInt": 1,
    "Date": "2026-01-01",
    "DateTime": "2026-01-01T00:00:00Z",
    "JSON": {},
}
_RAISES = re.compile(r"Raises:(.*?)(?:\n\s*\n|Emits:|Returns:|$)", re.DOTALL)


def root_fields() -> Iterator[tuple[str, str, ApiField | None]]:
    """Every field of the three roots."""
    for root in ROOTS:
        type_ = installed_schema().get_type(root)
        if isinstance(type_, GraphQLObjectType):
            for name in type_.fields:
                yield root, name, facts_of(type_, name)


def permission_table() -> str:
    """The permissions of every root field, for people to review."""
    lines = [
        f"{root}.{name}: {facts.permission.name if facts and facts.permission else '-'}"
        for root, name, facts in root_fields()
    ]
    return "\n".join(sorted(lines)) + "\n"


def mutations() -> list[type[Mutation]]:
    """Every mutation of the real schema."""
    found = [owner for _root, _name, fact in root_fields() if (owner := getattr(fact, "mutation", None))]
    return sorted(found, key=lambda mutation: mutation.__name__)


def undescribed() -> list[str]:
    """The types and fields without a sentence."""
    missing: list[str] = []
    for name, type_ in installed_schema().type_map.items():
        if name.startswith("__") or name in {"String", "Int", "Float", "Boolean", "ID"}:
            continue
        if not type_.description:
            missing.append(name)
        for field_name, field in getattr(type_, "fields", {}).items():
            if not field.description:
                missing.append(f"{name}.{field_name}")
    return missing


def operation_for(root: str, name: str) -> tuple[str, dict[str, Any]]:
    """An operation that asks for one root field with the least that its types allow."""
    type_: Any = installed_schema().get_type(root)
    field = type_.fields[name]
    needed = {key: argument for key, argument in field.args.items() if is_required_argument(argument)}
    declared = ", ".join(f"${key}: {argument.type}" for key, argument in needed.items())
    given = ", ".join(f"{key}: ${key}" for key in needed)
    inner = "" if is_leaf_type(get_named_type(field.type)) else " { __typename errors { code } }"
    if root == "Query":
        inner = inner.replace(" errors { code }", "")
    text = f"{root.lower()}{f' ({declared})' if declared else ''} {{ {name}{f'({given})' if given else ''}{inner} }}"
    return text, {key: value_for(argument.type) for key, argument in needed.items()}


def value_for(type_: Any) -> Any:
    """A value that the type accepts."""
    if isinstance(type_, GraphQLNonNull):
        return value_for(type_.of_type)
    if isinstance(type_, GraphQLList):
        return [value_for(type_.of_type)]
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        return {name: value_for(field.type) for name, field in type_.fields.items() if is_required_input_field(field)}
    return str(uuid.uuid4()) if type_.name == "ID" else SCALARS[type_.name]


def raised_by(mutation: type[Mutation]) -> set[str] | None:
    """What the actions behind a mutation say they raise; nothing if no action was found."""
    actions = set(_actions_in(vars(mutation)["perform"].__func__, inspect.getmodule(mutation), depth=3))
    if not actions:
        return None
    return {name for action in actions for name in _raises_of(action)} - _implicit()


def declared_by(mutation: type[Mutation]) -> set[str]:
    """What a mutation declares beyond what is always possible."""
    return {error.__name__ for error in mutation.errors} - _implicit()


def _implicit() -> set[str]:
    return {error.__name__ for error in ALWAYS_POSSIBLE}


def _raises_of(action: Callable[..., Any]) -> set[str]:
    found = _RAISES.search(inspect.getdoc(action) or "")
    return {word for word in re.findall(r"\b[A-Z]\w+", found.group(1)) if word in _refusals()} if found else set()


@cache
def _refusals() -> set[str]:
    names: set[str] = set()
    waiting = [DomainError]
    while waiting:
        current = waiting.pop()
        if not current.__module__.startswith("tests"):
            names.add(current.__name__)
        waiting += current.__subclasses__()
    return names


def _actions_in(function: Any, module: ModuleType | None, depth: int) -> Iterator[Callable[..., Any]]:
    if module is None or depth == 0:
        return
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        called = _named(node.func, module) if isinstance(node, ast.Call) else None
        if not inspect.isfunction(called):
            continue
        called = inspect.unwrap(called)
        if ".actions" in called.__module__:
            yield called
        elif ".schema" in called.__module__:
            yield from _actions_in(called, inspect.getmodule(called), depth - 1)


def _named(node: ast.expr, module: ModuleType) -> Any:
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        return getattr(_named(node.value, module), node.attr, None)
    return None
