"""How refunds are paced and where money is booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.core.money import allocate_whole

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 12
BY_PROVIDER = "refunded_by_provider"

PROVIDER_CASH = "provider_cash"
HELD_FOR_GROUP = "held_for_group"
SALES = "sales"
REFUND_IN_FLIGHT = "refund_in_flight"
REFUNDED_OUT = "refunded_out"
STORE_CREDIT = "store_credit"
CREDIT_GRANTED = "credit_granted"
UNEXPLAINED = "unexplained"
BOOKED_BY_REFUNDS = (HELD_FOR_GROUP, SALES, REFUND_IN_FLIGHT)
LARGEST_GRANT_MINOR = 200_000


def next_attempt(*, attempts: int, now: datetime) -> datetime:
    """Say when to try a refund again: twice as long after each try, at most an hour."""
    pause: timedelta = FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 20))
    return now + min(pause, LONGEST_PAUSE)


def needs_a_person(*, attempts: int) -> bool:
    """Say whether a refund has been tried often enough to be handed to a person."""
    return attempts >= MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Split:
    """Parts of one amount: what was paid with money, and what was paid from store credit."""

    cash_minor: int
    credit_minor: int

    @property
    def whole_minor(self) -> int:
        """Both together."""
        return self.cash_minor + self.credit_minor


def split_refund(*, wanted_minor: int, left: Split) -> Split:
    """Send money back first, as far as money was paid, and store credit after it."""
    cash_minor = min(wanted_minor, left.cash_minor)
    return Split(cash_minor, wanted_minor - cash_minor)


def spread_tender(*, amount_minor: int, lines_minor: Sequence[int], shipping_minor: int) -> tuple[list[int], int]:
    """Spread store credit over what is to be paid by weight, the sending being one part among the lines."""
    *lines, shipping = allocate_whole(amount_minor, [*lines_minor, shipping_minor])
    return lines, shipping
