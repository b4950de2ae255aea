"""What a review or an accepted answer earns. Stars take no part."""

from datetime import timedelta

from backend.core.money import Points
from backend.search.rules.folding import fold

RULE_VERSION = "review:1"
POINTS_FOR_WORDS = 10
POINTS_FOR_PICTURES = 10
POINTS_FOR_ANSWER = 5
LETTERS_OF_SUBSTANCE = 15
DIFFERENT_LETTERS = 10
REWARDS_PER_DAY = 3
VEST_AFTER = timedelta(days=7)


def has_substance(text: str) -> bool:
    """Whether a text says something: fifteen letters, ten of them different."""
    letters = [sign for sign in fold(text[:2_000]) if sign.isalnum()]
    return len(letters) >= LETTERS_OF_SUBSTANCE and len(set(letters)) >= DIFFERENT_LETTERS


def points_for_review(*, text: str, pictures_count: int) -> Points:
    """Ten points for words of substance, ten more with a picture; nothing for stars alone."""
    if not has_substance(text):
        return Points(0)
    return Points(POINTS_FOR_WORDS + (POINTS_FOR_PICTURES if pictures_count else 0))
