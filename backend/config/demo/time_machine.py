"""Letting the demo's own connection live in the past.

Seats and deadlines are judged by the clock of the database, as they must be. To play three months of trade through
the same statements, this connection sees a `clock_timestamp()` of its own that tells the played time. Nobody else
sees it, and it is gone when the play is over.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

_OPEN = """
CREATE SCHEMA IF NOT EXISTS demo_time;
CREATE OR REPLACE FUNCTION demo_time.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
AS $$ SELECT current_setting('demo_time.now')::timestamptz $$;
"""
_CLOSE = "RESET search_path; DROP SCHEMA IF EXISTS demo_time CASCADE;"
_ENTER = (
    "SELECT set_config('search_path', 'demo_time, pg_catalog, public', false), set_config('demo_time.now', %s, false)"
)
_LEAVE = "RESET search_path"


@contextmanager
def time_machine() -> Iterator[None]:
    """Build the machine; take it down whatever happens."""
    _run(_OPEN)
    try:
        yield
    finally:
        _run(_CLOSE)


@contextmanager
def living_at(moment: datetime) -> Iterator[datetime]:
    """Let this connection believe that it is this moment."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [moment.isoformat()])
    try:
        yield moment
    finally:
        _run(_LEAVE)


def _run(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)
