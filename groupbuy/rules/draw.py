"""How a draw is made. The same few lines stand in `verify_draw.py`, which anybody may run."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

SEALED_FOR = timedelta(minutes=1)
LOTTERY_PIECES = 1


def new_seed() -> str:
    """A secret that nobody can guess, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def sha256(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def entries_hash(entries: Sequence[str]) -> str:
    """One hash over all entries, in the order of their seats."""
    return sha256("\n".join(entries))


def commitment(*, seed: str, digest: str) -> str:
    """The seal on seed and entries together."""
    return sha256(f"{seed}:{digest}")


def score(*, seed: str, digest: str, entry: str) -> str:
    """What an entry draws; the lowest wins."""
    return hmac.new(bytes.fromhex(seed), f"{digest}:{entry}".encode(), hashlib.sha256).hexdigest()


def rank_entries(entries: Iterable[str], *, seed: str, digest: str) -> list[str]:
    """The entries by what they draw, the winners first."""
    return sorted(entries, key=lambda entry: (score(seed=seed, digest=digest, entry=entry), entry))


def chance_bps(*, winners: int, size: int) -> int:
    """How likely one seat wins, in basis points."""
    return winners * 10_000 // size
