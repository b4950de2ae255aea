"""How a browser was called at which time, as digests."""

from datetime import datetime

from referrals.channels import rules
from referrals.invites.actions import key_of_period
from referrals.invites.rules.evidence import period_of


def digest_at(visitor: str, *, now: datetime) -> str:
    """What a browser is called in the ninety days that this moment lies in."""
    return rules.visitor_digest(visitor, key=key_of_period(period_of(now), now=now))


def digests_within(visitor: str, *, now: datetime) -> list[str]:
    """What a browser was called in the window that ends now; two names when the pepper changed meanwhile."""
    periods = sorted({period_of(now - rules.WINDOW), period_of(now)})
    return [rules.visitor_digest(visitor, key=key_of_period(period, now=now)) for period in periods]
