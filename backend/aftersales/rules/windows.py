"""What can be asked for, for which reason, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.aftersales.models import CaseReason, CaseType
from backend.orders.models import OrderState

T, R = CaseType, CaseReason

NO_REASON_DAYS = 7
QUALITY_DAYS = 15
REPAIR_DAYS = 365
PRICE_DAYS = 15
MOST_PICTURES = 6
LONGEST_DETAIL = 500
SHORTEST_REASONS = 10
MOST_TEXT = 1000
SUBSIDY_MINOR = 1200
FREQUENT_CASES = 5
FREQUENT_WINDOW = timedelta(days=90)
FREQUENT_SHARE_BPS = 5000
RETURN_RATE_ALERT_BPS = 1500
LONGEST_FLOW = timedelta(days=180)
# Two people together may give this many times what the second may give alone.
TWO_PEOPLE = 4

FAULT_OF_SHOP = frozenset({R.NOT_AS_DESCRIBED, R.QUALITY, R.DAMAGED, R.MISSING, R.WRONG_ITEM, R.NOT_RECEIVED})
NO_REASON = frozenset({R.CHANGED_MIND, R.FITS_BADLY, R.OTHER})
BEFORE_SENDING = (R.CHANGED_MIND, R.OTHER)
REASONS_OF: Mapping[str, tuple[CaseReason, ...]] = {
    T.REFUND_ONLY: (R.NOT_RECEIVED, R.QUALITY, R.DAMAGED, R.NOT_AS_DESCRIBED),
    T.RETURN_REFUND: (R.CHANGED_MIND, R.FITS_BADLY, R.QUALITY, R.NOT_AS_DESCRIBED, R.DAMAGED, R.WRONG_ITEM, R.OTHER),
    T.EXCHANGE: (R.FITS_BADLY, R.QUALITY, R.DAMAGED, R.WRONG_ITEM),
    T.REPAIR: (R.QUALITY,),
    T.MISSING_OR_WRONG: (R.MISSING, R.WRONG_ITEM),
    T.PRICE_PROTECTION: (R.PRICE_FELL,),
}

ELIGIBLE = frozenset(
    {
        OrderState.PAID,
        OrderState.FULFILLING,
        OrderState.SHIPPED,
        OrderState.DELIVERED,
        OrderState.COMPLETED,
        OrderState.PARTIALLY_REFUNDED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTerms:
    """How long things of one category can be sent back."""

    no_reason_days: int = NO_REASON_DAYS
    quality_days: int = QUALITY_DAYS
    is_fresh: bool = False
    is_customised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensations:
    """What agents may give by themselves, by role."""

    agent_minor: int
    admin_minor: int

    def limit_of(self, roles: frozenset[str]) -> int:
        """What somebody with these roles may give without a second person."""
        return self.admin_minor if "admin" in roles else self.agent_minor


def reasons_for(kind: str, *, is_sent: bool) -> tuple[CaseReason, ...]:
    """The reasons that fit what is asked for."""
    if kind == T.REFUND_ONLY and not is_sent:
        return BEFORE_SENDING
    return REASONS_OF[kind]


def types_for(*, is_sent: bool) -> tuple[CaseType, ...]:
    """What can be asked for where an order stands."""
    if not is_sent:
        return (T.REFUND_ONLY, T.PRICE_PROTECTION)
    return (T.RETURN_REFUND, T.EXCHANGE, T.REFUND_ONLY, T.MISSING_OR_WRONG, T.REPAIR, T.PRICE_PROTECTION)


def window_days(kind: str, reason: str, *, terms: ReturnTerms) -> int:
    """How many days from receipt this can be asked for; 0 says never."""
    if kind == T.PRICE_PROTECTION:
        return PRICE_DAYS
    if kind == T.REPAIR:
        return REPAIR_DAYS
    if reason in FAULT_OF_SHOP:
        return terms.quality_days
    return 0 if terms.is_fresh or terms.is_customised else terms.no_reason_days


def window_ends(
    kind: str, reason: str, *, terms: ReturnTerms, paid_at: datetime, delivered_at: datetime | None, is_sent: bool
) -> datetime | None:
    """Until when this can be asked for; nothing while the parcel has not arrived."""
    if kind == T.PRICE_PROTECTION:
        return paid_at + timedelta(days=PRICE_DAYS)
    if not is_sent or delivered_at is None:
        return None
    return delivered_at + timedelta(days=window_days(kind, reason, terms=terms))


def subsidy_for(kind: str, reason: str) -> int:
    """What the shop pays towards sending back: a fixed amount when the fault is its own."""
    comes_back = kind in (T.RETURN_REFUND, T.EXCHANGE, T.REPAIR)
    return SUBSIDY_MINOR if comes_back and reason in FAULT_OF_SHOP else 0


def is_frequent(*, cases_count: int, returned_pieces: int, bought_pieces: int) -> bool:
    """Whether a person sends back often. It tells an agent something and decides nothing."""
    return cases_count >= FREQUENT_CASES and returned_pieces * 10_000 >= bought_pieces * FREQUENT_SHARE_BPS


def gives_shipping_back(*, reason: str, is_sent: bool) -> bool:
    """Whether what sending cost goes back when nothing of the order stays."""
    return not is_sent or reason in FAULT_OF_SHOP
