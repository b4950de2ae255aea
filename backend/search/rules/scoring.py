"""How well a find answers a wish, as an SQL expression over `document`.

Each group adds its importance times how prominently it stands: in the name, the category or brand, the short facts,
or the long text. What means the same counts a little less than what was typed. On top come how well the thing stands
with shoppers and how new it is, together less than a word in the name.
"""

from typing import Any

from backend.search.rules.lexemes import any_of
from backend.search.rules.wishes import Wish

EXACT = {"A": 1.0, "B": 0.62, "C": 0.45, "D": 0.25}
ALSO = {"A": 0.82, "B": 0.5, "C": 0.34, "D": 0.16}
NEAR = {"A": 0.6, "B": 0.36, "C": 0.24, "D": 0.1}
STANDING = 0.22
NEWNESS = 0.03
SAYS_WITHOUT = 0.3
NEWNESS_DAYS = 45
WHOLE = 1_000_000
ALL_GROUPS = 10 * WHOLE
ASSOCIATED = 3 * WHOLE
HEAD = ("A", "B", "C")


def score(wish: Wish, *, is_strict: bool) -> tuple[str, list[Any]]:
    """The expression, a whole number, and its parameters.

    What satisfies every group stands before what does not. Where every candidate does (`is_strict`), the long text is
    never looked at: a group that is not in the head must be in it.
    """
    text, parameters = _text(wish, is_strict=is_strict)
    newness = f"{NEWNESS} * exp(-greatest(0, extract(epoch FROM %s::timestamptz - document.published_at)) / %s)"
    value = f"(({text} + {STANDING} * document.standing + {newness}) * {WHOLE})::bigint"
    if is_strict or not wish.groups:
        return f"{ALL_GROUPS if wish.groups else 0} + {value}", parameters
    whole = f"CASE WHEN document.everything @@ %s::tsquery THEN {ALL_GROUPS} ELSE 0 END"
    return f"{whole} + {value}", [wish.needs_all(), *parameters]


def associated(wish: Wish, other: Wish) -> tuple[str, list[Any]]:
    """What is added where a find fits not the wish but another that people meant by it, and the parameters."""
    text, parameters = _text(other, is_strict=False)
    value = f"{ASSOCIATED} + (({text}) * {WHOLE})::bigint"
    sql = (
        "CASE WHEN document.everything @@ %s::tsquery THEN 0"
        f" WHEN document.everything @@ %s::tsquery THEN {value} ELSE 0 END"
    )
    return sql, [wish.needs_all(), other.needs_all(), *parameters]


def _text(wish: Wish, *, is_strict: bool) -> tuple[str, list[Any]]:
    """How prominently the groups stand, and the parameters."""
    groups = wish.groups
    total = sum(group.importance for group in groups)
    parts: list[str] = []
    parameters: list[Any] = []
    for group in groups:
        ways = []
        for rows, worth in ((group.exact, EXACT), (group.also, ALSO), (group.near, NEAR)):
            if rows:
                ways.append(_way(worth, is_strict=is_strict))
                parameters += [any_of(rows, weights) for weights in HEAD] + ([] if is_strict else [any_of(rows)])
        parts.append(f"{group.importance / total:.4f} * greatest({', '.join(ways)})")
    text = " + ".join(parts) or "0"
    if wish.lacking:
        text += f" + CASE WHEN document.head @@ %s::tsquery THEN {SAYS_WITHOUT} ELSE 0 END"
        parameters.append(any_of(wish.lacking))
    return text, parameters


def _way(worth: dict[str, float], *, is_strict: bool) -> str:
    steps = " ".join(f"WHEN document.head @@ %s::tsquery THEN {worth[weight]}" for weight in HEAD)
    if is_strict:
        return f"CASE {steps} ELSE {ALSO['D']} END"
    return f"CASE {steps} WHEN document.everything @@ %s::tsquery THEN {worth['D']} ELSE 0 END"
