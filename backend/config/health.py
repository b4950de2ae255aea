"""Is the process alive, and may it be given traffic? Two small addresses in front of everything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import redis
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

PATIENCE_SECONDS = 2


@dataclass
class ProcessState:
    """What this process knows of itself."""

    draining: bool = False
    migrated: bool = False


state = ProcessState()


async def livez(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The process answers. A dead engine does not make it unhealthy: restarting would not help."""
    await answer(send, 200, {"alive": True})


async def readyz(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Everything a request needs is there, and the process is not on its way out."""
    findings = await sync_to_async(look_around, thread_sensitive=False)()
    ready = all(finding == "ok" for finding in findings.values())
    await answer(send, 200 if ready else 503, {"ready": ready, **findings})


def look_around() -> dict[str, str]:
    return {
        "database": finding(check_database),
        "migrations": finding(check_migrations),
        "redis": finding(check_redis),
        "process": "draining" if state.draining else "ok",
    }


def finding(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, redis.RedisError, OSError) as error:
        return type(error).__name__


def check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return "ok"
    finally:
        connection.close()


def check_migrations() -> str:
    """Asked until the answer is yes; a running process is not migrated backwards."""
    if not state.migrated:
        try:
            executor = MigrationExecutor(connection)
            state.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        finally:
            connection.close()
    return "ok" if state.migrated else "pending"


def check_redis() -> str:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE_SECONDS) as client:
        client.ping()
    return "ok"


async def answer(send: Any, status: int, content: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(content).encode()})
