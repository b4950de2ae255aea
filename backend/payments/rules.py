"""How refunds are paced and where money is booked."""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 12
BY_PROVIDER = "refunded_by_provider"

PROVIDER_CASH = "provider_cash"
HELD_FOR_GROUP = "held_for_group"
SALES = "sales"
REFUND_IN_FLIGHT = "refund_in_flight"
REFUNDED_OUT = "refunded_out"
BOOKED_BY_REFUNDS = (HELD_FOR_GROUP, SALES, REFUND_IN_FLIGHT)


def next_attempt(*, attempts: int, now: datetime) -> datetime:
    """Say when to try a refund again: twice as long after each try, at most an hour."""
    pause: timedelta = FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 20))
    return now + min(pause, LONGEST_PAUSE)


def needs_a_person(*, attempts: int) -> bool:
    """Say whether a refund has been tried often enough to be handed to a person."""
    return attempts >= MOST_ATTEMPTS


def refundable_minor(*, captured_minor: int, refunded_minor: int) -> int:
    """How much of a payment has neither gone back nor is on its way back."""
    return captured_minor - refunded_minor
