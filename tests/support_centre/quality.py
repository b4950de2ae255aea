"""How well questions are answered by help articles."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).parent / "judged" / "questions.csv"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types, the articles that answer it (none for goods), and whether it was ever tuned on."""

    words: str
    answers: frozenset[str]
    is_held_out: bool


def judged_questions() -> list[Question]:
    """All judged questions in the order of the file."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        return [
            Question(row["question"], frozenset(row["answers"].split()), row["held_out"] == "yes")
            for row in csv.DictReader(file)
        ]


@dataclass(frozen=True, slots=True)
class Result:
    """How questions were answered: shares of one."""

    answered: float
    wrong: float
    silent_on_goods: float


def judge(questions: Sequence[Question], answer: Callable[[str], Sequence[str]]) -> Result:
    """Ask each question; `answer` gives slugs in order. Wrong is a first answer that does not answer."""
    asked = [(each, answer(each.words)) for each in questions]
    real = [(each, given) for each, given in asked if each.answers]
    goods = [given for each, given in asked if not each.answers]
    return Result(
        answered=sum(bool(each.answers & set(given)) for each, given in real) / len(real),
        wrong=sum(bool(given) and given[0] not in each.answers for each, given in real) / len(real),
        silent_on_goods=sum(not given for given in goods) / len(goods),
    )
