"""The arithmetic of commissions: base, floor per line, pro rata after refunds, tax, when it vests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from backend.core.money import BASIS_POINTS, Money, allocate_whole, floor_bps
from referrals.influencers.models import CommissionState, CreatorTier

S = CommissionState

MOST_BPS = BASIS_POINTS
TAX_FREE_MINOR = 80_000
FLAT_UNTIL_MINOR = 400_000
# (up to this taxable amount, rate, quick deduction), as individual income tax on labour is withheld.
TAX_STEPS: Sequence[tuple[int | None, int, int]] = (
    (2_000_000, 2_000, 0),
    (5_000_000, 3_000, 200_000),
    (None, 4_000, 700_000),
)
LABOUR_RULE = "labour:2019"
BUSINESS_RULE = "invoice:none"


class Terms(Protocol):
    """What a sum needs of the terms."""

    tax_bps: int
    return_days: int
    extra_days: int


def base_of(paid_minor: int, *, tax_bps: int) -> int:
    """What a commission is worked out from: what was paid for the goods, without the tax inside it."""
    return paid_minor * BASIS_POINTS // (BASIS_POINTS + tax_bps)


def commission_of(base_minor: int, *, bps: int) -> int:
    """The commission of a line, rounded down."""
    return floor_bps(Money(base_minor), bps).minor


def kept_of(*, paid_minor: int, refunded_minor: int, tax_bps: int, bps: int, amount_minor: int) -> int:
    """What is left of a commission after refunds, by the rate of that very line; the order of refunds is the same."""
    left = base_of(max(0, paid_minor - refunded_minor), tax_bps=tax_bps)
    return min(amount_minor, commission_of(left, bps=bps))


def within_cap(amount_minor: int, *, left_minor: int | None) -> int:
    """A commission under the cap of its month."""
    return amount_minor if left_minor is None else max(0, min(amount_minor, left_minor))


def refunds_per_line(
    *, totals: Sequence[int], counted: Sequence[int], other_minor: int, shipping_minor: int
) -> list[int]:
    """What went back of each line: what was counted on it, and its share of refunds that name no line.

    A refund that names no line first gives back goods, in proportion to what is left of each; sending comes last.
    """
    left = [total - back for total, back in zip(totals, counted, strict=True)]
    share = min(sum(left), max(0, other_minor))
    if share <= 0:
        return list(counted)
    if other_minor >= sum(left) + shipping_minor:
        return list(totals)
    parts = allocate_whole(share, left)
    return [back + part for back, part in zip(counted, parts, strict=True)]


def vests_at(*, delivered_at: datetime, terms: Terms) -> datetime:
    """When a commission is earned: the return window after the delivery, and two days more."""
    return delivered_at + timedelta(days=terms.return_days + terms.extra_days)


def withheld_of(gross_minor: int, *, is_individual: bool) -> int:
    """What is withheld for income tax from one payment, rounded down."""
    if not is_individual or gross_minor <= TAX_FREE_MINOR:
        return 0
    taxable = gross_minor - TAX_FREE_MINOR if gross_minor <= FLAT_UNTIL_MINOR else gross_minor * 8 // 10
    for until, bps, deduction in TAX_STEPS:
        if until is None or taxable <= until:
            return taxable * bps // BASIS_POINTS - deduction
    raise AssertionError("the last step has no end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides the state of a commission."""

    is_disputed: bool = False
    is_confirmed: bool
    is_vested: bool
    is_stated: bool
    is_paid: bool
    kept_minor: int
    is_given_up: bool


def state_of(standing: Standing) -> CommissionState:
    """Where a commission stands, from its facts alone."""
    if standing.is_disputed:
        return S.DISPUTED
    if standing.is_given_up:
        return S.REVERSED
    if standing.is_paid:
        return S.PAID
    if standing.is_stated:
        return S.IN_STATEMENT
    if standing.is_vested:
        return S.VESTED
    return S.CONFIRMED if standing.is_confirmed else S.ESTIMATED


@dataclass(frozen=True, slots=True, kw_only=True)
class TierStep:
    """What a level asks for and allows."""

    tier: CreatorTier
    sales_minor: int
    most_return_bps: int
    most_complaint_bps: int
    open_collaborations: int


TIERS: Sequence[TierStep] = (
    TierStep(tier=CreatorTier.SEED, sales_minor=0, most_return_bps=BASIS_POINTS, most_complaint_bps=BASIS_POINTS,
             open_collaborations=3),
    TierStep(tier=CreatorTier.GROWING, sales_minor=500_000, most_return_bps=2_500, most_complaint_bps=800,
             open_collaborations=6),
    TierStep(tier=CreatorTier.STAR, sales_minor=3_000_000, most_return_bps=1_800, most_complaint_bps=500,
             open_collaborations=12),
    TierStep(tier=CreatorTier.PRIME, sales_minor=15_000_000, most_return_bps=1_200, most_complaint_bps=300,
             open_collaborations=24),
)  # fmt: skip
STEP_OF: Mapping[str, TierStep] = {step.tier: step for step in TIERS}


def tier_for(*, sales_minor: int, return_bps: int, complaint_bps: int) -> CreatorTier:
    """The highest level whose three conditions all hold."""
    reached = [
        step.tier
        for step in TIERS
        if sales_minor >= step.sales_minor
        and return_bps <= step.most_return_bps
        and complaint_bps <= step.most_complaint_bps
    ]
    return reached[-1]


def open_limit(tier: str) -> int:
    """How many collaborations a creator of a level may have open."""
    return STEP_OF[tier].open_collaborations
