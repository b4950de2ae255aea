"""Using points of somebody who has ten thousand lots, beside one bare statement that reads them."""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from statistics import median

from django.db import connection

from backend.core.ids import new_id
from backend.core.money import Points
from backend.ledger.actions import Leg, post_transfer
from membership.actions import spend_points
from membership.models import LotState, PointLot, PointWallet
from tests.bench.figure import Figure
from tests.factories.catalogue import NOON
from tests.factories.membership import make_person

LOTS, TIMES, WANTED = 10_000, 30, 45
READ = "SELECT sum(remaining) FROM membership_pointlot WHERE user_id = %s AND state = 'ACTIVE' AND expires_at > %s"


def figures() -> Iterable[Figure]:
    """Milliseconds of one spend, beside reading the lots once."""
    bob = make_person()
    PointWallet.objects.get_or_create(user=bob)
    PointLot.objects.bulk_create(
        [
            PointLot(
                user=bob, cause="returned", source_type="bench", source_id=new_id(), rule_version="bench",
                facts={"points": 10}, state=LotState.ACTIVE, earned=10, remaining=10, created_at=NOON,
                expires_at=NOON + timedelta(days=1 + number % 365),
            )
            for number in range(LOTS)
        ],
        batch_size=2_000,
    )  # fmt: skip
    legs = [Leg("points_source", None, -LOTS * 10, "PTS"), Leg("points_active", bob.id, LOTS * 10, "PTS")]
    post_transfer(kind="bench", source=("bench", new_id()), legs=legs, now=NOON)

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(READ, [bob.id, NOON])
            cursor.fetchone()

    def spend() -> None:
        spend_points(user_id=bob.id, points=Points(WANTED), source=("order", new_id()), rule_version="bench", now=NOON)

    yield Figure("points_spend_10000_lots", _milliseconds(spend), "ms", _milliseconds(read))


def _milliseconds(work: Callable[[], None]) -> float:
    taken = []
    for _time in range(TIMES):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1_000)
    return median(taken)
