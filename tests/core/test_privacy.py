from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from backend.core import privacy

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


class Lanterns:
    name = "lanterns"

    def __init__(self) -> None:
        self.erased: list[tuple[UUID, datetime]] = []

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        return {"lit_by": str(user_id)}

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        self.erased.append((user_id, now))


@pytest.fixture
def lanterns(monkeypatch: pytest.MonkeyPatch) -> Lanterns:
    monkeypatch.setattr(privacy, "_subjects", {})
    subject = Lanterns()
    privacy.register(subject)
    privacy.register(subject)
    return subject


def test_a_person_is_exported_by_every_app_that_registered(lanterns: Lanterns):
    bob = uuid4()

    assert privacy.export_person(user_id=bob) == {"lanterns": {"lit_by": str(bob)}}


def test_a_person_is_erased_once_by_every_app_that_registered(lanterns: Lanterns):
    bob = uuid4()

    privacy.erase_person(user_id=bob, now=NOON)

    assert lanterns.erased == [(bob, NOON)]
