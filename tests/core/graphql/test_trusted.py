"""Trusted documents of the real schema, asked by the page shell and by the door that the server mounts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.core import clock
from backend.core.graphql import Viewer, run_trusted
from backend.core.graphql.documents import document_id
from backend.core.graphql.guards import DocumentRefused
from tests.support.api import Api

KNOWN = document_id("query ServerTime { serverTime }")


def test_the_page_shell_runs_a_trusted_document() -> None:
    with clock.frozen(datetime(2026, 5, 1, tzinfo=UTC)):
        assert run_trusted(KNOWN, {}, Viewer(locale="en")) == {"data": {"serverTime": "2026-05-01T00:00:00+00:00"}}


def test_the_page_shell_cannot_run_anything_else() -> None:
    with pytest.raises(DocumentRefused):
        run_trusted("0" * 64, {}, Viewer())


def test_a_trusted_document_is_asked_by_its_hash(db) -> None:
    assert "data" in Api().post({"documentId": KNOWN}).json
