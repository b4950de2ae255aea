"""How points are computed: earned, split over pieces, vested and lapsed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from backend.core.clock import BUSINESS_ZONE, business_day
from backend.core.money import BASIS_POINTS, Money, Points, allocate_whole
from backend.core.months import month_after
from backend.promotions.pricing import split
from membership.models import EarningRule, Expiry, LotState, PointLot

FEN_PER_YUAN = 100
GRACE_AFTER_RETURN = timedelta(days=30)
REINSTATED_WITHIN = timedelta(days=30)
TOLD_DAYS_BEFORE = (1, 7, 30)
GRANT_LIMIT = Points(1_000)
ONCE = 10_000

LOT_MOVES: Mapping[LotState, frozenset[LotState]] = {
    LotState.PENDING: frozenset({LotState.ACTIVE, LotState.REVOKED}),
    LotState.ACTIVE: frozenset({LotState.EXPIRED, LotState.REVOKED}),
    LotState.EXPIRED: frozenset(),
    LotState.REVOKED: frozenset(),
}


def points_for(
    goods: Money, *, points_per_yuan: int, multiplier_bps: int, times_bps: int = ONCE, raised: Money | None = None
) -> Points:
    """Points for paid goods, without shipping, rounded down once at the end.

    `multiplier_bps` comes from the buyer's level, `times_bps` from a campaign that is about the goods in `raised`, or
    about all of them.
    """
    weighed = goods.minor * ONCE + (goods if raised is None else raised).minor * (times_bps - ONCE)
    return Points(weighed * points_per_yuan * multiplier_bps // (FEN_PER_YUAN * BASIS_POINTS * BASIS_POINTS))


def raised_after_refund(*, raised_minor: int, others_minor: int, left: Money) -> Money:
    """What is left of the goods a campaign is about, when each line knows what was given up of it.

    Refunds that name no line are taken from all that is left, in proportion.
    """
    unnamed = max(0, raised_minor + others_minor - left.minor)
    if not unnamed:
        return Money(raised_minor)
    share, _others = allocate_whole(min(unnamed, raised_minor + others_minor), [raised_minor, others_minor])
    return Money(raised_minor - share)


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


def expires_at(*, vested_at: datetime, days: int, expiry: str) -> datetime:
    """When usable points lapse: at midnight in Shanghai after their last day, or after the last day of its month."""
    last = business_day(vested_at) + timedelta(days=days)
    if expiry == Expiry.MONTH_END:
        last = month_after(last) - timedelta(days=1)
    return day_ends(last)


def day_ends(day: date) -> datetime:
    """The first moment after a day of trade."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BUSINESS_ZONE).astimezone(UTC)


def last_day(expires: datetime) -> date:
    """The last day on which points can be used that lapse at a moment."""
    return business_day(expires - timedelta(microseconds=1))


def life_of(*, vested_at: datetime, rule: EarningRule, extra_days: int) -> dict[str, object]:
    """What the last day of a lot is computed from, ready to be kept beside it."""
    return {
        "vested_at": vested_at.isoformat(),
        "days": rule.expires_days_after_vesting,
        "extra_days": extra_days,
        "expiry": rule.expiry,
        "rule_version": rule.version,
    }


def grace_life(now: datetime) -> dict[str, object]:
    """What the last day of points is computed from that come back after they had lapsed."""
    return {
        "vested_at": now.isoformat(),
        "days": GRACE_AFTER_RETURN.days,
        "extra_days": 0,
        "expiry": Expiry.DAY_END.value,
        "rule_version": "grace",
    }


def end_of_life(life: Mapping[str, object]) -> datetime:
    """The moment at which a lot lapses, from what was kept beside it."""
    days = int(str(life["days"])) + int(str(life["extra_days"]))
    return expires_at(vested_at=datetime.fromisoformat(str(life["vested_at"])), days=days, expiry=str(life["expiry"]))


def money_worth(points: int, *, points_per_yuan: int) -> Money:
    """What points would pay, rounded down to a fen."""
    return Money(points * FEN_PER_YUAN // points_per_yuan)
