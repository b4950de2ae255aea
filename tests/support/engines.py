"""One PostgreSQL and one Valkey for a whole run, a migrated template, and a database for each worker cloned from it.

A pytest plugin, loaded by `-p` so that the engines' folder is named before Django reads its settings. The engines
start when the run starts and are gone when it ends; parallel workers share them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from backend.config.run.translations import compile_translations
from backend.core.embedded.engines import stop
from backend.core.embedded.places import SUPERUSER, Places
from backend.core.embedded.postgres import start_postgres
from backend.core.embedded.valkey import start_valkey
from tests.support.kept_template import fingerprint, keep_template, read_template

TEMPLATE = "template_tuanzi"
# A power cut may lose the tests' data; a killed process may not.
FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "300"}


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts the engines; workers find them running."""
    if is_worker(config) or config.option.collectonly:
        return
    compile_translations()
    settings.ENGINES_DIR.mkdir(parents=True, exist_ok=True)
    start_postgres(settings.ENGINES, options=FAST)
    start_valkey(settings.ENGINES)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process stops the engines and removes their folder."""
    if is_worker(config) or not settings.configured:
        return
    places: Places = settings.ENGINES
    stop(places)
    for folder in {places.root, places.sockets.parent, settings.ENGINES_DIR}:
        shutil.rmtree(folder, ignore_errors=True)


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each worker's own database, cloned from the migrated template (instead of migrating once per worker)."""
    name = f"test_{settings.WORKER}"
    with django_db_blocker.unblock():
        make_template()
        clone(name)
        use_database(name)
        TransactionTestCase._fixture_teardown = clone_again  # type: ignore[attr-defined]  # Django's own step
        yield
        connections.close_all()


def clone_again(test: TransactionTestCase) -> None:
    """After a test that committed for real: the worker's database anew.

    Truncating, as Django would, is refused by the ledger and would take the rows that migrations brought.
    """
    connections.close_all()
    clone(f"test_{settings.WORKER}")


@pytest.fixture
def fresh_database(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of its own for a test that commits for real, with many connections if it likes.

    Real commits cannot be undone by truncating: the ledger's tables refuse it. So the test gets a new clone,
    and the worker's usual database is back afterwards.
    """
    request.getfixturevalue("django_db_setup")
    name = f"fresh_{settings.WORKER}"
    with django_db_blocker.unblock():
        clone(name)
        use_database(name)
        yield name
        use_database(f"test_{settings.WORKER}")
        drop(name)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """What one test leaves in Valkey is not seen by the next."""
    yield
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()


def make_template() -> None:
    """Migrate once per change of the tables; the workers that come second wait for the first."""
    with (settings.ENGINES_DIR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_superuser() as server:
            if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
                return
            server.execute("DROP DATABASE IF EXISTS half_a_template")
            server.execute("CREATE DATABASE half_a_template OWNER tuanzi")
        name = fingerprint()
        if not read_template(settings.ENGINES, "half_a_template", name=name):
            use_database("half_a_template")
            call_command("migrate", verbosity=0, interactive=False)
            connections.close_all()
            keep_template(settings.ENGINES, "half_a_template", name=name)
        with as_superuser() as server:
            server.execute(f"ALTER DATABASE half_a_template RENAME TO {TEMPLATE}".encode())


def clone(name: str) -> None:
    """A new database that is an exact copy of the template."""
    drop(name)
    with as_superuser() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} OWNER tuanzi STRATEGY file_copy'.encode())


def drop(name: str) -> None:
    with as_superuser() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def use_database(name: str) -> None:
    """Point Django's connections, those of every thread to come included, at this database."""
    connections.close_all()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
        connections.settings[alias]["NAME"] = name


@contextmanager
def as_superuser() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    url = settings.ENGINES.database_url(name="postgres", role=SUPERUSER)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.test")
