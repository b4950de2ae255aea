"""A load of requests over connections that stay open, as light as Python can make it."""

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

CONNECTIONS = 16
SECONDS = 6.0
WARM_UP_SECONDS = 1.5
# A browser that is refused does not ask again at once.
REFUSED_PAUSE = 0.5


def requests_per_second(port: int, bodies: Sequence[bytes], *, headers: str = "") -> float:
    """Send the bodies in turn over all connections for a few seconds; answer how many were answered a second.

    Any answer but 200 is an error, so a fast refusal does not count as speed.
    """
    raw = [_request(port, body, headers) for body in bodies]
    asyncio.run(_run(port, raw, WARM_UP_SECONDS))
    return asyncio.run(_run(port, raw, SECONDS))


@dataclass(slots=True)
class Crowd:
    """What many who ask at once were told: how long each answer took, how many were politely refused, what else."""

    seconds: float = 0.0
    answered_ms: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.answered_ms) / self.seconds

    @property
    def p95(self) -> float:
        """The milliseconds that nineteen of twenty answers keep within."""
        return statistics.quantiles(self.answered_ms, n=20)[-1]


def crowd(port: int, bodies: Sequence[bytes], *, connections: int, seconds: float = SECONDS) -> Crowd:
    """Send the bodies over so many connections at once. A typed refusal (503 BUSY) is no answer and no failure."""
    raw = [_request(port, body, "") for body in bodies]
    seen = Crowd()

    async def everybody() -> None:
        began = time.perf_counter()
        stop_at = began + seconds
        await asyncio.gather(
            *(_of_crowd(port, raw, number, connections, stop_at, seen) for number in range(connections))
        )
        seen.seconds = time.perf_counter() - began

    asyncio.run(everybody())
    return seen


async def _of_crowd(port: int, raw: Sequence[bytes], offset: int, step: int, stop_at: float, seen: Crowd) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while (began := time.perf_counter()) < stop_at:
        writer.write(raw[(offset + count * step) % len(raw)])
        head = await reader.readuntil(b"\r\n\r\n")
        await _skip_body(reader, head)
        count += 1
        if head.startswith(b"HTTP/1.1 200"):
            seen.answered_ms.append((time.perf_counter() - began) * 1000)
        elif head.startswith(b"HTTP/1.1 503") and b"retry-after" in head.lower():
            seen.refused += 1
            await asyncio.sleep(REFUSED_PAUSE)
        else:
            seen.failed += 1
    writer.close()


async def _run(port: int, raw: Sequence[bytes], seconds: float) -> float:
    stop_at = time.perf_counter() + seconds
    began = time.perf_counter()
    counts = await asyncio.gather(
        *(_one(port, raw, offset, lambda: time.perf_counter() < stop_at) for offset in range(CONNECTIONS))
    )
    return sum(counts) / (time.perf_counter() - began)


async def _one(port: int, raw: Sequence[bytes], offset: int, goes_on: Callable[[], bool]) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while goes_on():
        writer.write(raw[(offset + count * CONNECTIONS) % len(raw)])
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"The server refused: {head[:200]!r}")
        await _skip_body(reader, head)
        count += 1
    writer.close()
    return count


async def _skip_body(reader: asyncio.StreamReader, head: bytes) -> None:
    """Read what follows the head, whether its length was announced or it comes in chunks."""
    lower = head.lower()
    if b"content-length:" in lower:
        await reader.readexactly(int(lower.split(b"content-length:")[1].split(b"\r\n")[0]))
        return
    while (size := int((await reader.readline()).strip(), 16)) > 0:
        await reader.readexactly(size + 2)
    await reader.readline()


def _request(port: int, body: bytes, headers: str) -> bytes:
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    )
    return head.encode() + body
