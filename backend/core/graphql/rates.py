"""A token bucket that charges what operations cost, kept in Redis, or in this process while Redis is away."""

import logging
import threading
import time
from collections import OrderedDict
from functools import cache
from typing import Any

import redis

from backend.core.graphql.settings import limits
from backend.core.graphql.viewer import RequestFacts, Viewer
from backend.core.valkey import shared_redis

log = logging.getLogger("backend.graphql")

_SCRIPT = """
local now = redis.call('TIME')
local at = now[1] + now[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = tonumber(kept[1]) or tonumber(ARGV[1])
local since = tonumber(kept[2]) or at
left = math.min(tonumber(ARGV[1]), left + (at - since) * tonumber(ARGV[2]))
local wanted = tonumber(ARGV[3])
local wait = 0
if left >= wanted then left = left - wanted else wait = (wanted - left) / tonumber(ARGV[2]) end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', tostring(at))
redis.call('EXPIRE', KEYS[1], math.ceil(ARGV[1] / ARGV[2]) + 1)
return tostring(wait)
"""
_LOCAL_KEPT = 10_000
# A fiftieth of the bucket is charged ahead, so that most requests need not ask Redis.
_AHEAD_SHARE = 50


def seconds_to_wait(*, viewer: Viewer, facts: RequestFacts, cost: int) -> float:
    """Charge the cost to the viewer, or to the address of a visitor; give how long to wait if it is not covered."""
    who = f"user:{viewer.user_id}" if viewer.is_signed_in else f"address:{facts.address}"
    wanted = max(1, cost)
    if _CREDITS.spend(who, wanted):
        return 0.0
    try:
        return _charge_shared(who, wanted)
    except redis.RedisError as error:
        log.warning("rate limit kept in this process only: %s", error)
        return _LOCAL.charge(who, wanted)


def _charge_shared(who: str, wanted: int) -> float:
    ahead = limits().bucket_size // _AHEAD_SHARE
    for asked in (wanted + ahead, wanted) if ahead else (wanted,):
        arguments = [limits().bucket_size, limits().bucket_refill, asked]
        answer: Any = _script()(keys=[f"bucket:{who}"], args=arguments, client=shared_redis())
        if float(answer) == 0:
            _CREDITS.put(who, asked - wanted)
            return 0.0
    return float(answer)


class Credits:
    """What was charged ahead and may be spent in this process without asking Redis each time."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, who: str, wanted: int) -> bool:
        """Spend what was charged ahead, if it is enough."""
        with self._lock:
            left = self._left.get(who, 0)
            if left < wanted:
                return False
            self._left[who] = left - wanted
            return True

    def put(self, who: str, amount: int) -> None:
        """Keep what was charged ahead."""
        with self._lock:
            self._left[who] = amount
            self._left.move_to_end(who)
            if len(self._left) > _LOCAL_KEPT:
                self._left.popitem(last=False)


class LocalBuckets:
    """The same bucket inside one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def charge(self, who: str, wanted: int) -> float:
        """Charge one holder; give how long to wait if it is not covered."""
        size, refill = limits().bucket_size, limits().bucket_refill
        at = time.monotonic()
        with self._lock:
            left, since = self._kept.pop(who, (float(size), at))
            left = min(size, left + (at - since) * refill)
            wait = 0.0 if left >= wanted else (wanted - left) / refill
            self._kept[who] = (left if wait else left - wanted, at)
            if len(self._kept) > _LOCAL_KEPT:
                self._kept.popitem(last=False)
        return wait


_LOCAL = LocalBuckets()
_CREDITS = Credits()


@cache
def _script() -> Any:
    return shared_redis().register_script(_SCRIPT)
