"""How points and tiers are computed. Source: domain rules for points (vesting, pro rata) and tiers (kept spending)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.core.money import BASIS_POINTS, Money, Points
from membership.models import EarningRule, LotState, PointLot, Tier

FEN_PER_YUAN = 100
TIER_WINDOW = timedelta(days=365)
TIER_LASTS = timedelta(days=365)

LOT_MOVES: Mapping[LotState, frozenset[LotState]] = {
    LotState.PENDING: frozenset({LotState.ACTIVE, LotState.REVOKED}),
    LotState.ACTIVE: frozenset({LotState.EXPIRED, LotState.REVOKED}),
    LotState.EXPIRED: frozenset(),
    LotState.REVOKED: frozenset(),
}


@dataclass(frozen=True)
class Progress:
    """How far a member has come: the tier held, the next one, and what counts towards it."""

    tier: Tier
    next_tier: Tier | None
    kept: Money
    pending: Money

    @property
    def needed(self) -> Money | None:
        """What is still missing for the next tier once the pending amount counts too."""
        if self.next_tier is None:
            return None
        return Money(max(0, self.next_tier.threshold_minor - self.kept.minor - self.pending.minor))

    @property
    def share(self) -> float:
        """The part of the way to the next tier, pending amounts included, from 0 to 1. For a bar, not for sums."""
        if self.next_tier is None:
            return 1.0
        span = self.next_tier.threshold_minor - self.tier.threshold_minor
        gone = self.kept.minor + self.pending.minor - self.tier.threshold_minor
        return min(1.0, max(0.0, gone / span))


def points_for(goods: Money, *, points_per_yuan: int, multiplier_bps: int) -> Points:
    """Points for paid goods, without shipping, rounded down once at the end."""
    return Points(goods.minor * points_per_yuan * multiplier_bps // (FEN_PER_YUAN * BASIS_POINTS))


def goods_after_refund(*, goods: Money, total: Money, refunded: Money) -> Money:
    """What is left of the goods when part of an order came back; shipping is refunded last."""
    return Money(max(0, goods.minor - refunded.minor)) if refunded < total else Money.zero()


def by_person(lots: Iterable[PointLot]) -> list[PointLot]:
    """Lots in the order in which their points move, so that two who move points of the same people never cross."""
    return sorted(lots, key=lambda lot: (lot.user_id, lot.pk))


def vests_at(*, delivered_at: datetime, rule: EarningRule) -> datetime:
    """When points of a delivered order become usable."""
    return delivered_at + timedelta(days=rule.vest_days_after_delivery)


def expires_at(*, vested_at: datetime, rule: EarningRule) -> datetime:
    """When usable points lapse."""
    return vested_at + timedelta(days=rule.expires_days_after_vesting)


def tier_reached(*, kept: Money, tiers: Sequence[Tier]) -> Tier:
    """The highest tier whose threshold the kept spending reaches; the first tier asks for nothing."""
    return max((tier for tier in tiers if tier.threshold_minor <= kept.minor), key=lambda tier: tier.position)


def tier_after(tier: Tier, *, tiers: Sequence[Tier]) -> Tier | None:
    """The tier above, or None at the top."""
    return next((each for each in tiers if each.position > tier.position), None)
