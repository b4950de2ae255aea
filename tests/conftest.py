"""Fixtures for every test; the engines are a plugin of their own (`tests.support.engines`)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.core.outbox.relay import deliver_pending
from tests.support.engines import django_db_setup

# Here, because the fixture of the same name in pytest-django comes before those of any other plugin.
__all__ = ["django_db_setup"]


@pytest.fixture
def deliver_outbox() -> Callable[[], int]:
    """Deliver every open event now, as the worker would; returns how many were delivered."""

    def deliver() -> int:
        delivered = 0
        while batch := deliver_pending():
            delivered += batch
        return delivered

    return deliver
