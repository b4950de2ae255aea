"""Whether the parameters of a group price rule are sound in themselves. Expect anything: they come from an editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groupbuy.models import Joiners, MoneyTaken, QuotaMode
from groupbuy.rules.terms import MOST_STEPS

MOST_PRODUCTS = 500
MOST_PEOPLE = 50
MOST_POINTS = 100_000
MOST_PLACES = 100_000
MOST_LEADER_DISCOUNT = 100_000
ON_TOP = frozenset({"line_promotion", "full_reduction", "gift", "coupon", "points"})

Found = Iterator[tuple[str, str | Promise]]


def shape_problems(params: Mapping[str, Any]) -> Found:
    """Each parameter that cannot be read, with a sentence that says the way out."""
    if not _is_id_list(params.get("productIds")):
        yield "productIds", _("Choose one to five hundred products.")
    if params.get("ladder") is not None:
        yield from _ladder_shape(params)
    else:
        if not _is_whole(params.get("size"), 2, MOST_PEOPLE):
            yield "size", _("A group has 2 to 50 people. Enter such a number.")
        yield from _price_shape(params)
    if not _is_whole(params.get("ttlHours", 24), 1, 168):
        yield "ttlHours", _("A group may stay open for 1 to 168 hours. Enter such a number.")
    yield from _people_shape(params)
    if not is_allowed_list(params.get("allows")):
        yield "allows", _("Choose what may be used on top of a group price from the list.")
    yield from _lottery_shape(params)
    yield from _help_shape(params)
    yield from _quota_shape(params)
    yield from _money_shape(params)


def _money_shape(params: Mapping[str, Any]) -> Found:
    """When the money is taken. What is decided when a group closes, a step or a draw, has to be paid for before."""
    taken = params.get("moneyTaken")
    if taken is None or taken == MoneyTaken.AT_PAYMENT:
        return
    if taken != MoneyTaken.WHEN_FULL:
        yield "moneyTaken", _("Choose whether the money is taken at payment or when the group is full.")
    elif params.get("ladder") is not None or params.get("winners") is not None:
        yield "moneyTaken", _("With a falling price or a draw the money is taken at payment. Choose that.")


def _quota_shape(params: Mapping[str, Any]) -> Found:
    """How many may sit down in all: at least one group."""
    size = max(sizes_in(params), default=2)
    if params.get("quota") is not None and not _is_whole(params["quota"], size, MOST_PLACES):
        yield "quota", _("At least one group must fit in. Enter more places, up to 100000, or none for no limit.")
    if params.get("quotaMode") is not None and params["quotaMode"] not in QuotaMode.values:
        yield "quotaMode", _("Choose whether places are taken seat by seat or by whole groups.")


def sizes_in(params: Mapping[str, Any]) -> list[int]:
    """How many people a group may have, a number per step, as far as the parameters can be read."""
    steps = params.get("ladder")
    said = [step.get("size") for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []
    return [size for size in said or [params.get("size")] if isinstance(size, int) and _is_whole(size, 2, MOST_PEOPLE)]


def _people_shape(params: Mapping[str, Any]) -> Found:
    """Who may join, how often, and what they may do."""
    for name in ("perUserOpen", "perUserJoin", "perUserQuantity", "perOrderMax"):
        if params.get(name) is not None and not _is_whole(params[name], 1, 100):
            yield name, _("Enter a limit of 1 to 100, or none.")
    if params.get("joiners") is not None and params["joiners"] not in Joiners.values:
        yield "joiners", _("Choose whether everybody may join or newcomers only.")
    for name in ("mayLeave", "allowMerge"):
        if not isinstance(params.get(name, True), bool):
            yield name, _("Say yes or no.")
    if params.get("allowMerge") is True and params.get("winners") is not None:
        yield "allowMerge", _("Groups that are drawn cannot be put together. Take it out.")


def is_allowed_list(value: object) -> bool:
    """Say whether a value lists what may be used on top of a group price; nothing is the default."""
    return value is None or (isinstance(value, list) and set(map(str, value)) <= ON_TOP)


def _price_shape(params: Mapping[str, Any]) -> Found:
    bps, fixed = params.get("discountBps"), params.get("priceMinor")
    if (bps is None) == (fixed is None):
        yield "discountBps", _("Give either a discount or fixed prices, not both.")
    elif bps is not None and not _is_whole(bps, 1, 9900):
        yield "discountBps", _("A discount is more than nothing and at most 99 percent.")
    elif fixed is not None and not _are_prices(fixed):
        yield "priceMinor", _("Enter a price above zero for each variant, in fen.")


def _ladder_shape(params: Mapping[str, Any]) -> Found:
    """Steps that rise in people and fall in price, all priced the same way."""
    steps = params["ladder"]
    if any(params.get(name) is not None for name in ("size", "discountBps", "priceMinor")):
        yield "ladder", _("The steps say the size and the price. Take out the others.")
    elif not isinstance(steps, list) or not 2 <= len(steps) <= MOST_STEPS:
        yield "ladder", _("A ladder has two to five steps. Add or remove some.")
    elif not all(isinstance(step, Mapping) and _is_whole(step.get("size"), 2, MOST_PEOPLE) for step in steps):
        yield "ladder", _("A group has 2 to 50 people. Enter such a number.")
    elif problem := next((message for step in steps for _field, message in _price_shape(step)), None):
        yield "ladder", problem
    elif any(later["size"] <= sooner["size"] for sooner, later in pairwise(steps)):
        yield "ladder", _("Each step needs more people than the one before. Enter rising numbers.")
    elif not all(_is_cheaper(later, than=sooner) for sooner, later in pairwise(steps)):
        yield "ladder", _("Each step must cost less than the one before, priced in the same way. Enter falling prices.")


def _lottery_shape(params: Mapping[str, Any]) -> Found:
    """A draw among a full group: fewer winners than seats, and a consolation for the others."""
    winners, size = params.get("winners"), params.get("size")
    if winners is not None:
        if params.get("ladder") is not None:
            yield "winners", _("A group is either drawn or has a price that falls. Take one of them out.")
        elif not _is_whole(size, 2, MOST_PEOPLE) or not _is_whole(winners, 1, int(size or 0) - 1):
            yield "winners", _("Fewer people win than take part. Enter a smaller number of winners.")
    if params.get("consolationPoints") is not None:
        if winners is None:
            yield "consolationPoints", _("Only a draw has a consolation. Enter the number of winners, or take it out.")
        elif not _is_whole(params["consolationPoints"], 0, MOST_POINTS):
            yield "consolationPoints", _("Enter 0 to 100000 points.")


def _help_shape(params: Mapping[str, Any]) -> Found:
    """What the shop adds: seats it pays for itself, and a reward for who opens the group."""
    size = params.get("size") if _is_whole(params.get("size"), 2, MOST_PEOPLE) else None
    seats = params.get("platformSeatMax")
    if seats:
        if size is None or params.get("winners") is not None:
            yield "platformSeatMax", _("The shop adds seats only to a plain group. Take them out.")
        elif not _is_whole(seats, 1, size - 2):
            yield "platformSeatMax", _("At least two people must come by themselves. Enter fewer seats.")
    elif seats is not None and not _is_whole(seats, 0, 0):
        yield "platformSeatMax", _("At least two people must come by themselves. Enter fewer seats.")
    if params.get("leaderPoints") is not None and not _is_whole(params["leaderPoints"], 0, MOST_POINTS):
        yield "leaderPoints", _("Enter 0 to 100000 points.")
    if params.get("leaderPoints") and params.get("winners") is not None:
        yield "leaderPoints", _("A draw has no reward for its leader. Take it out.")
    yield from _leader_discount_shape(params)
    if params.get("leaderSpare") is not None and not _is_whole(params["leaderSpare"], 0, (size or 2) - 1):
        yield "leaderSpare", _("At least one seat must keep its goods. Enter a smaller number.")


def _leader_discount_shape(params: Mapping[str, Any]) -> Found:
    """What a leader pays less at once: an amount, or a share with a cap."""
    amount, bps = params.get("leaderDiscountMinor"), params.get("leaderDiscountBps")
    if amount is None and bps is None:
        return
    if not _is_whole(amount, 1, MOST_LEADER_DISCOUNT):
        yield "leaderDiscountMinor", _("Enter an amount above nothing and up to ¥1000; of a share it is the most.")
    elif bps is not None and not _is_whole(bps, 1, 9900):
        yield "leaderDiscountBps", _("A discount is more than nothing and at most 99 percent.")
    elif params.get("leaderPoints") or params.get("winners") is not None:
        yield "leaderDiscountMinor", _("A leader gets points or a discount, and in a draw neither. Take one out.")
    elif params.get("allowMerge"):
        yield "leaderDiscountMinor", _("Groups whose leader pays less cannot be put together. Take one of them out.")


def _is_cheaper(step: Mapping[str, Any], *, than: Mapping[str, Any]) -> bool:
    if step.get("discountBps") is not None and than.get("discountBps") is not None:
        return bool(step["discountBps"] > than["discountBps"])
    new, old = step.get("priceMinor"), than.get("priceMinor")
    if isinstance(new, int) and isinstance(old, int):
        return new < old
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return new.keys() == old.keys() and all(new[key] < old[key] for key in new)
    return False


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_id_list(value: object) -> bool:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_PRODUCTS:
        return False
    return all(_is_id(each) for each in value)


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _are_prices(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(_is_id(key) and _is_whole(minor, 1, 10**10) for key, minor in value.items())
    return _is_whole(value, 1, 10**10)
