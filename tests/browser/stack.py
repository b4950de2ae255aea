"""The whole shop for the browser tests: every process of `make run`, on the engines of the test run.

It has a database of its own (cloned from the migrated template), its own Redis number, its own folder for pictures
and companions, and free ports, so that it stands beside anything else that runs on the machine.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from django.conf import settings

from backend.config.run.supervise import processes
from backend.core.embedded.places import PROJECT
from tests.support.engines import clone, drop

PORTS = ("PORT", "PROVIDER_PORT", "GATEWAY_PORT", "GATEWAY_MAIL_PORT", "CARRIER_PORT")
PROCESSES = ("provider", "gateway", "carrier", "web", "worker", "beat")
# How much faster than life the carrier drives: the thirty hours of a near parcel are some seconds.
CARRIER_SPEED = "9000"
# The numbers below belong to the workers of a parallel run.
REDIS_NUMBER = 15
PATIENCE_SECONDS = 90
OPEN_EVENTS = "SELECT count(*) FROM core_outboxevent WHERE done_at IS NULL AND parked_at IS NULL"
SECONDS_TO_STOP = 25


class NotRunning(Exception):
    """The shop of the browser tests did not come up; the message holds what its processes said."""


@dataclass(frozen=True)
class Stack:
    """A running shop."""

    url: str
    gateway_url: str
    database_url: str
    folder: Path

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Turn the hands of the clock, or look at what was written; never to do what a person does."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            done = connection.execute(statement.encode(), values)
            return done.fetchall() if done.description else []

    @property
    def named_url(self) -> str:
        """The shop under a name, as passkeys want it."""
        return self.url.replace("127.0.0.1", "localhost")

    def becomes(self, expected: list[tuple[Any, ...]], statement: str, *values: object) -> None:
        """Wait until this is what was written, and say what stands there instead when it does not come."""
        until = time.monotonic() + PATIENCE_SECONDS
        while (found := self.sql(statement, *values)) != expected and time.monotonic() < until:
            time.sleep(0.2)
        assert found == expected

    def has_heard(self) -> None:
        """Wait until everything that happened has been told to whom it concerns; for pages that do not follow it."""
        self.becomes([(0,)], OPEN_EVENTS)

    def logs(self) -> str:
        """What the processes said."""
        return "\n".join(f"== {file.stem}\n{file.read_text()[-2000:]}" for file in sorted(self.folder.glob("*.log")))


@contextmanager
def running_stack() -> Iterator[Stack]:
    """Start the shop, fill it, and stop it all at the end.

    Raises: NotRunning.
    """
    name = f"browser_{settings.WORKER}"
    folder = settings.ENGINES_DIR / name
    folder.mkdir(parents=True)
    clone(name)
    environment = environment_of(name, folder)
    stack = Stack(
        url=environment["SITE_URL"],
        gateway_url=f"http://127.0.0.1:{environment['GATEWAY_PORT']}",
        database_url=environment["DATABASE_URL"],
        folder=folder,
    )
    with ExitStack() as ends:
        ends.callback(drop, name)
        commands = processes()
        for process in PROCESSES:
            ends.enter_context(running(process, commands[process], environment, folder))
        seed(environment, stack)
        wait_until(lambda: is_ready(stack), stack)
        yield stack


def environment_of(name: str, folder: Path) -> dict[str, str]:
    """What tells every process which engines, ports and folders are its own."""
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    return {
        **os.environ,
        **ports,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": settings.ENGINES.database_url(name=name),
        "REDIS_URL": settings.ENGINES.redis_url(number=REDIS_NUMBER),
        "DATA_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{ports['PORT']}",
        # A passkey is bound to a name, never to a number.
        "PASSKEY_HOST": "localhost",
        "PASSKEY_ORIGINS": f"http://localhost:{ports['PORT']}",
        "CARRIER_SPEED": CARRIER_SPEED,
        "WORKER_CONCURRENCY": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
    }


def free_ports(count: int) -> list[str]:
    """Ports that nobody listens on; asked for together, so that they differ."""
    with ExitStack() as probes:
        found = []
        for _ in range(count):
            probe = probes.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            found.append(str(probe.getsockname()[1]))
        return found


@contextmanager
def running(name: str, command: str, environment: dict[str, str], folder: Path) -> Iterator[None]:
    """One process, with what it says in a file."""
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, shell=True, env=environment, cwd=PROJECT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; what does not is ended with everything it started."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def seed(environment: dict[str, str], stack: Stack) -> None:
    """Fill the shop from a process of its own, because this one looks at another database."""
    command = [sys.executable, "-m", "tests.browser.seed"]
    done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRunning(f"The shop could not be filled.\n{done.stdout}\n{done.stderr}\n{stack.logs()}")


def is_ready(stack: Stack) -> bool:
    """Whether the web process answers and the worker has taken in what the seed told."""
    try:
        if httpx.get(f"{stack.url}/readyz", timeout=5).status_code != 200:
            return False
    except httpx.HTTPError:
        return False
    return stack.sql(OPEN_EVENTS) == [(0,)]


def wait_until(is_true: Callable[[], bool], stack: Stack) -> None:
    """Ask again and again.

    Raises: NotRunning.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        if time.monotonic() > until:
            raise NotRunning(f"The shop was not ready after {PATIENCE_SECONDS} s.\n{stack.logs()}")
        time.sleep(0.1)
