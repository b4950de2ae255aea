"""Where placements stand among the finds, and for which wishes."""

from collections.abc import Sequence
from itertools import combinations

from backend.search.rules.wishes import Wish, key_of_groups

FIRST_PLACE = 4
EVERY = 8
MOST_PLACEMENTS = 2


def places_for(finds_count: int) -> Sequence[int]:
    """The places of placements on a page with so many finds: from the fourth on, at most one of eight shown.

    A placement may be one of the finds itself, lifted to its place, so the finds alone must be eight for each.
    """
    number = min(MOST_PLACEMENTS, finds_count // EVERY)
    return [FIRST_PLACE + EVERY * place for place in range(number)]


def keys_within(wish: Wish) -> list[str]:
    """What a placement may be written for to be about this wish: all of its words, or some of them."""
    texts = sorted({group.text for group in wish.groups})
    rows = (row for number in range(1, len(texts) + 1) for row in combinations(texts, number))
    return [key_of_groups(row) for row in rows]
