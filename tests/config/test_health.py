"""`/livez` says that the process lives, `/readyz` that it may be given traffic."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError

from backend.config import health
from backend.config.routing import route


@pytest.fixture(autouse=True)
def _nobody_is_draining(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "state", health.ProcessState())


async def unused(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("Django was asked")


def get(path: str) -> tuple[int, dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "method": "GET", "headers": []}
    async_to_sync(route(unused))(scope, None, send)
    return sent[0]["status"], json.loads(sent[1]["body"])


@pytest.mark.django_db(transaction=True)
def test_a_process_with_everything_it_needs_is_ready():
    status, findings = get("/readyz")

    assert (status, findings["ready"]) == (200, True)


@pytest.mark.django_db(transaction=True)
def test_a_draining_process_is_not_ready_but_alive():
    health.state.draining = True

    assert get("/readyz")[0] == 503
    assert get("/livez") == (200, {"alive": True})


@pytest.mark.django_db(transaction=True)
def test_a_process_without_redis_is_not_ready_but_alive(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    status, findings = get("/readyz")

    assert status == 503
    assert findings["redis"] == "ConnectionError"
    assert findings["database"] == "ok"
    assert get("/livez")[0] == 200


def test_a_process_without_its_database_is_not_ready_but_alive(monkeypatch):
    def broken() -> str:
        raise OperationalError("gone")

    monkeypatch.setattr(health, "check_database", broken)
    monkeypatch.setattr(health, "check_migrations", broken)

    status, findings = get("/readyz")

    assert status == 503
    assert findings["database"] == "OperationalError"
    assert get("/livez")[0] == 200
