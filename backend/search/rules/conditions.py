"""Conditions said in words besides prices: what is not wanted, how well it is rated, how often it was sold."""

import re
from dataclasses import dataclass

from backend.search.rules.prices import fen

GOOD_RATING = 4.7
_NUMBER = r"(\d(?:\.\d)?)"
_MANY = r"(\d{1,7}|[零〇一二两三四五六七八九十百千万]{1,7})"
_RATED = re.compile(
    r"(?:评分|评价|好评|星级)\s*(?:在|高于|超过|大于|不低于)?\s*"
    + _NUMBER
    + r"\s*(?:分|星)?\s*(?:以上|及以上|起)?(?:的)?"
    + r"|"
    + _NUMBER
    + r"\s*(?:分|星)\s*(?:以上|及以上|起)(?:的)?"
    + r"|\brated\s+(?:over|above|at least)?\s*"
    + _NUMBER
    + r"(?:\s*(?:and|or) (?:up|more|above))?|"
    + _NUMBER
    + r"\s*stars?(?:\s*(?:and|or) (?:up|more|above))?"
)
_WELL_RATED = re.compile(
    r"(?:评价|评分|口碑)(?:很|最|比较)?(?:高|好)(?:的)?|好评(?:多|率高)?(?:的)?|\b(?:top|highly|best) rated\b"
)
_SOLD = re.compile(
    r"(?:销量|卖出|卖了|已售|月销)\s*(?:在|过|超过|大于|高于|不低于|破)?\s*"
    + _MANY
    + r"\s*(?:件|单|份)?\s*(?:以上|及以上|\+)?(?:的)?"
)
# What comes after these is not wanted. The second row may also be the beginning of a word, such as 无线, or of what
# the thing itself is called, such as 不含糖; who asks says which of them that is.
_STRONG = (
    r"不想要|不要|别要|不喜欢|不爱|讨厌|不吃|不喝|不能有|不能吃|不能含|别有|除了|除去|排除|去掉|拒绝|避开"
    r"|\bexcept(?: for)?\b|\bexcluding\b|\bbut not\b|\bother than\b|\bwithout\b|\bnot\b|\bavoid(?:ing)?\b"
)
_WEAK = r"不含有?|不加|不带|不用|不是|没有|无|非|\bno\b"
_END = r"(?:\s*(?:以外|之外)(?:的)?|的|[\s,，。;；]|$)"
_UNWANTED = re.compile(
    rf"(?:{_STRONG})\s*(?P<strong>[^\s,，。;；的]+?(?:\s[a-z]+)*?){_END}"
    rf"|(?:{_WEAK})\s*(?P<weak>[^\s,，。;；的]+?){_END}"
)
_UNWANTED_END = re.compile(
    r"\b(?:except(?: for)?|excluding|but not|other than|without|avoiding|not)\s+(?P<strong>[a-z][a-z ]*)$"
)
_ALLERGIC = re.compile(
    r"对(?P<strong>[^\s,，。;；的]{1,8}?)(?:会|很|容易|严重)?过敏(?:的人?|者)?"
    r"|\ballergic to (?P<english>[a-z]+(?: (?:and|or) [a-z]+)*)"
)
# What stands before and after the thing itself: 不要带皮的, 不要用塑料做的, 不要皮质的.
_BEFORE_THING = re.compile(r"^(?:含有|带有|含|带|有|是|用|放|加|any|added|the|a|an)\s*(?=.)")
_AFTER_THING = re.compile(r"(?<=.)(?:做|制作|制成|制品|材质|材料|口味|用|质|制|味|款|类)$")
_QUESTION = re.compile(
    r"怎么(?!样)|怎样|如何|多久|什么时候|为什么|为何|能不能|可不可以|会不会|是不是|[吗么]\s*[?？]?$|[?？]\s*$"
    r"|^(?:how|when|why|can|could|do|does|is|are|will|where)\b"
)
_SEEKING = re.compile(
    r"(?:用|吃|喝|买|送|穿|带|玩|选|挑|养|准备|需要|要|做|看|有)(?:点|些)?(?:什么|啥|哪)|什么(?:好|合适|礼物)|怎么办|咋办"
    r"|^(?:what|which|can't|cannot)\b"
)
_BETWEEN = re.compile(r"和|或者|或|、|及|\band\b|\bor\b")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is left of the words, and what they asked for besides."""

    words: str
    rating_min: float | None = None
    sold_min: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A stretch that says what is not wanted: as it was typed, the things it names, and whether it surely says so."""

    typed: str
    things: tuple[str, ...]
    is_sure: bool


def conditions(text: str) -> Conditions:
    """Take ratings and sales out of a folded query, before prices are looked for."""
    rating = sold = None
    if found := _SOLD.search(text):
        number = fen(found.group(1))
        sold, text = (number // 100 if number else None), _without(text, found)
    if found := _RATED.search(text):
        number_text = next(each for each in found.groups() if each)
        if 1 <= float(number_text) <= 5:
            rating, text = float(number_text), _without(text, found)
    if rating is None and (found := _WELL_RATED.search(text)):
        rating, text = GOOD_RATING, _without(text, found)
    return Conditions(text, rating, sold)


def refusals(text: str) -> list[Refused]:
    """The stretches of a folded query that say what is not wanted."""
    found = [*_ALLERGIC.finditer(text)] or [*_UNWANTED_END.finditer(text)] or [*_UNWANTED.finditer(text)]
    return [_refused(each) for each in found]


def barer(thing: str) -> str:
    """A thing without the words around its name: 带皮 and 皮质 are 皮."""
    return _AFTER_THING.sub("", _BEFORE_THING.sub("", thing))


def is_question(text: str) -> bool:
    """Whether a folded query asks something rather than naming a thing."""
    return _QUESTION.search(text) is not None


def seeks_goods(text: str) -> bool:
    """Whether a folded question asks what to buy, not how something goes."""
    return _SEEKING.search(text) is not None


def without(text: str, stretch: str) -> str:
    """A text without one stretch of it."""
    return " ".join(text.replace(stretch, " ", 1).split()).removeprefix("的")


def _refused(found: "re.Match[str]") -> Refused:
    named = found.groupdict()
    surely = named.get("strong") or named.get("english") or ""
    parts = tuple(part.strip() for part in _BETWEEN.split(surely or named.get("weak") or "") if part.strip())
    return Refused(found.group(), parts, bool(surely))


def _without(text: str, found: "re.Match[str]") -> str:
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()).removeprefix("的")
