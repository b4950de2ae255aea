"""Which answer is sure enough, how pressing a ticket is, and until when it is answered."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from backend.core.clock import business_day
from backend.core.ids import short_code
from backend.search.rules.scoring import ALL_GROUPS, WHOLE
from backend.search.rules.segmenting import words
from backend.search.rules.synonyms import empty_words, singular
from backend.support.models import HelpWay, Severity, TicketKind, TicketNature

LONGEST_TITLE = 80
LONGEST_BODY = 4000
MOST_PHRASES = 40
LONGEST_PHRASE = 60
LONGEST_WORDS = 2000
SHORTEST_WORDS = 5
MOST_OPEN = 10
MOST_ANSWERS = 2
WORST, BEST = 1, 5
DUTY_LASTS = timedelta(hours=8)

# What a find must score to stand above the products, of one for every word in the title or a phrase.
SURE_OF_ALL = 0.5
SURE_OF_SOME = 0.62
SURE_BY_WORDS = 0.6
LEAST_NEAR = 0.3
NEARLY = 0.15
_ONLY_ASKING = frozenset(
    [
        *("how", "what", "when", "where", "why", "which", "who", "do", "does", "did", "can", "could", "will", "would"),
        *("should", "if", "not", "it", "get", "got", "after", "before", "much", "many", "long", "怎样", "会", "多久"),
        *("多少", "为什么", "是不是", "能不能", "可不可以", "请问", "后会", "是什么"),
    ]
)

PRESSING = frozenset({TicketNature.SAFETY, TicketNature.PRIVACY, TicketNature.PAYMENT})
ANSWERED_WITHIN: Mapping[str, timedelta] = {
    Severity.URGENT: timedelta(minutes=30),
    Severity.SERIOUS: timedelta(hours=4),
    Severity.NORMAL: timedelta(hours=24),
}

_BEFORE_SENDING = frozenset({"PENDING_PAYMENT", "AWAITING_GROUP", "PAID"})
_PAID = frozenset({"PAID", "AWAITING_GROUP", "FULFILLING", "SHIPPED", "DELIVERED", "COMPLETED", "PARTIALLY_REFUNDED"})
_SENT = frozenset({"PAID", "FULFILLING", "SHIPPED", "DELIVERED"})
_RETURNABLE = _PAID - {"AWAITING_GROUP"}
ORDERS_FOR: Mapping[str, frozenset[str]] = {
    HelpWay.PARCEL: _SENT,
    HelpWay.CANCEL: _BEFORE_SENDING,
    HelpWay.ADDRESS: _BEFORE_SENDING,
    HelpWay.INVOICE: _PAID,
    HelpWay.RETURN: _RETURNABLE,
}


def telling_words(text: str) -> frozenset[str]:
    """The words of a question without those that only make it one."""
    found = frozenset(singular(word) for word in words(text))
    return found - empty_words() - _ONLY_ASKING or found


def without_asking(text: str) -> str:
    """A question without the words that only make it one, so that the index looks for what it is about."""
    return " ".join(word for word in words(text) if word not in _ONLY_ASKING) or text


def nearness(asked: frozenset[str], ways: Iterable[frozenset[str]]) -> float:
    """How nearly a question is one of the ways in which people ask: from nothing to 1 for the same words."""
    return max((len(asked & way) / len(asked | way) for way in ways if asked & way), default=0.0)


def is_sure(*, score: int, nearness: float) -> bool:
    """Whether a find answers what was asked well enough to be put before everything else."""
    fits_all = score >= ALL_GROUPS
    worth = (score % ALL_GROUPS) / WHOLE
    fits = worth >= (SURE_OF_ALL if fits_all else SURE_OF_SOME)
    return nearness >= SURE_BY_WORDS or (nearness >= LEAST_NEAR and fits)


def severity_of(*, kind: str, nature: str) -> Severity:
    """How pressing something is: what may hurt somebody first, then complaints, then the rest."""
    if kind != TicketKind.SUGGESTION and nature in PRESSING:
        return Severity.URGENT
    return Severity.SERIOUS if kind == TicketKind.COMPLAINT else Severity.NORMAL


def due_at(*, severity: str, now: datetime) -> datetime:
    """Until when an answer is promised."""
    return now + ANSWERED_WITHIN[severity]


def new_number(*, now: datetime) -> str:
    """A number that people can read aloud."""
    return f"HP{business_day(now):%y%m%d}{short_code(6)}"
