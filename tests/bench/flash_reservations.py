"""Reserving pieces of one much wanted variant: buckets against a bare conditional UPDATE of one row, in one run.

Each transaction goes on for two milliseconds after it has taken its piece, as placing an order does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from django.db import connection, connections, transaction

from backend.core import clock
from backend.flash.actions.count_pieces import take_piece
from backend.flash.models import FlashBucket, FlashItem
from tests.bench.figure import Figure
from tests.factories.flash import make_sale, the_item

CONNECTIONS = 32
TURNS = 60
WORK_SECONDS = 0.002
PATIENCE_SECONDS = 30
FLOOR_TABLE = "CREATE TABLE IF NOT EXISTS bench_stock (id uuid PRIMARY KEY, available int CHECK (available >= 0))"
FLOOR_TAKE = "UPDATE bench_stock SET available = available - 1 WHERE id = %s AND available >= 1 RETURNING id"


def figures() -> Iterable[Figure]:
    """Reservations per second from 32 connections, beside the hot row in the same round; none may be lost."""
    pieces = CONNECTIONS * TURNS
    item = the_item(make_sale(quota=pieces, now=clock.now()))
    with connection.cursor() as cursor:
        cursor.execute(FLOOR_TABLE)
        cursor.execute("INSERT INTO bench_stock VALUES (%s, %s)", [item.pk, pieces])
    floor = _rate(lambda: _take_hot_row(item))
    rate = _rate(lambda: _take_bucket(item))
    _check(item, pieces)
    yield Figure("flash_reservations", rate, "pieces/s", floor)


def _take_bucket(item: FlashItem) -> None:
    with transaction.atomic():
        if take_piece(item_id=item.pk, quantity=1) is None:
            raise RuntimeError("Somebody was told that nothing is left while there was.")
        time.sleep(WORK_SECONDS)


def _take_hot_row(item: FlashItem) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FLOOR_TAKE, [item.pk])
        if cursor.fetchone() is None:
            raise RuntimeError("The hot row ran out.")
        time.sleep(WORK_SECONDS)


def _rate(work: Callable[[], None]) -> float:
    """Do the work from all connections at once; answer how often per second."""
    gate = threading.Barrier(CONNECTIONS + 1)
    failed: list[BaseException] = []

    def run() -> None:
        try:
            connection.ensure_connection()
            gate.wait(PATIENCE_SECONDS)
            for _turn in range(TURNS):
                work()
        except Exception as raised:
            failed.append(raised)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    gate.wait(PATIENCE_SECONDS)
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return CONNECTIONS * TURNS / (time.perf_counter() - began)


def _check(item: FlashItem, pieces: int) -> None:
    """A figure counts only if every piece was taken once."""
    buckets = FlashBucket.objects.filter(item=item)
    if sum(bucket.reserved for bucket in buckets) != pieces or any(bucket.available for bucket in buckets):
        raise RuntimeError("Pieces were lost or taken twice.")
