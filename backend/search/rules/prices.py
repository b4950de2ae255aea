"""Prices said in words are filters: 100元以下, under 100, 50到100块."""

import re
from dataclasses import dataclass

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_NUMBER = r"(?:¥|￥|rmb|cny|\$)?\s*(\d{1,7}(?:\.\d{1,2})?|[零〇一二两三四五六七八九十百千万]{1,7})"
_UNIT = r"\s*(?:元|块钱|块|圆|yuan|rmb|cny|kuai)"
_MAYBE = r"\s*(?:元|块钱|块|圆|yuan|rmb|cny|kuai)?"
_BETWEEN = re.compile(
    r"(?:\bbetween\s*)?"
    + _NUMBER
    + _MAYBE
    + r"\s*(?:到|至|-|–|~|—|to|(?<=\d )and)\s*"
    + _NUMBER
    + _UNIT
    + r"?(?:之间|左右)?"
)
_BELOW = re.compile(_NUMBER + _MAYBE + r"\s*(?:以下|以内|之内|内(?!存)|封顶)(?:的)?")
_BELOW_FIRST = re.compile(
    r"(?:不超过|不到|低于|少于|\bunder\b|\bbelow\b|\bless than\b|\bup to\b|\bcheaper than\b)\s*" + _NUMBER + _MAYBE
)
_ABOVE = re.compile(_NUMBER + _MAYBE + r"\s*(?:以上|起)(?:的)?")
_ABOVE_FIRST = re.compile(r"(?:高于|超过|大于|\bover\b|\babove\b|\bmore than\b)\s*" + _NUMBER + _MAYBE)
_AROUND = re.compile(_NUMBER + _UNIT + r"?\s*(?:左右|上下)(?:的)?|\b(?:around|about)\s*" + _NUMBER + _UNIT)
_WIDTH = 0.25
_LARGEST_MINOR = 10**12


@dataclass(frozen=True, slots=True)
class PriceWish:
    """What is left of the words, and the prices they named, in fen."""

    words: str
    lowest: int | None = None
    highest: int | None = None


def price_wish(text: str) -> PriceWish:
    """Take the price out of a folded query. A range needs a unit, so that sizes such as 36-44 stay words."""
    if found := _BETWEEN.search(text):
        low, high = fen(found.group(1)), fen(found.group(2))
        has_unit = re.search(r"元|块|圆|yuan|rmb|cny|kuai|¥|￥|之间", found.group()) is not None
        if low is not None and high is not None and low < high and (has_unit or _is_wide(low, high)):
            return PriceWish(_without(text, found), low, high)
    if found := _AROUND.search(text):
        middle = fen(found.group(1) or found.group(2))
        if middle:
            return PriceWish(_without(text, found), round(middle * (1 - _WIDTH)), round(middle * (1 + _WIDTH)))
    for pattern, is_below in ((_BELOW, True), (_BELOW_FIRST, True), (_ABOVE, False), (_ABOVE_FIRST, False)):
        if (found := pattern.search(text)) and (price := fen(found.group(1))):
            rest = _without(text, found)
            return PriceWish(rest, None, price) if is_below else PriceWish(rest, price, None)
    return PriceWish(text)


def fen(number: str) -> int | None:
    """A number in digits or Chinese signs as fen."""
    if number[0].isdigit():
        return min(round(float(number) * 100), _LARGEST_MINOR)
    total, section, digit = 0, 0, 0
    for sign in number:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign == "万":
            total, section, digit = (total + section + digit or 1) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _SCALES[sign], 0
    return min((total + section + digit) * 100, _LARGEST_MINOR) or None


def _is_wide(low: int, high: int) -> bool:
    """200到400 without a unit is a price; 36-44 or 2-4 is a size."""
    return low >= 5_000 and high >= low * 1.5


def _without(text: str, found: "re.Match[str]") -> str:
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()).removeprefix("的")
