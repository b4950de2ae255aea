"""How the programme stands in the book. Each function is one transfer, made once per cause."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import CASH_UNIT

SOURCE = "commission_source"
ESCROW = "creator_escrow"
PENDING = "commission_pending"
VESTED = "commission_vested"
PAYABLE = "commission_payable"
IN_FLIGHT = "payout_in_flight"
PAID = "payout_paid"
WITHHELD = "tax_withheld"

SHOP_ACCOUNTS = (SOURCE, ESCROW, IN_FLIGHT, PAID, WITHHELD)


def book(
    kind: str,
    *,
    source: tuple[str, UUID],
    out_of: str,
    into: str,
    amount_minor: int,
    owner_id: UUID,
    now: datetime,
    sequence: int = 0,
    rule: object | None = None,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Move an amount between two accounts; below zero it goes the other way, and nothing moves nothing."""
    if not amount_minor:
        return
    post_transfer(
        kind=kind,
        source=source,
        sequence=sequence,
        legs=[leg(out_of, owner_id, -amount_minor), leg(into, owner_id, amount_minor)],
        rule=rule,
        facts=facts,
        now=now,
    )


def leg(account: str, owner_id: UUID, amount_minor: int) -> Leg:
    """One side: an account of the shop has no owner."""
    return Leg(account, None if account in SHOP_ACCOUNTS else owner_id, amount_minor, CASH_UNIT)
