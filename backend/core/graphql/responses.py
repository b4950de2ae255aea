"""Shared answers: made once for everybody who asks the same, and dropped the moment they stop being true.

An answer is kept in Redis together with the tokens of the things it shows, and for a second in this process.
"""

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
import redis
from graphql import GraphQLSchema, print_schema

from backend.core.freshness import make_tokens, on_bump, token_key
from backend.core.graphql.documents import Operation
from backend.core.graphql.viewer import Viewer
from backend.core.valkey import shared_redis

log = logging.getLogger("backend.graphql")

LOCAL_SECONDS = 1.0
_LOCAL_KEPT = 2_000
_EVERYBODY = "everybody"

Made = tuple[bytes, bool]


class ResponseCache:
    """The shared answers that this process has at hand, in front of those in Redis."""

    def __init__(self) -> None:
        self._local: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        on_bump(self._forget)

    def at_hand(self, name: str) -> bytes | None:
        """Give an answer of the last second, without asking anybody."""
        kept = self._local.get(name)
        return kept[1] if kept is not None and kept[0] > time.monotonic() else None

    def fetch(self, name: str, *, keys: Sequence[str], seconds: int, make: Callable[[], Made]) -> Made:
        """Give a fresh answer from Redis, or make it and keep it. `make` says whether its answer may be kept."""
        place = f"answer:{name}"
        try:
            tokens, body = _read(place, keys)
            if body is not None:
                self._keep(name, body)
                return body, True
            tokens = tokens if all(tokens) else make_tokens(keys)
        except redis.RedisError as error:
            log.warning("answers are not shared now: %s", error)
            return make()
        body, may_be_kept = make()
        if may_be_kept:
            self._keep(name, body)
            self._store(place, tokens, body, seconds)
        return body, may_be_kept

    def clear(self) -> None:
        """Forget what is at hand."""
        self._local.clear()

    def _store(self, place: str, tokens: Sequence[bytes], body: bytes, seconds: int) -> None:
        try:
            shared_redis().set(place, _stamp(tokens) + body, ex=seconds)
        except redis.RedisError as error:
            log.warning("an answer could not be shared: %s", error)

    def _keep(self, name: str, body: bytes) -> None:
        self._local[name] = (time.monotonic() + LOCAL_SECONDS, body)
        if len(self._local) > _LOCAL_KEPT:
            self._local.popitem(last=False)

    def _forget(self, keys: Sequence[str]) -> None:
        self._local.clear()


def answer_name(operation: Operation, variables: Mapping[str, Any], viewer_locale: str) -> str:
    """Name an answer: the document, the variables it declares, the audience, the language and the schema."""
    declared = {name: variables[name] for name in operation.variable_names if name in variables}
    parts = (
        operation.document.id,
        operation.name,
        orjson.dumps(declared, option=orjson.OPT_SORT_KEYS).decode(),
        _EVERYBODY,
        viewer_locale,
        schema_version(operation.document.schema),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def public_viewer(viewer: Viewer) -> Viewer:
    """Give the viewer in whose name a shared answer is made: nobody, in the same language."""
    return Viewer(locale=viewer.locale)


@cache
def response_cache() -> ResponseCache:
    """Give the cache of this process."""
    return ResponseCache()


@cache
def schema_version(schema: GraphQLSchema) -> str:
    """Give the hash of the schema."""
    return hashlib.sha256(print_schema(schema).encode()).hexdigest()[:16]


def _read(place: str, keys: Sequence[str]) -> tuple[list[bytes], bytes | None]:
    found_now: list[Any] = shared_redis().mget([*(token_key(key) for key in keys), place])
    *tokens, kept = found_now
    found = [bytes(token or b"") for token in tokens]
    if kept is None or not all(found):
        return found, None
    stamp = _stamp(found)
    return found, bytes(kept[len(stamp) :]) if kept.startswith(stamp) else None


def _stamp(tokens: Sequence[bytes]) -> bytes:
    return hashlib.sha256(b"\0".join(tokens)).digest()
