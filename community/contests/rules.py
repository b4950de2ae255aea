"""What a contest may ask and give, and how its entries are ordered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.contests.models import ContestEntry

MOST_PRIZES, MOST_POINTS, MOST_LEAST_VOTES = 20, 10_000, 1_000
# Time for moderators to look at late entries before the order is final.
TIME_TO_LOOK = timedelta(hours=1)
# A prize can be taken back until it is usable.
TIME_TO_OBJECT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule of the kind `contest` says."""

    topic: str
    prizes: tuple[int, ...]
    must_have_bought: bool
    least_votes: int


def read_terms(params: Mapping[str, Any]) -> Terms:
    """Read parameters that have no problems."""
    return Terms(
        topic=params["topic"],
        prizes=tuple(params["prizes"]),
        must_have_bought=params.get("mustHaveBought", False),
        least_votes=params.get("leastVotes", 1),
    )


def shape_problems(params: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    """Say what is wrong with the parameters, whatever they are."""
    if not isinstance(params.get("topic"), str) or not params["topic"]:
        yield "topic", _("Choose the circle in which the contest takes place.")
    if not _are_prizes(params.get("prizes")):
        yield "prizes", _("Give 1 to 20 prizes of 1 to 10,000 points, none larger than the one before it.")
    if type(params.get("mustHaveBought", False)) is not bool:
        yield "mustHaveBought", _("Say yes or no.")
    least = params.get("leastVotes", 1)
    if type(least) is not int or not 1 <= least <= MOST_LEAST_VOTES:
        yield "leastVotes", _("A prize needs 1 to 1,000 votes.")


def _are_prizes(prizes: Any) -> bool:
    if not isinstance(prizes, list) or not 1 <= len(prizes) <= MOST_PRIZES:
        return False
    if not all(type(points) is int and 1 <= points <= MOST_POINTS for points in prizes):
        return False
    return all(better >= worse for better, worse in pairwise(prizes))


def in_order(entries: Iterable[ContestEntry]) -> list[ContestEntry]:
    """The most votes first; of equals the one that was there first."""
    return sorted(entries, key=lambda entry: (-entry.votes_count, entry.entered_at, entry.pk))


def placed(
    entries: Iterable[ContestEntry], *, prizes: Sequence[int], least_votes: int
) -> list[tuple[ContestEntry, int, int]]:
    """Each entry with enough votes, with its rank and its prize in points; ranks without a prize get nothing."""
    enough = [entry for entry in in_order(entries) if entry.votes_count >= least_votes]
    points = [*prizes, *[0] * max(0, len(enough) - len(prizes))]
    return [(entry, rank, points[rank - 1]) for rank, entry in enumerate(enough, start=1)]
