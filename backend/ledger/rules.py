"""The chart of accounts, and what a transfer must look like. No database, no clock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

POINTS_UNIT = "PTS"
CASH_UNIT = "CNY"


@dataclass(frozen=True, slots=True)
class AccountRule:
    """What holds for every account of a kind."""

    counts_points: bool
    belongs_to_somebody: bool
    may_go_negative: bool = False


CHART: Mapping[str, AccountRule] = {
    # What the payment provider holds for us. Minus what was captured: cash comes in from outside the book.
    "provider_cash": AccountRule(counts_points=False, belongs_to_somebody=False, may_go_negative=True),
    "held_for_group": AccountRule(counts_points=False, belongs_to_somebody=False),
    "sales": AccountRule(counts_points=False, belongs_to_somebody=False),
    "refund_in_flight": AccountRule(counts_points=False, belongs_to_somebody=False),
    "refunded_out": AccountRule(counts_points=False, belongs_to_somebody=False),
    # Minus what was ever granted as store credit without money behind it, and what a person may spend of it.
    "credit_granted": AccountRule(counts_points=False, belongs_to_somebody=False, may_go_negative=True),
    "store_credit": AccountRule(counts_points=False, belongs_to_somebody=True),
    # Money of a provider's statement that nobody can explain yet.
    "unexplained": AccountRule(counts_points=False, belongs_to_somebody=False, may_go_negative=True),
    # Minus what the shop has paid for seats that nobody took, and what it has for it.
    "platform_paid": AccountRule(counts_points=False, belongs_to_somebody=False, may_go_negative=True),
    "platform_seats": AccountRule(counts_points=False, belongs_to_somebody=False),
    # Minus what was ever granted: points come from here and end in one of the accounts below.
    "points_source": AccountRule(counts_points=True, belongs_to_somebody=False, may_go_negative=True),
    "points_pending": AccountRule(counts_points=True, belongs_to_somebody=True),
    "points_active": AccountRule(counts_points=True, belongs_to_somebody=True),
    # Minus what a person owes: points that had to go back after they were spent.
    "points_debt": AccountRule(counts_points=True, belongs_to_somebody=True, may_go_negative=True),
    "points_spent": AccountRule(counts_points=True, belongs_to_somebody=False),
    "points_expired": AccountRule(counts_points=True, belongs_to_somebody=False),
    "points_reversed": AccountRule(counts_points=True, belongs_to_somebody=False),
    # Minus what creators were ever promised, and where it is: promised, earned, stated, on its way, out.
    "commission_source": AccountRule(counts_points=False, belongs_to_somebody=False, may_go_negative=True),
    "creator_escrow": AccountRule(counts_points=False, belongs_to_somebody=False),
    "commission_pending": AccountRule(counts_points=False, belongs_to_somebody=True),
    # Below zero when something was refunded after it had been earned, until the next statements make up for it.
    "commission_vested": AccountRule(counts_points=False, belongs_to_somebody=True, may_go_negative=True),
    "commission_payable": AccountRule(counts_points=False, belongs_to_somebody=True, may_go_negative=True),
    "payout_in_flight": AccountRule(counts_points=False, belongs_to_somebody=False),
    "payout_paid": AccountRule(counts_points=False, belongs_to_somebody=False),
    "tax_withheld": AccountRule(counts_points=False, belongs_to_somebody=False),
}


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of a transfer: so much into an account, or out of it when below zero."""

    account_kind: str
    owner_id: UUID | None
    amount: int
    unit: str


def check_legs(legs: Sequence[Leg]) -> None:
    """Insist that legs name known accounts, once each, and sum to zero per unit.

    A breach is a mistake of the caller, never of the customer, so it is no refusal.
    """
    if len(legs) < 2:
        raise ValueError("A transfer has at least two legs.")
    sums: Counter[str] = Counter()
    for leg in legs:
        _check_leg(leg)
        sums[leg.unit] += leg.amount
    open_units = {unit: left for unit, left in sums.items() if left}
    if open_units:
        raise ValueError(f"The legs do not sum to zero: {open_units}.")
    if len({(leg.account_kind, leg.owner_id, leg.unit) for leg in legs}) != len(legs):
        raise ValueError("An account takes part in a transfer once; sum its legs.")


def _check_leg(leg: Leg) -> None:
    rule = CHART.get(leg.account_kind)
    if rule is None:
        raise ValueError(f"The chart of accounts does not know {leg.account_kind!r}.")
    if type(leg.amount) is not int or leg.amount == 0:
        raise ValueError(f"A leg moves a whole amount that is not zero, not {leg.amount!r}.")
    if rule.counts_points != (leg.unit == POINTS_UNIT):
        raise ValueError(f"{leg.account_kind} does not hold {leg.unit}.")
    if rule.belongs_to_somebody != (leg.owner_id is not None):
        raise ValueError(f"{leg.account_kind} {'needs an' if rule.belongs_to_somebody else 'has no'} owner.")
