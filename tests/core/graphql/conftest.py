"""The small shop behind a door, with limits that a test can change."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import redis
from django.contrib.auth import get_user_model
from redis.backoff import NoBackoff
from redis.retry import Retry

from backend.core.graphql import settings as graphql_settings
from backend.core.graphql.asgi import GraphQLDoor
from backend.core.graphql.documents import DocumentStore
from backend.core.graphql.runners import InlineRunner
from backend.core.graphql.settings import Limits
from tests.core.graphql.shop import calls, schema
from tests.support.api import Api

MakeApi = Callable[..., Api]


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> MakeApi:
    """`shop(user, cost=10)` asks the small shop under the given limits."""
    calls.clear()

    def make(user: Any = None, *, trusted: dict[str, str] | None = None, locale: str = "zh-Hans", **given: Any) -> Api:
        limits = dataclasses.replace(graphql_settings.limits(), **given)
        store = DocumentStore(schema.graphql_schema, limits)
        store.trusted_texts.update(trusted or {})
        api = Api(user, locale=locale)
        api.door = GraphQLDoor(store=lambda: store, limits=lambda: limits, runner=InlineRunner())
        return api

    return make


@pytest.fixture
def loose() -> Limits:
    """Limits that let everything through, to show what happens without them."""
    most = 10**9
    return dataclasses.replace(
        graphql_settings.limits(), document_bytes=most, tokens=most, fields=most, aliases=most, directives=most,
        root_fields=most, root_mutations=most, depth=most, cost=most,
    )  # fmt: skip


@pytest.fixture
def person() -> Callable[[], Any]:
    """Makes people with an account."""

    def make() -> Any:
        email = f"{uuid.uuid4().hex}@example.org"
        return get_user_model().objects.create(email=email, date_joined=datetime.now(UTC))

    return make


@pytest.fixture
def dead_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis is away for the API."""
    nobody = redis.Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 1))
    for module in ("backend.core.freshness", "backend.core.graphql.rates", "backend.core.graphql.responses"):
        monkeypatch.setattr(f"{module}.shared_redis", lambda: nobody)
