"""The honest reference price: what was really asked and paid before, never what somebody wishes had been asked."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

ASKED_WITHIN = timedelta(days=30)
PAID_WITHIN = timedelta(days=7)
HIGHEST_PRICE_MINOR = 100_000_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """From this moment on a variant was asked for at this price; without a price it was no longer offered."""

    variant_id: UUID
    price_minor: int | None
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class Step:
    """From this moment on this was the lowest price of the product."""

    price_minor: int
    at: datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class Paid:
    """The lowest price that was paid on a day."""

    price_minor: int
    on: date


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reference:
    """A price to compare with, and when it was last asked or paid."""

    price_minor: int
    at: datetime


def lowest_over_time(changes: Iterable[Asked]) -> list[Step]:
    """The lowest price among all variants, step by step; each step differs from the one before."""
    asked: dict[UUID, int] = {}
    steps: list[Step] = []
    for change in sorted(changes, key=lambda each: each.at):
        if change.price_minor is None:
            asked.pop(change.variant_id, None)
        else:
            asked[change.variant_id] = change.price_minor
        if not asked:
            continue
        step = Step(price_minor=min(asked.values()), at=change.at)
        if steps and steps[-1].at == step.at:
            steps.pop()
        if not steps or steps[-1].price_minor != step.price_minor:
            steps.append(step)
    return steps


def reference_before(steps: Sequence[Step], *, paid: Iterable[Paid] = ()) -> Reference | None:
    """The lowest price of the thirty days before the present one began, or paid in the seven days before, if lower.

    There is none while the price has never changed.
    """
    if len(steps) < 2:
        return None
    since = steps[-1].at
    ends = [*(step.at for step in steps[1:]), since]
    within = [
        Reference(price_minor=step.price_minor, at=max(step.at, since - ASKED_WITHIN))
        for step, end in zip(steps[:-1], ends, strict=False)
        if end > since - ASKED_WITHIN
    ]
    begins_on = (since - PAID_WITHIN).date()
    within += [
        Reference(
            price_minor=each.price_minor, at=datetime(each.on.year, each.on.month, each.on.day, tzinfo=since.tzinfo)
        )
        for each in paid
        if begins_on <= each.on < since.date() and each.price_minor > 0
    ]
    return min(within, key=lambda each: (each.price_minor, each.at), default=None)


def highest_honest_reference(steps: Sequence[Step], *, paid: Iterable[Paid] = ()) -> int | None:
    """No reference price may stand above this."""
    reference = reference_before(steps, paid=paid)
    if reference is not None:
        return reference.price_minor
    return steps[-1].price_minor if steps else None
