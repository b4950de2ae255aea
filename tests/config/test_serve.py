"""A polite end and bounded writers; each beside plain Daphne, which has neither."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
import websockets
from websockets.asyncio.client import connect

from tests.support.slow_server import FRAMES

Start = Callable[[str], tuple[subprocess.Popen[bytes], int]]


@pytest.fixture
def start() -> Iterator[Start]:
    started = []

    def begin(kind: str) -> tuple[subprocess.Popen[bytes], int]:
        port = free_port()
        command = [sys.executable, "-m", "tests.support.slow_server", str(port), kind]
        started.append(subprocess.Popen(command, env={**os.environ}))
        wait_until_open(port)
        return started[-1], port

    yield begin
    for process in started:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not start")


async def requests_through_a_stop(process: subprocess.Popen[bytes], port: int) -> tuple[int, int | None]:
    """How many of five requests in flight are answered when the server is told to stop, and how its socket ends."""
    async with httpx.AsyncClient() as client, connect(f"ws://127.0.0.1:{port}/quiet") as quiet:
        asked = [asyncio.ensure_future(client.get(f"http://127.0.0.1:{port}/slow")) for _ in range(5)]
        await asyncio.sleep(0.4)
        process.send_signal(signal.SIGTERM)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        with pytest.raises(websockets.ConnectionClosed):
            await asyncio.wait_for(quiet.recv(), 10)
        answered = sum(isinstance(answer, httpx.Response) and answer.status_code == 200 for answer in answers)
        return answered, quiet.close_code


def test_a_stop_finishes_what_is_in_flight_and_sends_sockets_away_with_1012(start: Start):
    process, port = start("polite")

    answered, code = asyncio.run(requests_through_a_stop(process, port))

    assert (answered, code) == (5, 1012)
    assert process.wait(10) == 0


def test_without_the_drain_requests_are_lost(start: Start):
    process, port = start("plain")

    answered, code = asyncio.run(requests_through_a_stop(process, port))

    assert answered < 5
    assert code != 1012


def frames_taken_by_a_reader_that_never_reads(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port)) as reader:
        reader.sendall(
            f"GET /flood HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        time.sleep(2)
        return int(httpx.get(f"http://127.0.0.1:{port}/sent").json()["sent"])


def test_a_reader_that_never_reads_holds_its_sender_back(start: Start):
    _, port = start("polite")

    assert frames_taken_by_a_reader_that_never_reads(port) < FRAMES / 2


def test_without_bounded_writers_everything_is_taken_into_memory(start: Start):
    _, port = start("plain")

    assert frames_taken_by_a_reader_that_never_reads(port) == FRAMES


def test_a_taken_port_ends_the_server_with_a_line_that_says_so():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "tests.support.slow_server", str(taken.getsockname()[1]), "polite"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)

    assert ended.returncode == 1
    assert "Set PORT to another one." in ended.stderr
