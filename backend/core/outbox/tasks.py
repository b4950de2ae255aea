"""Delivery as work for Celery. The broker only says "look now"; the facts are in the database."""

import contextlib

import redis
from celery import shared_task

from backend.core.outbox.relay import deliver_pending
from backend.core.valkey import shared_redis
from backend.core.waking import wake_task

DELIVER = "core.deliver_outbox"
AT_ONCE = 500
WOKEN = "outbox:woken"
WOKEN_MILLISECONDS = 1000


@shared_task(name=DELIVER, ignore_result=True)
def deliver_outbox() -> int:
    """Deliver open events; called after each commit that emitted, and by a sweep."""
    _forget_call()
    delivered = deliver_pending(limit=AT_ONCE)
    if delivered >= AT_ONCE:
        wake()
    return delivered


def wake() -> None:
    """Ask a worker to deliver now. A dead broker only makes it later: the sweep finds the rows.

    A call that no worker has heard yet is not made twice: who hears it finds everything that is committed by then.
    """
    if _is_first_call():
        wake_task(DELIVER)


def _is_first_call() -> bool:
    try:
        return bool(shared_redis().set(WOKEN, 1, nx=True, px=WOKEN_MILLISECONDS))
    except redis.RedisError:
        return True


def _forget_call() -> None:
    """From here on a commit calls again; forgotten before anything is read, so no commit falls in between."""
    with contextlib.suppress(redis.RedisError):
        shared_redis().delete(WOKEN)
