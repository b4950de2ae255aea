"""What the tests of the ledger say often."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from backend.ledger.actions import Leg, post_transfer
from backend.ledger.models import Account, Posting, Transfer

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


def points_legs(owner_id: UUID, amount: int, *, to: str = "points_pending") -> list[Leg]:
    return [Leg("points_source", None, -amount, "PTS"), Leg(to, owner_id, amount, "PTS")]


def grant(owner_id: UUID, amount: int, *, to: str = "points_active") -> Transfer:
    return post_transfer(kind="grant", source=("test", uuid4()), legs=points_legs(owner_id, amount, to=to), now=NOON)


def spend(owner_id: UUID, amount: int) -> Transfer:
    legs = [Leg("points_active", owner_id, -amount, "PTS"), Leg("points_spent", None, amount, "PTS")]
    return post_transfer(kind="spend", source=("test", uuid4()), legs=legs, now=NOON)


def book_size() -> tuple[int, int]:
    return Transfer.objects.count(), Posting.objects.count()


def account_of(owner_id: UUID, kind: str = "points_active") -> Account:
    return Account.objects.get(kind=kind, owner_id=owner_id)
