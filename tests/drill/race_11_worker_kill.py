"""The worker is killed between closing a group and refunding it: the next one refunds every seat, once."""

import subprocess
import sys

from django.db import connections

from backend.ledger.selectors import conservation
from backend.payments.models import Refund
from groupbuy.actions import expire_due_groups
from groupbuy.models import Group, GroupState, Seat, SeatState
from tests.drill.dying_worker import BETWEEN, naive_sweep
from tests.factories.groupbuy import join, let_pass, make_group, make_offered_product
from tests.factories.promotions import this_moment

NUMBER = 11
NAME = "worker killed between expiry and refund"
KILLS = 3


def violations(*, guarded: bool) -> int:
    """Count paid seats without exactly one refund, and groups that are left forming."""
    product = make_offered_product(size=4, stock=100)
    groups = [make_group(product) for _ in range(2)]
    for group in groups:
        join(group)
        let_pass(group)

    for _ in range(KILLS if guarded else 1):
        kill_in_between(guarded=guarded)
    if guarded:
        expire_due_groups(now=this_moment())
    else:
        naive_sweep()

    seats = Seat.objects.exclude(state=SeatState.RELEASED)
    unpaid_back = sum(Refund.objects.filter(order=seat.order_id).count() != 1 for seat in seats)
    forming = Group.objects.filter(state=GroupState.FORMING).count()
    return unpaid_back + forming + int(conservation()["difference"] != 0)


def kill_in_between(*, guarded: bool) -> None:
    """Start a worker of our own, wait until it stands between the two steps, and kill it."""
    database = connections["default"].settings_dict["NAME"]
    manner = "guarded" if guarded else "naive"
    command = [sys.executable, "-m", "tests.drill.dying_worker", str(database), manner]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        for line in worker.stdout:
            if line.strip() == BETWEEN:
                worker.kill()
                break
