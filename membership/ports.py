"""Why points were given, and what is counted. Each is filled in by the app that knows about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One step from a cause to an amount, in the reader's language."""

    label: str | Promise
    detail: str | Promise
    at: datetime | None = None


class Moved(StrEnum):
    """What moved points, in one word for a picture. Each cause says its own."""

    ORDER = "ORDER"
    CHECK_IN = "CHECK_IN"
    TASK = "TASK"
    BIRTHDAY = "BIRTHDAY"
    INVITE = "INVITE"
    SHARE = "SHARE"
    GROUP = "GROUP"
    CAMPAIGN = "CAMPAIGN"
    MALL = "MALL"
    RETURN = "RETURN"
    EXPIRY = "EXPIRY"
    BY_HAND = "BY_HAND"


class PointCause(Protocol):
    """A reason for giving points: its title and its computation, told from the stored facts."""

    key: str

    def title(self, facts: Mapping[str, Any]) -> str | Promise:
        """Name the cause in a few words."""

    def explain(self, facts: Mapping[str, Any], points: int) -> list[WhyStep]:
        """Tell event, rule version, facts and computation, so that a reader can do the sum."""

    def recompute(self, facts: Mapping[str, Any]) -> int:
        """Compute the points again from the facts alone; the checker compares."""


_causes: dict[str, str] = {}
_moved: dict[str, Moved] = {}


def register_point_cause(key: str, path: str, moved: Moved = Moved.CAMPAIGN) -> None:
    """Make a cause known by the dotted path of its class, and say what it is in one word; call it in
    `AppConfig.ready()`.
    """
    _causes[key] = path
    _moved[key] = moved


def moved_by(key: str) -> Moved:
    """What a cause is in one word."""
    return _moved[key]


@cache
def point_cause(key: str) -> PointCause:
    """Find a cause. A lot of an unknown cause is a mistake of ours."""
    cause: PointCause = import_string(_causes[key])()
    return cause


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that members do and that is counted: its words, and where one can do it."""

    key: str
    label: str | Promise
    way: str


_facts: dict[str, Fact] = {}


def register_fact(key: str, label: str | Promise, way: str) -> None:
    """Let tasks and badges count something; whoever sees it happen calls `membership.actions.note_deed`."""
    _facts[key] = Fact(key=key, label=label, way=way)


def known_facts() -> Mapping[str, Fact]:
    """Everything that is counted, by key."""
    return _facts
