"""What line promotions and reductions of the order take off. No database, no clock.

An order discount is rounded once, half up, and then shared among its lines by the largest remainder, so that the
shares add up to it. Nothing takes more than a line still costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from backend.core.money import BASIS_POINTS
from backend.promotions.basket import BasketLine
from backend.promotions.pricing import split

N_FOR_M = "n_for_m"
NTH_PRICE = "nth_price"
Shares = dict[UUID, int]


def cheapest_pieces(lines: Iterable[BasketLine], count: int) -> Shares:
    """What the cheapest pieces of some lines cost, per line.

    The pieces of a line that does not divide evenly differ by a fen. Equal prices are decided by the key of their
    line, so the order of the lines does not matter.
    """
    priced: list[tuple[int, str, UUID, int]] = []
    for line in lines:
        base, dearer = divmod(line.left_minor, line.quantity)
        priced.append((base, str(line.key), line.key, line.quantity - dearer))
        priced.append((base + 1, str(line.key), line.key, dearer))
    taken: Shares = {}
    for price, _name, key, pieces in sorted(priced):
        some = min(pieces, count)
        count -= some
        if some:
            taken[key] = taken.get(key, 0) + price * some
    return taken


def line_promotion(params: Mapping[str, Any], lines: Sequence[BasketLine]) -> Shares:
    """What a line promotion takes off: N for the price of M over all lines, or the nth piece of a product cheaper."""
    if params["type"] == N_FOR_M:
        pieces = sum(line.quantity for line in lines)
        return cheapest_pieces(lines, pieces // params["buy"] * (params["buy"] - params["pay"]))
    costs: Shares = {}
    by_product = sorted(lines, key=lambda line: (str(line.product_id), str(line.key)))
    for _product, group in groupby(by_product, key=lambda line: line.product_id):
        same = list(group)
        costs.update(cheapest_pieces(same, sum(line.quantity for line in same) // params["nth"]))
    return split(half_up(sum(costs.values()), params["offBps"]), costs)


def full_reduction(params: Mapping[str, Any], lines: Sequence[BasketLine]) -> Shares:
    """What a full reduction takes off: the highest step that is reached, once."""
    weights = {line.key: line.left_minor for line in lines}
    goods = sum(weights.values())
    step = step_reached(params["steps"], goods)
    return split(worth_of(step, goods), weights) if step else {}


def step_reached(steps: Sequence[Mapping[str, int]], goods_minor: int) -> Mapping[str, int] | None:
    """The highest step that an amount reaches."""
    reached = [step for step in steps if goods_minor >= step["fromMinor"]]
    return max(reached, key=lambda step: step["fromMinor"]) if reached else None


def next_step(steps: Sequence[Mapping[str, int]], goods_minor: int) -> Mapping[str, int] | None:
    """The next step that an amount does not reach yet."""
    ahead = [step for step in steps if goods_minor < step["fromMinor"]]
    return min(ahead, key=lambda step: step["fromMinor"]) if ahead else None


def worth_of(terms: Mapping[str, int], goods_minor: int) -> int:
    """What an amount or a share with a cap takes off goods, never more than they cost."""
    worth = terms["offMinor"] if terms.get("offMinor") is not None else half_up(goods_minor, terms["offBps"])
    cap = terms.get("capMinor")
    return max(min(worth, goods_minor if cap is None else min(goods_minor, cap)), 0)


def half_up(minor: int, bps: int) -> int:
    """A share of an amount, rounded half up."""
    return (minor * bps * 2 + BASIS_POINTS) // (2 * BASIS_POINTS)
