"""Taking seats in distinct groups, and in one, against nothing but inserting a row: how much a seat costs."""

import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import connection, connections, transaction

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.core import clock
from backend.core.ids import new_id, short_code
from backend.orders.models import Order
from groupbuy.actions import hold_seat
from groupbuy.models import Group, Offer, Seat
from tests.bench.figure import Figure
from tests.factories.groupbuy import make_offered_product
from tests.factories.orders import make_buyer

CONNECTIONS = 8
GROUPS = 400
SIZE = 50
ONE_GROUP = 200
FLOOR_TABLE = (
    "CREATE TABLE IF NOT EXISTS bench_floor (id uuid PRIMARY KEY, group_id uuid, buyer_id uuid, at timestamptz)"
)
FLOOR_INSERT = "INSERT INTO bench_floor VALUES (%s, %s, %s, %s)"


def figures() -> Iterable[Figure]:
    """Seats per second in distinct groups, beside bare inserts per second in the same round."""
    groups = _groups(make_offered_product(now=clock.now(), size=SIZE))
    buyers = [make_buyer(now=clock.now()) for _ in range(CONNECTIONS)]
    orders = [_orders(buyer) for buyer in buyers]
    with connection.cursor() as cursor:
        cursor.execute(FLOOR_TABLE)
    floor = _rate(lambda worker, turn: _insert(groups[turn], buyers[worker]))
    joins = _rate(lambda worker, turn: _join(groups[turn], orders[worker][turn]))
    _check(groups)
    yield Figure("group_joins", joins, "joins/s", floor)
    one, everybody = _one_group(groups[0].offer), _orders_of_many()
    alone = _rate(lambda worker, turn: _join(one, everybody[worker][turn]), turns=ONE_GROUP // CONNECTIONS)
    _check([one], seats=ONE_GROUP)
    yield Figure("group_joins_one", alone, "joins/s", floor)


def _groups(product: Product) -> list[Group]:
    """Open groups, written directly: opening is not what is measured."""
    offer, leader, now = Offer.objects.get(product=product), make_buyer(now=clock.now()), clock.now()
    return Group.objects.bulk_create(
        Group(
            offer=offer,
            campaign_id=offer.campaign_id,
            product=product,
            leader=leader,
            prices={},
            size=SIZE,
            opened_at=now,
            deadline_at=now + timedelta(days=7),
        )
        for _ in range(GROUPS)
    )


def _orders(buyer: User, *, count: int = GROUPS) -> list[Order]:
    now = clock.now()
    return Order.objects.bulk_create(
        Order(
            number=short_code(16), buyer=buyer, kind="group", items_minor=1, total_minor=1, placed_at=now,
            pay_deadline_at=now,
        )
        for _ in range(count)
    )  # fmt: skip


def _one_group(offer: Offer) -> Group:
    """One group that everybody wants to sit in: its row is the queue."""
    now = clock.now()
    return Group.objects.create(
        offer=offer, campaign_id=offer.campaign_id, product_id=offer.product_id, leader=make_buyer(now=now), prices={},
        size=ONE_GROUP, opened_at=now, deadline_at=now + timedelta(days=7),
    )  # fmt: skip


def _orders_of_many() -> list[list[Order]]:
    """One order each for as many people as there are seats, shared out among the connections."""
    orders = [_orders(make_buyer(now=clock.now()), count=1)[0] for _ in range(ONE_GROUP)]
    return [orders[worker::CONNECTIONS] for worker in range(CONNECTIONS)]


def _join(group: Group, order: Order) -> None:
    hold_seat(group_id=group.id, buyer_id=order.buyer_id, order_id=order.id, now=clock.now())


def _insert(group: Group, buyer: User) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FLOOR_INSERT, [new_id(), group.id, buyer.id, clock.now()])


def _rate(work: Callable[[int, int], None], *, turns: int = GROUPS) -> float:
    """Do the work from several connections, each beginning at another group; answer how often per second."""
    gate = threading.Barrier(CONNECTIONS + 1)

    def run(worker: int) -> None:
        connection.ensure_connection()
        gate.wait()
        try:
            for turn in range(turns):
                work(worker, (turn + worker * turns // CONNECTIONS) % turns)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(worker,)) for worker in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return CONNECTIONS * turns / (time.perf_counter() - began)


def _check(groups: list[Group], *, seats: int = CONNECTIONS * GROUPS) -> None:
    """A figure counts only if every seat is there."""
    taken = Seat.objects.filter(group__in=groups).count()
    if taken != seats:
        raise RuntimeError(f"{seats} seats were to be taken, {taken} were.")
