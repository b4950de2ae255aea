"""The parameters of a group price rule, and the prices that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.core.money import Money, share_bps
from groupbuy.models import Joiners, MoneyTaken, QuotaMode

EVERY_VARIANT = "*"
MOST_STEPS = 5
PRIZE_CAP_MINOR = 5_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder: from so many people on, everybody pays this."""

    size: int
    discount_bps: int | None
    prices: Mapping[str, int]

    def kept(self) -> dict[str, Any]:
        """The step as an offer keeps it."""
        return {"size": self.size, "discountBps": self.discount_bps, "prices": dict(self.prices)}


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
    ladder: tuple[Step, ...] = ()
    winners: int | None = None
    consolation_points: int = 0
    platform_seats: int = 0
    leader_points: int = 0
    leader_spare: int = 0
    leader_discount_bps: int | None = None
    leader_discount_minor: int = 0
    quantity_limit: int | None = None
    order_limit: int | None = None
    allow_merge: bool = False
    quota: int | None = None
    quota_mode: str = QuotaMode.SEAT.value
    money_taken: str = MoneyTaken.AT_PAYMENT.value

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every price that a group may come to, the first being what is paid."""
        return self.ladder or (Step(self.size, self.discount_bps, self.prices),)


def read_terms(params: Mapping[str, Any]) -> OfferTerms:
    """Read sound parameters; `check_terms` says beforehand whether they are."""
    ladder = read_ladder(params.get("ladder"))
    first = ladder[0] if ladder else Step(0, params.get("discountBps"), read_prices(params.get("priceMinor")))
    return OfferTerms(
        product_ids=tuple(UUID(str(each)) for each in params["productIds"]),
        size=ladder[-1].size if ladder else params["size"],
        ttl_hours=params.get("ttlHours", 24),
        discount_bps=first.discount_bps,
        prices=first.prices,
        ladder=ladder,
        winners=params.get("winners"),
        consolation_points=params.get("consolationPoints") or 0,
        platform_seats=params.get("platformSeatMax") or 0,
        leader_points=params.get("leaderPoints") or 0,
        leader_spare=params.get("leaderSpare") or 0,
        leader_discount_bps=params.get("leaderDiscountBps"),
        leader_discount_minor=params.get("leaderDiscountMinor") or 0,
        quantity_limit=params.get("perUserQuantity"),
        order_limit=params.get("perOrderMax"),
        allow_merge=params.get("allowMerge", False),
        quota=params.get("quota"),
        quota_mode=params.get("quotaMode") or QuotaMode.SEAT.value,
        money_taken=params.get("moneyTaken") or MoneyTaken.AT_PAYMENT.value,
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


def read_ladder(value: object) -> tuple[Step, ...]:
    """Read the steps of a ladder, the smallest first; none given means none."""
    if not isinstance(value, list):
        return ()
    return tuple(Step(each["size"], each.get("discountBps"), read_prices(each.get("priceMinor"))) for each in value)


def kept_steps(ladder: Sequence[Mapping[str, Any]]) -> list[Step]:
    """The steps as an offer has kept them."""
    return [Step(each["size"], each["discountBps"], each["prices"]) for each in ladder]


def reached_step(ladder: Sequence[Mapping[str, Any]], *, seats_paid: int) -> Mapping[str, Any] | None:
    """The highest step of a ladder that so many paid seats reach, if any."""
    reached = [step for step in ladder if step["size"] <= seats_paid]
    return max(reached, key=lambda step: int(step["size"])) if reached else None


def difference_minor(
    *, paid: Mapping[str, int], final: Mapping[str, int], variant_id: UUID, quantity: int, left_minor: int
) -> int:
    """What a seat paid beyond the price that was reached, never more than is left of its line."""
    key = str(variant_id)
    if key not in paid or key not in final:
        return 0
    return max(0, min((paid[key] - final[key]) * quantity, left_minor))


def shown_ladder(
    ladder: Sequence[Mapping[str, Any]], *, seats_paid: int, reached_size: int | None = None
) -> list[dict[str, Any]]:
    """The steps of a ladder as people see them: what each costs at least, and which are reached."""
    highest = seats_paid if reached_size is None else reached_size
    return [
        {"size": step["size"], "price_minor": min(step["prices"].values()), "is_reached": step["size"] <= highest}
        for step in ladder
        if step["prices"]
    ]
