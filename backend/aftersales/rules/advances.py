"""Money that goes back before the thing has arrived: for whom, how much, and how long the shop waits for the thing."""

from datetime import timedelta

from backend.aftersales.models import CaseType, Remedy

# The most that may be out to one buyer. One advance is open at a time, so it is the most of one advance as well. It is
# what the shop loses if a parcel never comes: two and a half times what time alone approves (AFTER_SALES_AUTO_APPROVE).
CEILING_MINOR = 50_000
# From the carrier's scan on. As long as the shop takes at most to confirm a return, so neither side waits longer.
ARRIVES_WITHIN = timedelta(days=10)


def may_go_ahead(
    *,
    kind: str,
    remedy: str,
    was_sent: bool,
    amount_minor: int,
    is_valued: bool,
    must_be_looked_at: bool,
    has_open: bool,
) -> bool:
    """Whether the money of a case goes back when the carrier has the parcel."""
    comes_back = kind == CaseType.RETURN_REFUND and remedy == Remedy.REFUND and was_sent
    is_within = 0 < amount_minor <= CEILING_MINOR
    return comes_back and is_within and is_valued and not must_be_looked_at and not has_open
