"""When what people searched for next says what they had meant."""

from dataclasses import dataclass
from datetime import timedelta

SITTING = timedelta(minutes=30)
FEWEST_PEOPLE = 5
# What is not said again is given up after six weeks: five says lose half of themselves every thirty days.
LEAST_WEIGHT = 2.0
# Of those who gave up on the words, so many at least went on to the others.
LEAST_SHARE = 0.2
# And so many times more than among all who search, with so many people more who did not, since few prove little.
LEAST_LIFT = 3.0
PEOPLE_BESIDES = 50
MOST_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How many people turned from some words to others, and found there what they opened.

    `people` are those of the week in which most did, since only within a week is a person known to be one; `weight`
    loses half of itself each half-life. `given_up` is how many gave up on the words, `openers` how many of all who
    searched (`searchers`) opened something for the others.
    """

    asked: str
    also: str
    people: int
    weight: float
    given_up: int
    openers: int
    searchers: int


def is_meant(turn: Turn) -> bool:
    """Whether the other words are what was meant: enough people, lately, and more than chance brings there."""
    if set(turn.asked.split()) <= set(turn.also.split()):
        return False
    share = turn.people / max(turn.given_up, 1)
    usual = turn.openers / (turn.searchers + PEOPLE_BESIDES)
    is_enough = turn.people >= FEWEST_PEOPLE and turn.weight >= LEAST_WEIGHT
    return is_enough and share >= LEAST_SHARE and share >= LEAST_LIFT * usual
