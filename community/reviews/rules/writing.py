"""Limits of reviews, questions and answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput
from community.reviews.models import Fit, Visibility

LONGEST_BODY = 2_000
LONGEST_ANSWER = 1_000
LONGEST_QUESTION = 200
SHORTEST_QUESTION = 4
MOST_PICTURES = 9
WRITE_WITHIN = timedelta(days=90)
APPEND_WITHIN = timedelta(days=180)
EDIT_WITHIN = timedelta(hours=48)
AN_HOUR = timedelta(hours=1)
REVIEWS_PER_HOUR = 20
QUESTIONS_PER_HOUR = 10
ANSWERS_PER_HOUR = 30
ANSWER_AFTER = timedelta(hours=24)
INVITE_BUYERS_OF = timedelta(days=90)
INVITES_PER_QUESTION = 20
INVITES_PER_WEEK = 3
A_WEEK = timedelta(days=7)

SEEN_BY_ALL = (Visibility.PUBLIC, Visibility.LIMITED)
SEEN_BY_AUTHOR = (*SEEN_BY_ALL, Visibility.PENDING, Visibility.QUARANTINED, Visibility.REMOVED)
SIZE_WORDS = ("尺码", "尺碼", "尺寸", "size")

WORTH_OF_VOTE = 10
WORTH_OF_PICTURES = 15
WORTH_OF_ADDITION = 10
WORTH_OF_WORDS = 20
LETTERS_FOR_FULL_WORTH = 100


def check_review(*, stars: int, body: str, fit: str, pictures_count: int) -> None:
    """Refuse a review with stars that do not exist, too many words or too many pictures.

    Raises: InvalidInput.
    """
    if not 1 <= stars <= 5:
        raise InvalidInput("stars", _("Give one to five stars."))
    if fit and fit not in Fit.values:
        raise InvalidInput("fit")
    check_length("body", body, longest=LONGEST_BODY, shortest=0)
    check_pictures(pictures_count)


def check_pictures(count: int) -> None:
    """Refuse more than nine pictures.

    Raises: InvalidInput.
    """
    if count > MOST_PICTURES:
        raise InvalidInput("pictureIds", _("A review holds nine pictures at most. Take some out."))


def check_length(field: str, text: str, *, longest: int, shortest: int = 1) -> None:
    """Refuse a text that says nothing or too much.

    Raises: InvalidInput.
    """
    if len(text.strip()) < shortest:
        raise InvalidInput(field, _("Write a few words first."))
    if len(text) > longest:
        raise InvalidInput(field, _("This is too long. Make it shorter."))


def usefulness(*, helpful: int, has_pictures: bool, is_appended: bool, letters: int) -> int:
    """Order of reviews by use: what others found helpful first, then what has pictures, an addition and some words.

    Ours; there are only votes for a review, so there is no share of votes to take a lower bound of.
    """
    words = WORTH_OF_WORDS * min(letters, LETTERS_FOR_FULL_WORTH) // LETTERS_FOR_FULL_WORTH
    return WORTH_OF_VOTE * helpful + WORTH_OF_PICTURES * has_pictures + WORTH_OF_ADDITION * is_appended + words


def masked(name: str) -> str:
    """The name of somebody who does not want to be named."""
    return f"{name[:1]}***"


def asks_fit(option_names: Iterable[Mapping[str, str]]) -> bool:
    """Whether a product has sizes, so that people can say how they turn out."""
    said = " ".join(text.casefold() for names in option_names for text in names.values())
    return any(word in said for word in SIZE_WORDS)


def may_review(*, received_at: datetime | None, now: datetime) -> bool:
    """Whether a line that arrived then may be reviewed now."""
    return received_at is not None and now <= received_at + WRITE_WITHIN


def may_append(*, created_at: datetime, appended_at: datetime | None, now: datetime) -> bool:
    """Whether a review may be added to now."""
    return appended_at is None and now <= created_at + APPEND_WITHIN


def may_edit(*, created_at: datetime, now: datetime) -> bool:
    """Whether a review may be changed now."""
    return now <= created_at + EDIT_WITHIN
