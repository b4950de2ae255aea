"""Exact invalidation of shared answers: a token per key, changed when the thing behind the key changes.

An answer is kept with the tokens it was made under and holds only as long as all of them stay.
Tokens are random, never counted, so that a lost one cannot come back.
"""

import secrets
from collections.abc import Callable, Sequence

from backend.core.valkey import shared_redis

_PREFIX = "fresh:"
_KEPT_SECONDS = 7 * 86_400
_TOKEN_BYTES = 12

_listeners: list[Callable[[Sequence[str]], None]] = []


def bump(*keys: str) -> None:
    """Make every shared answer that hangs on one of these keys stale.

    Call it from an outbox handler: it raises when Redis is away, and the delivery comes again.
    """
    with shared_redis().pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.set(token_key(key), secrets.token_bytes(_TOKEN_BYTES), ex=_KEPT_SECONDS)
        pipe.execute()
    for told in _listeners:
        told(keys)


def on_bump(listener: Callable[[Sequence[str]], None]) -> None:
    """Tell a cache of this process about keys bumped in this process."""
    _listeners.append(listener)


def token_key(key: str) -> str:
    """Give the place of a key's token."""
    return _PREFIX + key


def make_tokens(keys: Sequence[str]) -> list[bytes]:
    """Give the tokens of these keys, making those that are missing."""
    names = [token_key(key) for key in keys]
    with shared_redis().pipeline(transaction=False) as pipe:
        for name in names:
            pipe.set(name, secrets.token_bytes(_TOKEN_BYTES), ex=_KEPT_SECONDS, nx=True)
        pipe.mget(names)
        *_made, tokens = pipe.execute()
    return [bytes(token or b"") for token in tokens]
