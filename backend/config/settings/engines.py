"""From the addresses of the two engines to the settings of Django, Channels and Celery."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from backend.core.embedded.places import data_folder, places_in


def database_url() -> str:
    """`DATABASE_URL`, else the embedded PostgreSQL."""
    return os.environ.get("DATABASE_URL") or places_in(data_folder()).database_url()


def redis_url() -> str:
    """`REDIS_URL`, else the embedded Valkey."""
    return os.environ.get("REDIS_URL") or places_in(data_folder()).redis_url()


def database_settings(url: str, *, pool_size: int) -> dict[str, Any]:
    """One entry of `DATABASES`, with a pool: under ASGI a connection kept open per thread is never reused."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://; PostgreSQL is the one database."
        )
    query = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {"pool": {"min_size": 0, "max_size": pool_size, "timeout": 10}} if pool_size else {}
    host = query.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {**options, **query},
    }


def bound_statements(seconds: float) -> None:
    """Let the database give up what this process asks for longer than so, so that work nobody waits for is not left.

    For the web process alone: what runs at night in a worker may take its time.
    """
    os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={round(seconds * 1000)}")


def celery_broker(url: str) -> str:
    """Celery writes the address of a unix socket in its own way."""
    if not url.startswith("unix://"):
        return url
    parts = urlsplit(url)
    number = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={number}"
