"""More than can be answered in time: a typed refusal at once, and nothing left running for nobody."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest
from django.db import connection

from backend.config.settings.engines import bound_statements
from backend.core.graphql.execution import was_cancelled
from backend.core.graphql.runners import ThreadRunner, TooBusy
from tests.support.api import Api


class FullRunner(ThreadRunner):
    """A runner with no room left."""

    async def run(self, work, *, seconds):
        raise TooBusy


def test_who_finds_no_room_is_told_to_come_again(shop, db) -> None:
    api: Api = shop()
    api.door._runner = FullRunner(threads=1, waiting=0)

    answer = api.post({"query": "{ slow { id } }"})

    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert b'"BUSY"' in answer.content


def test_work_whose_caller_has_gone_is_never_begun() -> None:
    begun = []

    async def work() -> None:
        runner, gate = ThreadRunner(threads=1, waiting=5), threading.Event()
        first = asyncio.create_task(runner.run(gate.wait, seconds=5))
        await asyncio.sleep(0.05)
        with pytest.raises(TimeoutError):
            await runner.run(lambda: begun.append("late"), seconds=0.05)
        gate.set()
        await first
        assert await runner.run(lambda: "next", seconds=5) == "next"

    asyncio.run(work())

    assert begun == []


def test_a_statement_that_the_database_gives_up_is_a_typed_refusal(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        try:
            cursor.execute("SELECT pg_sleep(30)")
        except Exception as raised:
            given_up = raised

    assert was_cancelled(given_up)
    assert not was_cancelled(ValueError())


def test_the_web_process_can_bound_its_statements(monkeypatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "to be put back")
    monkeypatch.delenv("PGOPTIONS")

    bound_statements(11.0)

    assert os.environ["PGOPTIONS"] == "-c statement_timeout=11000"
