"""The embedded engines start again after a kill, and given ones that cannot be used are refused in one line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from backend.core.embedded.engines import check_database, check_redis, stop
from backend.core.embedded.places import PROJECT, Places, places_in
from backend.core.embedded.postgres import EngineFailed, running_pid, start_postgres
from backend.core.embedded.valkey import start_valkey
from tests.support.engines import as_superuser


@pytest.fixture
def places() -> Iterator[Places]:
    folder = Path(tempfile.mkdtemp(prefix="tuanzi-engines-"))
    folder.chmod(0o755)
    yield (found := places_in(folder))
    stop(found)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_what_was_committed_is_there_after_a_kill(places: Places):
    first = start_postgres(places)
    with psycopg.connect(places.database_url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (fruit text)")
        connection.execute("INSERT INTO kept VALUES ('荔枝')")

    busy = psycopg.connect(places.database_url())
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    second = start_postgres(places)
    busy.close()

    assert second != first
    with psycopg.connect(places.database_url()) as connection:
        assert connection.execute("SELECT fruit FROM kept").fetchone() == ("荔枝",)


def test_starting_twice_is_starting_once(places: Places):
    assert start_valkey(places) == start_valkey(places)
    assert start_postgres(places) == start_postgres(places) == running_pid(places)


def test_valkey_is_started_again_after_a_kill(places: Places):
    first = start_valkey(places)

    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)

    assert start_valkey(places) != first


def test_a_long_path_gets_its_sockets_elsewhere(tmp_path: Path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)

    assert len(str(places_in(deep).valkey_socket)) < 108


def test_an_unreachable_database_is_refused_with_a_way_out_and_without_its_password():
    with pytest.raises(EngineFailed) as refusal:
        check_database("postgresql://shop:secret@127.0.0.1:1/shop")

    assert "postgresql://shop@127.0.0.1:1/shop" in str(refusal.value)
    assert "unset DATABASE_URL" in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_an_unreachable_redis_is_refused_with_a_way_out():
    with pytest.raises(EngineFailed, match="unset REDIS_URL"):
        check_redis("redis://127.0.0.1:1/0")


def test_a_database_that_does_not_know_chinese_letters_is_refused():
    with as_superuser() as server:
        server.execute("DROP DATABASE IF EXISTS c_letters")
        server.execute("CREATE DATABASE c_letters TEMPLATE template0 LC_CTYPE 'C' LC_COLLATE 'C'")

    with pytest.raises(EngineFailed, match="LC_CTYPE=C"):
        check_database(settings.ENGINES.database_url(name="c_letters"))


def test_a_command_says_in_one_line_that_the_database_cannot_be_reached():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "backend.config.settings.dev",
        "DATABASE_URL": "postgresql://shop@127.0.0.1:1/shop",
        "REDIS_URL": settings.REDIS_URL,
        "DATA_DIR": str(settings.DATA_DIR),
    }

    ended = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "PostgreSQL cannot be reached" in ended.stderr
