"""A worker that stops between closing a group and refunding it, so that somebody can kill it there."""

import importlib
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.test")

BETWEEN = "between"
LONG_SECONDS = 60


def stop_here(*_given: Any, **_named: Any) -> None:
    """Say where we stand, and wait to be killed."""
    print(BETWEEN, flush=True)
    time.sleep(LONG_SECONDS)


def naive_sweep() -> None:
    """What a worker does that closes first and refunds afterwards, in two transactions."""
    models = importlib.import_module("groupbuy.models")
    actions = importlib.import_module("backend.checkout.actions")
    moment = importlib.import_module("backend.core.clock").now()
    for group in models.Group.objects.filter(state="FORMING", deadline_at__lte=moment):
        models.Group.objects.filter(pk=group.pk).update(state="EXPIRED", closed_at=moment)
        if __name__ == "__main__":
            stop_here()
        orders = list(models.Seat.objects.filter(group=group, state="PAID").values_list("order_id", flat=True))
        actions.cancel_paid_orders(order_ids=orders, reason="group_expired", cause=f"naive:{group.pk}", now=moment)


def main() -> None:
    """Work on the named database: guarded as the shop does it, or naively."""
    django.setup()
    importlib.import_module("tests.support.engines").use_database(sys.argv[1])
    if sys.argv[2] == "naive":
        naive_sweep()
        return
    closing: Any = importlib.import_module("groupbuy.actions.close_group")
    closing.cancel_paid_orders = stop_here
    closing.expire_due_groups(now=importlib.import_module("backend.core.clock").now())


if __name__ == "__main__":
    main()
