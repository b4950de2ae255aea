"""Pure decisions and sums of group buying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.core.money import Money, share_bps
from groupbuy.models import GroupState, Joiners, LateChoice, SeatState

HOLD = timedelta(minutes=10)
SHORTEST_HOLD = timedelta(minutes=1)
EVERY_VARIANT = "*"
MATCH_WITHIN = timedelta(minutes=1)

GROUP_MOVES: dict[str, frozenset[str]] = {
    GroupState.FORMING: frozenset({GroupState.FILLED, GroupState.EXPIRED, GroupState.CANCELLED}),
    GroupState.FILLED: frozenset({GroupState.CONFIRMED}),
    GroupState.CONFIRMED: frozenset(),
    GroupState.EXPIRED: frozenset({GroupState.REFUNDING, GroupState.FAILED}),
    GroupState.REFUNDING: frozenset({GroupState.FAILED}),
    GroupState.FAILED: frozenset(),
    GroupState.CANCELLED: frozenset(),
}
SEAT_MOVES: dict[str, frozenset[str]] = {
    SeatState.HELD: frozenset({SeatState.PAID, SeatState.RELEASED}),
    SeatState.PAID: frozenset({SeatState.CONFIRMED, SeatState.REFUNDING}),
    SeatState.CONFIRMED: frozenset(),
    SeatState.RELEASED: frozenset(),
    SeatState.REFUNDING: frozenset({SeatState.REFUNDED}),
    SeatState.REFUNDED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """The parameters of a group price rule, read and sound."""

    product_ids: tuple[UUID, ...]
    size: int
    ttl_hours: int
    discount_bps: int | None
    prices: Mapping[str, int]
    open_limit: int | None
    join_limit: int | None
    joiners: str
    may_leave: bool


def read_terms(params: Mapping[str, Any]) -> OfferTerms:
    """Read sound parameters; `check_terms` says beforehand whether they are."""
    return OfferTerms(
        product_ids=tuple(UUID(str(each)) for each in params["productIds"]),
        size=params["size"],
        ttl_hours=params.get("ttlHours", 24),
        discount_bps=params.get("discountBps"),
        prices=read_prices(params.get("priceMinor")),
        open_limit=params.get("perUserOpen"),
        join_limit=params.get("perUserJoin"),
        joiners=joiners_of(params.get("joiners") or params.get("audience")),
        may_leave=params.get("mayLeave", True),
    )


def read_prices(value: object) -> dict[str, int]:
    """Read fixed prices: one per variant, or one for all of them."""
    if isinstance(value, int):
        return {EVERY_VARIANT: value}
    return {str(variant_id): minor for variant_id, minor in value.items()} if isinstance(value, Mapping) else {}


def fixed_price(prices: Mapping[str, int], variant_id: UUID) -> int | None:
    """The fixed price of a variant, if the offer names one."""
    return prices.get(str(variant_id), prices.get(EVERY_VARIANT))


def joiners_of(value: object) -> str:
    """Read who may join; nothing said means everybody."""
    return Joiners.NEW.value if value == Joiners.NEW.value else Joiners.ALL.value


def group_price(base: Money, *, discount_bps: int | None, fixed_minor: int | None) -> Money | None:
    """The price of a variant in a group, or None when the offer leaves it out or would make it dearer."""
    if fixed_minor is not None:
        price = Money(fixed_minor, base.currency)
    elif discount_bps is not None:
        price = base - share_bps(base, discount_bps)
    else:
        return None
    return price if 0 < price.minor < base.minor else None


def hold_until(*, now: datetime, deadline_at: datetime) -> datetime:
    """How long a seat waits for its payment: ten minutes, half of what is left near the deadline, never beyond it."""
    left = deadline_at - now
    return now + min(left, max(SHORTEST_HOLD, min(HOLD, left / 2)))


def shown_state(state: str, *, deadline_at: datetime, now: datetime) -> str:
    """The state of a group at this moment; past its deadline it is over, even if nobody has closed it yet."""
    if state == GroupState.FORMING and now >= deadline_at:
        return GroupState.EXPIRED.value
    return state


def can_be_joined(state: str, *, seats_taken: int, size: int, deadline_at: datetime, now: datetime) -> bool:
    """Say whether a seat is free and the group still open."""
    return shown_state(state, deadline_at=deadline_at, now=now) == GroupState.FORMING and seats_taken < size


def is_over(state: str, *, deadline_at: datetime, now: datetime) -> bool:
    """Say whether the group takes nobody any more, whatever its seats."""
    return shown_state(state, deadline_at=deadline_at, now=now) != GroupState.FORMING


def after_too_late(choice: str, *, offer_is_live: bool, may_join: bool) -> str:
    """What becomes of money that came too late: the buyer's choice, where it can still be had, else a refund.

    A newcomer who is none any more may still lead, not join.
    """
    if choice == LateChoice.OPEN_OWN and offer_is_live:
        return LateChoice.OPEN_OWN
    if choice == LateChoice.AUTO_MATCH and may_join:
        return LateChoice.AUTO_MATCH
    return LateChoice.REFUND


def choices_instead(*, offer_is_live: bool, open_groups: Iterable[tuple[UUID, int]]) -> list[dict[str, Any]]:
    """What can be done when a group cannot be joined. `open_groups` are (group, seats left), best first.

    Without another open group the search is still offered, naming none.
    """
    choices: list[dict[str, Any]] = []
    if offer_is_live:
        choices.append(_choice(LateChoice.OPEN_OWN))
    choices += [_choice(LateChoice.AUTO_MATCH, *found) for found in open_groups] or [_choice(LateChoice.AUTO_MATCH)]
    choices.append(_choice(LateChoice.REFUND))
    return choices


def _choice(kind: LateChoice, group_id: UUID | None = None, seats_left: int = 0) -> dict[str, Any]:
    return {"kind": kind.value, "groupId": group_id, "seatsLeft": seats_left}
