"""Where the work of a request runs: on a few fixed threads, each giving its database connection back."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from django.db import connections

T = TypeVar("T")


class TooBusy(Exception):
    """More requests are waiting than could be answered in time."""


class Runner(Protocol):
    """Runs blocking work for the event loop."""

    async def run(self, work: Callable[[], T], *, seconds: float) -> T:
        """Run the work.

        Raises: TooBusy, TimeoutError.
        """

    async def once(self, name: str, lead: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """Let one caller of the same name lead and the others wait for its result; say whether this one led."""


class ThreadRunner:
    """A fixed number of threads. A request that would wait behind too many others is turned away at once."""

    def __init__(self, *, threads: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="graphql")
        self._most = threads + waiting
        self._running = 0
        self._flights: dict[str, asyncio.Future[Any]] = {}

    async def run(self, work: Callable[[], T], *, seconds: float) -> T:
        """Run the work on a thread."""
        if self._running >= self._most:
            raise TooBusy
        self._running += 1
        future = self._pool.submit(_with_connections_returned, work)
        future.add_done_callback(self._done)
        async with asyncio.timeout(seconds):
            return await asyncio.wrap_future(future)

    async def once(self, name: str, lead: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """Single flight: the second caller waits for the first."""
        flight = self._flights.get(name)
        if flight is not None:
            return await asyncio.shield(flight), False
        flight = self._flights[name] = asyncio.get_running_loop().create_future()
        try:
            result = await lead()
            flight.set_result(result)
            return result, True
        except BaseException as error:
            flight.set_exception(error if isinstance(error, Exception) else TooBusy())
            flight.exception()
            raise
        finally:
            del self._flights[name]

    def close(self) -> None:
        """Let the threads finish and end."""
        self._pool.shutdown(wait=True)

    def _done(self, _future: object) -> None:
        self._running -= 1


class InlineRunner:
    """Runs the work where it is, so that a test sees its own transaction."""

    async def run(self, work: Callable[[], T], *, seconds: float) -> T:
        """Run the work at once."""
        return work()

    async def once(self, name: str, lead: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """Lead."""
        return await lead(), True


def return_connections() -> None:
    """Give this thread's database connections back to the pool."""
    for connection in connections.all(initialized_only=True):
        connection.close()


def _with_connections_returned(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        return_connections()
