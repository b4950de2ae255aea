"""Asking the real schema one root field at a time, and seeing what was written meanwhile."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis
from django.conf import settings
from django.db import connection, transaction
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, get_named_type, is_leaf_type

from backend.core.graphql.joining import installed_schema
from tests.security.world import World

# What may be written although the answer is a refusal: who was here, which key was used, what will be told.
EPHEMERAL = {"django_session", "usersessions_usersession"}
TOUCHED = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
Path = tuple[str | int, ...]


class Asker:
    """Asks as anybody of the world, and undoes what came of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.digests = {table: digest(table) for table, _count in touched().items()}

    def ask(self, who: str, root: str, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Give the whole answer of one root field; whatever was written is undone."""
        with self.undone():
            return self.answer(who, root, name, arguments)

    def answer(self, who: str, root: str, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        text = operation(root, name, arguments)
        return self.world.apis[who].post(body(text, arguments)).json

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo what is done inside."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def ask_and_look(
        self, who: str, root: str, name: str, arguments: dict[str, Any]
    ) -> tuple[dict[str, Any], list[str]]:
        """Give the answer, and the tables that differ afterwards from what they were."""
        with self.undone():
            before = touched()
            answer = self.answer(who, root, name, arguments)
            if "INTERNAL" in codes(answer):
                return answer, []
            changed = [
                table for table, count in touched().items()
                if count != before.get(table, 0) and table not in EPHEMERAL and digest(table) != self.digests[table]
            ]  # fmt: skip
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return answer, changed


def refill() -> None:
    """Give everybody their allowance of questions back."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()


def body(text: str, variables: dict[str, Any]) -> bytes:
    """The request as JSON; escapes of lone surrogates stay as they are."""
    return json.dumps({"query": text, "variables": variables}).encode()


def operation(root: str, name: str, given: dict[str, Any]) -> str:
    """The operation that asks for one root field with the given arguments."""
    type_: Any = installed_schema().get_type(root)
    field = type_.fields[name]
    declared = ", ".join(f"${key}: {field.args[key].type}" for key in given)
    passed = ", ".join(f"{key}: ${key}" for key in given)
    inner = "" if is_leaf_type(get_named_type(field.type)) else "{ __typename }"
    if root == "Mutation":
        inner = "{ errors { code message field details } }"
    return f"{root.lower()}{f' ({declared})' if given else ''} {{ {name}{f'({passed})' if given else ''} {inner} }}"


def codes(answer: dict[str, Any]) -> list[str]:
    """The codes of all refusals of an answer."""
    found = [error["extensions"]["code"] for error in answer.get("errors", [])]
    for value in (answer.get("data") or {}).values():
        if isinstance(value, dict):
            found += [error["code"] for error in value.get("errors") or []]
    return found


def outcome(answer: dict[str, Any]) -> str:
    """One word for an answer: a refusal's code, a value, or that there is nothing."""
    if refused := codes(answer):
        return refused[0]
    (value,) = answer["data"].values()
    return shown(value)


def shown(value: Any) -> str:
    """One word for a value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict) and value.get("errors") == []:
        return "done"
    if isinstance(value, dict) and "edges" in value:
        value = value["edges"]
    if value is None or value == []:
        return "-"
    return "some"


def touched() -> dict[str, int]:
    """How many rows of each table this transaction has written."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED)
        return dict(cursor.fetchall())


def digest(table: str) -> str:
    """What a table holds, in one word."""
    with connection.cursor() as cursor:
        row = f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'
        cursor.execute(row)
        return str(cursor.fetchone()[0])


def leaves(type_: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every scalar or enum of an input type, with the way to it; of a list, the first item."""
    if isinstance(type_, GraphQLNonNull):
        yield from leaves(type_.of_type, path)
    elif isinstance(type_, GraphQLList):
        yield from leaves(type_.of_type, (*path, 0))
    elif isinstance(type_, GraphQLInputObjectType):
        for name, field in type_.fields.items():
            yield from leaves(field.type, (*path, name))
    else:
        yield path, type_


def placed(value: Any, path: Path, replacement: Any) -> Any:
    """A copy of a value with something else at one place."""
    changed = copy.deepcopy(value)
    inner = changed
    for step, following in itertools.pairwise(path):
        if isinstance(step, str) and inner.get(step) is None:
            inner[step] = [None] if following == 0 else {}
        elif isinstance(step, int) and inner[step] is None:
            inner[step] = {}
        inner = inner[step]
    inner[path[-1]] = replacement
    return changed


def root_arguments(root: str, name: str) -> Iterator[tuple[Path, Any]]:
    """Every scalar argument of a root field, with the way to it."""
    type_: Any = installed_schema().get_type(root)
    for key, argument in type_.fields[name].args.items():
        yield from leaves(argument.type, (key,))
