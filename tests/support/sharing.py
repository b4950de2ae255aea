"""How parallel workers share the tests: a file at a time, and every browser test to one worker.

Two shops with two browsers at the same time would only slow each other down. The files keep their order: by default
those with the fewest tests come last, and the browser's few tests are the longest.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"


class Sharing(LoadScopeScheduling):
    """Files keep together; the browser's files keep together too."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    """Xdist's own question: which scheduler?"""
    config.option.loadscopereorder = False
    return Sharing(config, log)
