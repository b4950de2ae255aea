"""Joining the apps' parts into the one schema, and finding facts about a field of it."""

import importlib
import importlib.util
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

import graphene
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from graphql import GraphQLSchema
from graphql.type import GraphQLEnumType, GraphQLNamedType

from backend.core.graphql.fields import ApiField, query_field
from backend.core.graphql.permissions import anyone
from backend.core.graphql.scalars import DateTime


class CoreQuery:
    """What the cellar itself answers."""

    server_time = query_field(
        DateTime,
        lambda root, info: info.context.now,
        permission=anyone,
        required=True,
        description="The time of the server, so that countdowns do not trust the clock of the phone.",
    )


def join_schema(apps: Iterable[str]) -> graphene.Schema:
    """Make the schema from `schema/types.py`, `queries.py`, `mutations.py` and `subscriptions.py` of each app."""
    queries: list[type] = [CoreQuery]
    mutations: list[type] = []
    subscriptions: list[type] = []
    for app in apps:
        _part(app, "types", None)
        queries += _part(app, "queries", "Query")
        mutations += _part(app, "mutations", "Mutations")
        subscriptions += _part(app, "subscriptions", "Subscriptions")
    return graphene.Schema(
        query=_root("Query", "Everything that can be read.", queries),
        mutation=_root("Mutation", "Everything that can be done.", mutations),
        subscription=_root("Subscription", "What is told while it happens.", subscriptions),
    )


@cache
def installed_schema() -> GraphQLSchema:
    """Give the schema that the settings name."""
    named = import_string(getattr(settings, "GRAPHQL_SCHEMA", "backend.config.schema.schema"))
    schema = cast(GraphQLSchema, named.graphql_schema)
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLEnumType):
            _take_choices(type_)
    return schema


def _take_choices(type_: GraphQLEnumType) -> None:
    """Let a row that was written a moment ago hold its state as a choice; graphene knows its own members only."""
    serialize = type_.serialize

    def serialize_choice(value: Any) -> Any:
        return serialize(value.value if isinstance(value, models.Choices) else value)

    type_.serialize = serialize_choice  # type: ignore[assignment, method-assign]  # of this one type only


def facts_of(parent: GraphQLNamedType, field_name: str) -> ApiField | None:
    """Give the declared field behind a field of the schema, where it carries facts."""
    return _facts(parent).get(field_name)


def _part(app: str, module: str, attribute: str | None) -> list[type]:
    name = f"{app}.schema.{module}"
    if not _exists(f"{app}.schema") or not _exists(name):
        return []
    loaded = importlib.import_module(name)
    return [getattr(loaded, attribute)] if attribute else []


def _exists(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _root(name: str, description: str, parts: list[type]) -> Any:
    if not parts:
        return None
    seen: dict[str, type] = {}
    for part in parts:
        for field in (field for field in vars(part) if not field.startswith("_")):
            if field in seen:
                raise TypeError(f"{part.__module__} and {seen[field].__module__} both declare {name}.{field}")
            seen[field] = part
    return type(name, (*parts, graphene.ObjectType), {"__doc__": description})


def _facts(parent: GraphQLNamedType) -> dict[str, ApiField]:
    known: dict[str, ApiField] | None = parent.extensions.get("api_fields")
    if known is None:
        declared = getattr(getattr(parent, "graphene_type", None), "_meta", None)
        fields = getattr(declared, "fields", None) or {}
        known = {
            field.name or _outer_name(name): field for name, field in fields.items() if isinstance(field, ApiField)
        }
        parent.extensions["api_fields"] = known
    return known


def _outer_name(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() or "_" for part in tail)
