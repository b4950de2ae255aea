"""The shared connection to Redis (Valkey here). Nothing that must be true is kept there alone."""

from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

_PATIENCE_SECONDS = 0.5


@cache
def shared_redis() -> "redis.Redis":
    """Give the client of this process: a bounded pool that gives up soon, so that a dead Redis only costs time."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=_PATIENCE_SECONDS,
        socket_connect_timeout=_PATIENCE_SECONDS,
        max_connections=64,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 1),
    )
