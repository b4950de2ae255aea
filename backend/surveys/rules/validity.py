"""Which answers count. A rule asks for evidence that an honest person hardly leaves; in doubt an answer counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from backend.surveys.models import Fault

LONGEST_WORDS = 200
LEAST_FACE, MOST_FACE = 1, 5
# A tap a second is as fast as somebody who reads: three faces and the button.
LEAST_SECONDS = 3
ALIKE_WITHIN = timedelta(days=14)
# A household may well agree without a word; two others who do so on one device are a pattern.
ALIKE_SILENT_ACCOUNTS = 2

_BLAME = (
    *(
        "差评",
        "很差",
        "太差",
        "太慢",
        "很慢",
        "好慢",
        "迟到",
        "破损",
        "摔坏",
        "压坏",
        "送错",
        "态度恶劣",
        "不耐烦",
        "投诉",
        "垃圾",
    ),
    *("差評", "遲到", "破損", "摔壞", "壓壞", "送錯", "態度惡劣", "不耐煩", "投訴"),
    *("terrible", "awful", "rude", "too slow", "very slow", "damaged", "broken", "never again"),
)
_PRAISE = (
    *("很好", "非常好", "太棒", "很快", "好快", "神速", "满意", "点赞", "给力", "很有礼貌", "感谢"),
    *("滿意", "點讚", "給力", "很有禮貌", "感謝"),
    *("great", "excellent", "very fast", "very good", "perfect", "friendly", "thank"),
)
_NOT = ("不", "没", "沒", "别", "別", "无", "無", "未", "not ", "n't ", "no ", "never ", "hardly ")
_NOT_ARRIVED = ("没收到", "没有收到", "未收到", "沒收到", "沒有收到", "not received", "never arrived", "didn't arrive")
_LATE = ("迟到", "晚了", "晚到", "超时", "遲到", "超時", "was late", "came late", "too late", "days late")
_EARLY = ("提前", "提早", "早到", "比预计早", "比預計早", "ahead of time", "came early", "before the promised")


@dataclass(frozen=True, slots=True)
class ParcelStory:
    """What is known of an order's parcels: the promised days, the day of arrival, whether the buyer confirmed it."""

    promised_from: date | None = None
    promised_until: date | None = None
    arrived_on: date | None = None
    is_confirmed_by_buyer: bool = False

    @property
    def days_late(self) -> int | None:
        """Days past the last promised one; below zero is early."""
        if self.promised_until is None or self.arrived_on is None:
            return None
        return (self.arrived_on - self.promised_until).days


@dataclass(frozen=True, slots=True)
class Likeness:
    """Other accounts on the same device that gave the same faces: with the same words, and without any."""

    with_words: int = 0
    silent: int = 0


def fault_of(*, faces: Mapping[str, int], words: str, seconds: float, story: ParcelStory, alike: Likeness) -> str:
    """Why an answer is left out of the figures, or nothing; the first reason that holds."""
    if seconds < LEAST_SECONDS:
        return Fault.TOO_FAST
    said = tidy(words)
    if said and words_disagree(faces=faces, said=said):
        return Fault.WORDS_DISAGREE
    if said and tracking_disagrees(said=said, story=story):
        return Fault.TRACKING_DISAGREES
    if (said and alike.with_words) or (not said and alike.silent >= ALIKE_SILENT_ACCOUNTS):
        return Fault.ALIKE
    return ""


def words_disagree(*, faces: Mapping[str, int], said: str) -> bool:
    """Whether all faces are the best and the words only blame, or all are the worst and the words only praise."""
    blames, praises = _says(said, _BLAME), _says(said, _PRAISE)
    if all(face == MOST_FACE for face in faces.values()):
        return blames and not praises
    return all(face == LEAST_FACE for face in faces.values()) and praises and not blames


def tracking_disagrees(*, said: str, story: ParcelStory) -> bool:
    """Whether the words state a fact that is known to be otherwise.

    A parcel that a carrier calls delivered may well be missing, so only the buyer's own confirmation contradicts
    "it never came". An opinion is never contradicted: late and content, or in time and displeased, both count.
    """
    if story.is_confirmed_by_buyer and any(each in said for each in _NOT_ARRIVED):
        return True
    if story.arrived_on is None:
        return False
    came_early = story.promised_from is not None and story.arrived_on < story.promised_from
    came_late = story.days_late is not None and story.days_late > 0
    return (came_early and _says(said, _LATE)) or (came_late and _says(said, _EARLY))


def tidy(words: str) -> str:
    """Words as they are compared: small letters, single spaces."""
    return re.sub(r"\s+", " ", words.strip().lower())


def _says(said: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands there without a word before it that turns it round."""
    for phrase in phrases:
        at = said.find(phrase)
        if at >= 0 and not any(each in said[max(0, at - 4) : at] + " " for each in _NOT):
            return True
    return False
