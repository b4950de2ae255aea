"""What may be stated of a product: values of attributes, checked against what its shelf asks for."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any

from backend.core.languages import LOCALES

LONGEST_TEXT = 200
LARGEST_NUMBER = 10**12


@dataclasses.dataclass(frozen=True, kw_only=True)
class Definition:
    """One attribute as the shelf asks for it."""

    key: str
    type: str
    choices: Sequence[str] = ()
    is_required: bool = False


def wrong_attributes(
    definitions: Sequence[Definition], values: Mapping[str, Any], *, is_whole: bool
) -> list[tuple[str, str]]:
    """Every attribute that cannot stand, each with the word for what is wrong with it.

    A draft may lack what is required; what is whole may not.
    """
    known = {definition.key: definition for definition in definitions}
    wrong = [(key, "unknown") for key in sorted(values.keys() - known.keys())]
    for definition in definitions:
        if definition.key not in values:
            if is_whole and definition.is_required:
                wrong.append((definition.key, "missing"))
        elif not _fits(definition, values[definition.key]):
            wrong.append((definition.key, definition.type.lower()))
    return wrong


def _fits(definition: Definition, value: Any) -> bool:
    match definition.type:
        case "TEXT":
            return is_text(value)
        case "NUMBER":
            return is_number(value)
        case "CHOICE":
            return isinstance(value, str) and value in definition.choices
        case _:
            return isinstance(value, bool)


def is_text(value: Any) -> bool:
    """Whether this is a short text in languages of the shop."""
    return (
        isinstance(value, dict)
        and bool(value)
        and value.keys() <= set(LOCALES)
        and all(
            isinstance(text, str) and text.strip() and "\x00" not in text and len(text) <= LONGEST_TEXT
            for text in value.values()
        )
    )


def is_number(value: Any) -> bool:
    """Whether this is a number that can be compared; a yes or no is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= LARGEST_NUMBER
