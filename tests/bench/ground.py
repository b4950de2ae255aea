"""Where measurements happen: engines and a database of their own, and processes that answer over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from backend.core.embedded.engines import stop
from backend.core.embedded.places import places_in
from backend.core.embedded.postgres import start_postgres
from backend.core.embedded.valkey import start_valkey

PATIENCE_SECONDS = 60


@contextmanager
def engines() -> Iterator[None]:
    """Start engines in a folder of their own and point this process and its children at them."""
    folder = Path(tempfile.mkdtemp(prefix="tuanzi-bench-"))
    places = places_in(folder)
    start_postgres(places)
    start_valkey(places)
    os.environ.update(
        DATA_DIR=str(folder),
        DATABASE_URL=places.database_url(),
        REDIS_URL=places.redis_url(),
        DJANGO_SETTINGS_MODULE="tests.bench.settings",
        DATABASE_POOL="40",
        LOG_LEVEL="ERROR",
    )
    try:
        yield
    finally:
        stop(places)
        for each in {folder, places.root, places.sockets.parent}:
            shutil.rmtree(each, ignore_errors=True)


@contextmanager
def process(module: str, *, path: str) -> Iterator[int]:
    """Run a module as a process of its own and give its port once `path` answers."""
    port = free_port()
    running = subprocess.Popen([sys.executable, "-m", module], env={**os.environ, "PORT": str(port)})
    try:
        wait_until_it_answers(port, path, running)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=PATIENCE_SECONDS)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(port: int, path: str, running: subprocess.Popen[bytes]) -> None:
    """Wait for a process to serve."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise RuntimeError(f"The process ended with {running.returncode} before it answered.")
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            line.request("GET", path)
            if line.getresponse().status < 500:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"Nothing answers at port {port}.")


class Caller:
    """One connection that is kept open, as one browser has it."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Content-Type": "application/json", **(headers or {})}

    def post(self, path: str, body: bytes, **headers: str) -> Any:
        """Send a body and read the JSON that comes back; anything but success is an error."""
        self._line.request("POST", path, body=body, headers={**self._headers, **headers})
        answer = self._line.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {content[:300]!r}")
        return json.loads(content)

    def ask(self, text: str, **variables: Any) -> Any:
        """Ask the API and give the data."""
        answer = self.post("/graphql", json.dumps({"query": text, "variables": variables}).encode())
        if "errors" in answer:
            raise RuntimeError(str(answer["errors"])[:300])
        return answer["data"]
