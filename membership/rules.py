"""How points and tiers are computed. Source: domain rules for points (vesting, pro rata) and tiers (kept spending)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from backend.core.money import BASIS_POINTS, Money, Points
from backend.promotions.pricing import split
from membership.models import EarningRule, LotState, PointLot, Tier

FEN_PER_YUAN = 100
TIER_WINDOW = timedelta(days=365)
TIER_LASTS = timedelta(days=365)
GRACE_AFTER_RETURN = timedelta(days=30)

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


def room_in(lot: PointLot, *, now: datetime) -> int:
    """How many points may come back into a lot: none once it has lapsed, never more than it earned and kept."""
    if lot.state != LotState.ACTIVE or lot.expires_at is None or lot.expires_at <= now:
        return 0
    return lot.earned - lot.reversed - lot.remaining


@dataclass(frozen=True, slots=True)
class PointsOffer:
    """What points may pay of a basket: the amount of money, and the points it takes."""

    minor: int
    points: int


def points_offer(*, caps_minor: int, available: int, points_per_yuan: int) -> PointsOffer:
    """The most that points may pay: within what the lines allow and what a person has, in whole fen."""
    minor = min(caps_minor, available * FEN_PER_YUAN // points_per_yuan)
    return PointsOffer(minor=minor, points=-(-minor * points_per_yuan // FEN_PER_YUAN))


@dataclass(frozen=True, slots=True)
class Pieces:
    """How many pieces of a line were bought, and how many given up."""

    bought: int
    given_up: int


def points_of_pieces(*, points: int, per_line: Mapping[UUID, int], pieces: Mapping[UUID, Pieces]) -> int:
    """The points that paid for pieces which were given up: each line's share pro rata, rounded down, all at the end.

    `per_line` holds what the points paid of each line.
    """
    shares = split(points, per_line)
    return sum(share * pieces[key].given_up // pieces[key].bought for key, share in shares.items() if key in pieces)


def streak_until(day: date, *, days: Collection[date]) -> int:
    """How many days in a row end with this one, which counts itself."""
    streak = 1
    while day - timedelta(days=streak) in days:
        streak += 1
    return streak


def check_in_points(*, streak: int, points: int, bonuses: Mapping[str, int]) -> Points:
    """What a day earns: the same each day, and a bonus at the end of each run; after the longest one it starts anew."""
    longest = max((int(days) for days in bonuses), default=0)
    in_run = (streak - 1) % longest + 1 if longest else streak
    return Points(points + bonuses.get(str(in_run), 0))


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
