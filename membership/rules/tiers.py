"""How levels are decided: what is reached at once, and where one lands at the end of a term."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from backend.core.money import Money
from membership.models import Falling, Member, Tier, TierPolicy, TierStep

YEAR = timedelta(days=365)
BETWEEN_GIFTS = timedelta(days=300)
KNOWN_BEFORE = timedelta(days=7)
OLDEST, YOUNGEST = 120, 14


@dataclass(frozen=True)
class Counted:
    """What counts for a level: the amount and the number of orders."""

    amount: Money
    orders: int


@dataclass(frozen=True)
class Progress:
    """How far a member has come: the level held, the next one, and what counts towards it."""

    step: TierStep
    next_step: TierStep | None
    policy: TierPolicy
    kept: Counted
    pending: Counted
    member: Member | None = None

    @property
    def tier(self) -> Tier:
        """The level held."""
        return self.step.tier

    @property
    def next_tier(self) -> Tier | None:
        """The level above, if there is one."""
        return self.next_step.tier if self.next_step else None

    @property
    def needed(self) -> Money | None:
        """What is still missing for the next level once the pending amount counts too."""
        if self.next_step is None:
            return None
        return Money(max(0, self.next_step.amount_minor - self.kept.amount.minor - self.pending.amount.minor))

    @property
    def needed_orders(self) -> int | None:
        """How many orders are still missing for the next level once the pending ones count too."""
        if self.next_step is None:
            return None
        return max(0, self.next_step.orders_count - self.kept.orders - self.pending.orders)

    @property
    def share(self) -> float:
        """The part of the way to the next level, pending amounts included, from 0 to 1. For a bar, not for sums."""
        if self.next_step is None:
            return 1.0
        span = self.next_step.amount_minor - self.step.amount_minor
        gone = self.kept.amount.minor + self.pending.amount.minor - self.step.amount_minor
        by_amount = gone / span if span else 1.0
        orders = self.next_step.orders_count
        by_orders = (self.kept.orders + self.pending.orders) / orders if orders else 1.0
        return min(1.0, max(0.0, min(by_amount, by_orders)))


def step_reached(*, kept_minor: int, orders: int, steps: Sequence[TierStep]) -> TierStep:
    """The highest step whose amount and number of orders are both reached; the first one asks for nothing."""
    reached = [step for step in steps if step.amount_minor <= kept_minor and step.orders_count <= orders]
    return max(reached, key=lambda step: step.position)


def landing(*, held: int, reached: int, falling: str) -> int:
    """The place on the ladder after the end of a term, counted from the lowest level."""
    if reached >= held or falling == Falling.NONE:
        return max(held, reached)
    return max(reached, held - 1) if falling == Falling.ONE_DOWN else reached


def step_of(tier_key: str, steps: Sequence[TierStep]) -> TierStep:
    """What a level asks and gives."""
    return next(step for step in steps if step.tier_id == tier_key)


def step_after(step: TierStep, *, steps: Sequence[TierStep]) -> TierStep | None:
    """The step above, or None at the top."""
    return next((each for each in steps if each.position > step.position), None)


def ladder_problem(steps: Sequence[tuple[int, int]]) -> bool:
    """Whether a ladder of (amount, orders) does not begin at nothing or does not rise."""
    starts_at_nothing = bool(steps) and steps[0] == (0, 0)
    rises = all(low[0] < high[0] and low[1] <= high[1] for low, high in pairwise(steps))
    return not (starts_at_nothing and rises)


def birthday_in(year: int, *, born_on: date) -> date:
    """The birthday of a year; who is born on a leap day has it on the 28th in other years."""
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def is_believable(born_on: date, *, today: date) -> bool:
    """Whether somebody born on a day can be a member: at least fourteen, at most a hundred and twenty years old."""
    age = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    return YOUNGEST <= age <= OLDEST
