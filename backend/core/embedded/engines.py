"""Both engines at once, and whether given ones can be used."""

from __future__ import annotations

import os

import psycopg
import redis

from backend.core.embedded.places import Places, data_folder, places_in
from backend.core.embedded.postgres import EngineFailed, start_postgres, stop_postgres
from backend.core.embedded.valkey import start_valkey, stop_valkey


def make_ready() -> None:
    """Start the engines for which no address is given, and try the addresses that are.

    Raises: EngineFailed, with one line that says what was tried and how to mend it.
    """
    places = places_in(data_folder())
    if "DATABASE_URL" not in os.environ:
        start_postgres(places)
    if "REDIS_URL" not in os.environ:
        start_valkey(places)
    check_database(os.environ.get("DATABASE_URL") or places.database_url())
    check_redis(os.environ.get("REDIS_URL") or places.redis_url())


def stop(places: Places) -> None:
    """Stop both engines of these places."""
    stop_valkey(places)
    stop_postgres(places)


def check_database(url: str) -> None:
    """Refuse a database that cannot be reached, or that does not know the letters of the shop's languages."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            found = connection.execute(
                "SELECT datctype, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
            ).fetchone()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise EngineFailed(
            f"PostgreSQL cannot be reached at {without_password(url)} ({reason}). "
            "Start it, correct DATABASE_URL, or unset DATABASE_URL to use the embedded PostgreSQL."
        ) from error
    character_type, encoding = found or ("unknown", "unknown")
    if character_type in {"C", "POSIX"} or encoding != "UTF8":
        raise EngineFailed(
            f"The database at {without_password(url)} has LC_CTYPE={character_type} and encoding {encoding}: "
            "it cannot search Chinese. Make it anew with "
            "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'."
        )


def check_redis(url: str) -> None:
    """Refuse a Redis that cannot be reached."""
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        raise EngineFailed(
            f"Redis cannot be reached at {without_password(url)} ({error}). "
            "Start it, correct REDIS_URL, or unset REDIS_URL to use the embedded Valkey."
        ) from error


def without_password(url: str) -> str:
    """The address as it may be shown."""
    scheme, separator, rest = url.partition("://")
    login, at, place = rest.rpartition("@")
    return f"{scheme}{separator}{login.partition(':')[0]}{at}{place}"
