"""Many at once: run the same work in threads that start together, each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import connections

T = TypeVar("T")


@dataclass
class Outcome(Generic[T]):
    """What came back from each, and what was raised."""

    answers: list[T] = field(default_factory=list)
    raised: list[BaseException] = field(default_factory=list)


def all_at_once(count: int, work: Callable[[int], T]) -> Outcome[T]:
    """Call `work(0)` to `work(count - 1)` at the same moment. Use it with the `fresh_database` fixture."""
    outcome: Outcome[T] = Outcome()
    gate = threading.Barrier(count)

    def one(number: int) -> None:
        try:
            gate.wait(timeout=30)
            outcome.answers.append(work(number))
        except Exception as raised:
            outcome.raised.append(raised)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits: a deadlock?"
    return outcome
