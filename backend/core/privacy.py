"""The port by which each app exports and erases what it keeps about one person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

GONE = "—"
"""What stands where words were taken out that a row cannot be without."""


class PrivacySubject(Protocol):
    """What an app that stores personal data promises."""

    name: str

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything the app keeps about the person, ready for JSON."""
        ...

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Delete or make nameless what the app keeps; what the law makes it keep stays without a name."""
        ...


_subjects: dict[str, PrivacySubject] = {}


def register(subject: PrivacySubject) -> None:
    """Add an app's answer; called in its `ready()`, once per name."""
    _subjects[subject.name] = subject


def subjects() -> list[PrivacySubject]:
    """All registered answers, in the order of their names."""
    return [_subjects[name] for name in sorted(_subjects)]


def export_person(*, user_id: UUID) -> dict[str, object]:
    """Everything that all apps keep about a person, by app."""
    return {subject.name: dict(subject.export(user_id=user_id)) for subject in subjects()}


def erase_person(*, user_id: UUID, now: datetime) -> None:
    """Have every app erase a person; call it in one transaction, so that all erase or none."""
    for subject in subjects():
        subject.erase(user_id=user_id, now=now)
