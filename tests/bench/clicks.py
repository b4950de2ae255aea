"""Following a short link: how long one visitor waits, and how many visits a second one process takes."""

import os
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

from django.db import connections
from django.test import Client

from backend.catalogue.models import Product
from referrals.invites.actions import create_share_link
from referrals.invites.models import Click, LinkKind, Touch
from tests.bench.figure import Figure
from tests.factories.catalogue import make_product
from tests.factories.membership import make_person
from tests.factories.promotions import this_moment

VISITS = int(os.environ.get("BENCH_CLICKS", "2000"))
AT_ONCE = 8
P95_BUDGET_MS, FEWEST_A_SECOND = 40.0, 150.0
AGENT = "Mozilla/5.0 (Linux; Android 15) Mobile"


def figures() -> Iterable[Figure]:
    """The wait of nineteen in twenty, and visits a second with eight at once."""
    address = _address(make_product())
    alone = [_visit(address, number) for number in range(min(VISITS, 300))]
    yield Figure("click_redirect_p95", quantiles(alone, n=20)[-1], "ms", P95_BUDGET_MS)
    before = Click.objects.count()
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda part: _visits(address, part), range(AT_ONCE)))
    taken = time.perf_counter() - started
    counted = Click.objects.count() - before
    assert counted == Touch.objects.count() - len(alone), "a visit was lost"
    yield Figure("clicks", counted / taken, "/s", FEWEST_A_SECOND)


def _address(product: Product) -> str:
    owner = make_person("Ali")
    link = create_share_link(owner_id=owner.id, kind=LinkKind.PRODUCT, target_id=product.id, now=this_moment())
    return f"/s/{link.code}"


def _visits(address: str, part: int) -> None:
    for number in range(VISITS // AT_ONCE):
        _visit(address, (part + 1) * 1_000_000 + number)
    connections.close_all()


def _visit(address: str, number: int) -> float:
    client = Client(headers={"user-agent": AGENT})
    client.cookies["tz_visitor"] = f"{number:032x}"
    started = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 302
    return (time.perf_counter() - started) * 1_000
