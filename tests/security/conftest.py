"""One world for all tests of this folder; every question in it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TestCase

from tests.security.asking import Asker
from tests.security.world import make_world


@pytest.fixture(scope="package")
def asker(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asker]:
    """The world and the way of asking in it, inside one transaction that is rolled back."""
    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()  # type: ignore[attr-defined]  # Django's own step, not in its types
        try:
            yield Asker(make_world())
        finally:
            TestCase._rollback_atomics(atomics)  # type: ignore[attr-defined]  # Django's own step, not in its types
